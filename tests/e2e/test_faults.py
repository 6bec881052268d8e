"""What may happen in an office: power cut, reload, cut network, many people at once. No acknowledged edit is lost."""

from __future__ import annotations

import itertools
import threading
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from playwright.sync_api import Browser, expect

from reporting.text_de.address import RESTORE
from tests.e2e.cuttable_proxy import CuttableProxy
from tests.e2e.driving import Server, running, wait_for
from tests.e2e.editor_driver import EditorPage, ask, desk_address, open_editor, wait_ready
from tests.e2e.grid_county import grid_workspace
from tests.e2e.small_disk import small_disk
from workspace.desk import Desk
from workspace.project import open_project

pytestmark = pytest.mark.e2e
START = [int(label) for label in grid_workspace().plan.labels]  # type: ignore[union-attr]
N = len(START)
_numbers = itertools.count()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as started:
        yield started


def replayed(folder: Path, plan_id: str) -> list[int]:
    """The plan as the journal in the project file tells it, read by a fresh program."""
    (path,) = [p for p in (folder / "raumwerk-projekte").glob("*.gpkg") if ".sicherung" not in p.name]
    project = open_project(path)
    try:
        county = project.county
        desk = Desk(project.store, county.contiguity, ids=county.blocks.ids, plan_id=plan_id, now=lambda: "")
        return [int(label) for label in desk.draft.plan.labels]
    finally:
        project.close()


def map_layers(folder: Path) -> tuple[list[int], set[int]]:
    """The regions of the blocks and the drawn regions, as QGIS sees them in the file of a server that has ended."""
    (path,) = [p for p in (folder / "raumwerk-projekte").glob("*.gpkg") if ".sicherung" not in p.name]
    blocks, regions = (pyogrio.read_dataframe(path, layer=layer) for layer in ("blocks", "regions"))
    merged = blocks[blocks["region"] >= 0].dissolve("region").geometry.area
    drawn = regions.set_index("region").geometry.area
    np.testing.assert_allclose(drawn.sort_index(), merged.sort_index())
    return [int(region) for region in blocks["region"]], set(regions["region"].astype(int))


def paint(editor: EditorPage, rng: np.random.Generator, strokes: int) -> None:
    """Random strokes as the tools make them, faster than any hand."""
    for _ in range(strokes):
        blocks = sorted({int(b) for b in rng.integers(0, N, size=rng.integers(1, 6))})
        editor.js("(e.target = a[0], e.paintBlocks(a[1]), e.finishStroke(a[1]))", [int(rng.integers(1, 17)), blocks])


# The seeded tenth runs with every test run, the long version with make soak.
LENGTHS = pytest.mark.parametrize("times", [1, pytest.param(10, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])


@LENGTHS
def test_a_killed_server_loses_no_acknowledged_edit_and_takes_the_rest_afterwards(
    browser: Browser, tmp_path: Path, times: int
) -> None:
    server = Server(tmp_path)
    server.start()
    editor = open_editor(browser, server)
    plan_id = desk_address(editor).split("/")[1]
    rng = np.random.default_rng(1)
    try:
        for _round in range(times):
            paint(editor, rng, 12)
            server.kill()
            paint(editor, rng, 4)
            acknowledged = editor.confirmed()
            assert editor.js("e.log.pending.length") >= 4
            assert contains(replayed(tmp_path, plan_id), acknowledged, editor)
            server.start()
            editor.settle()
            assert editor.confirmed() == editor.shown()
    finally:
        server.stop()
    assert replayed(tmp_path, plan_id) == editor.shown()
    editor.page.context.close()


def contains(stored: list[int], acknowledged: list[int], editor: EditorPage) -> bool:
    """Everything acknowledged is stored; what was stored without an answer is still waiting in the browser."""
    waiting = set(
        editor.js(
            "e.log.pending.flatMap(o => (o.payload.moves ?? []).flatMap(([, runs]) => runs.split(',').flatMap(r => {"
            " const [f, l] = r.split('-').map(Number); return Array.from({length: (l ?? f) - f + 1}, (_, i) => f + i);"
            "})))"
        )
    )
    return all(a == s or i in waiting for i, (a, s) in enumerate(zip(acknowledged, stored, strict=True)))


def test_a_reload_with_unacknowledged_edits_sends_them_afterwards(browser: Browser, server: Server) -> None:
    editor = open_editor(browser, server)
    editor.page.route("**/operations", lambda route: route.abort())
    paint(editor, np.random.default_rng(2), 5)
    wished = editor.shown()
    assert wished != START and editor.confirmed() == START
    editor.page.unroute("**/operations")
    editor.page.reload()
    wait_ready(editor)
    editor.settle()
    assert editor.confirmed() == wished
    editor.page.context.close()


@LENGTHS
def test_a_cut_network_is_said_and_everything_is_sent_when_it_is_back(
    browser: Browser, server: Server, times: int
) -> None:
    with CuttableProxy(server.port) as proxy:
        editor = open_editor(browser, Through(proxy.port))  # type: ignore[arg-type]
        rng = np.random.default_rng(3)
        for _round in range(times):
            paint(editor, rng, 3)
            proxy.cut()
            paint(editor, rng, 5)
            wait_for(lambda: "Keine Verbindung" in editor.page.inner_text(".rw-saved"), "the editor to notice")
            proxy.restore()
            editor.settle()
        assert editor.confirmed() == editor.shown()
        other = open_editor(browser, server)
        assert other.confirmed() == editor.shown()
        for tab in (editor, other):
            tab.page.context.close()


class Through:
    """The server seen through a proxy."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"


def test_two_browsers_see_each_other_within_two_seconds(browser: Browser, server: Server) -> None:
    one, other = open_editor(browser, server, name="Kern"), open_editor(browser, server, name="Jansen")
    one.js("(e.target = 1, e.paintBlocks([30]), e.finishStroke([30]))")
    one.settle()
    wait_for(lambda: other.shown()[30] == 1, "the other browser", seconds=2)
    wait_for(lambda: "Kern hat etwas geändert" in other.status(), "the other to be told")
    for tab in (one, other):
        tab.page.context.close()


def test_two_people_on_one_block_see_both_wishes_and_one_decides(browser: Browser, server: Server) -> None:
    one, other = open_editor(browser, server, name="Kern"), open_editor(browser, server, name="Jansen")
    other.page.route("**/news*", lambda route: route.abort())
    one.js("(e.target = 1, e.paintBlocks([30]), e.finishStroke([30]))")
    one.settle()
    other.js("(e.target = 6, e.paintBlocks([30, 31]), e.finishStroke([30, 31]))")
    other.settle()
    other.page.unroute("**/news*")
    assert other.confirmed()[30] == 1 and other.confirmed()[31] == 6
    one.page.wait_for_selector(".rw-conflict")
    assert "Jansen" in one.page.inner_text(".rw-conflict") and "Kern" in other.page.inner_text(".rw-conflict")
    one.page.click(".rw-conflict >> text=Raum 6 nehmen")
    wait_for(lambda: one.confirmed()[30] == 6 and other.confirmed()[30] == 6, "the decision")
    wait_for(lambda: not other.page.is_visible(".rw-conflict"), "the conflict to go")
    for tab in (one, other):
        tab.page.context.close()


def test_a_full_disk_is_said_and_the_edits_wait(browser: Browser, tmp_path: Path) -> None:
    with small_disk(tmp_path / "raumwerk-projekte") as disk, running(tmp_path) as server:
        editor = open_editor(browser, server)
        rng = np.random.default_rng(4)
        paint(editor, rng, 2)
        editor.settle()
        kept = editor.confirmed()
        with disk.full(server):
            paint(editor, rng, 3)
            wait_for(lambda: "kein Platz" in editor.page.inner_text(".rw-saved"), "the message")
            assert editor.confirmed() == kept != editor.shown()
        editor.settle()
        shown, plan_id = editor.shown(), desk_address(editor).split("/")[1]
        assert editor.confirmed() == shown
        editor.page.context.close()
        server.stop()
        assert replayed(tmp_path, plan_id) == shown


def test_a_write_protected_project_is_said_and_the_edits_are_kept_until_it_is_open_again(
    browser: Browser, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "raumwerk-projekte") as disk, running(tmp_path) as server:
        editor = open_editor(browser, server)
        paint(editor, np.random.default_rng(5), 2)
        editor.settle()
        server.stop()
        paint(editor, np.random.default_rng(6), 3)
        wished = editor.shown()
        with disk.read_only():
            server.start()
            expect(editor.page.get_by_text("schreibgeschützt", exact=False).first).to_be_visible()
            server.stop()
        server.start()
        editor.page.reload()
        wait_ready(editor)
        editor.settle()
        assert editor.confirmed() == wished
        editor.page.context.close()


def test_a_damaged_project_is_refused_and_its_backup_offered(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    editor = open_editor(browser, server)
    paint(editor, np.random.default_rng(7), 3)
    editor.settle()
    kept = editor.confirmed()
    server.stop()
    server.start()  # opening a sound project renews its backup
    editor.page.reload()
    wait_ready(editor)
    server.stop()
    (path,) = [p for p in (tmp_path / "raumwerk-projekte").glob("*.gpkg") if ".sicherung" not in p.name]
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = np.random.default_rng(8).bytes(len(content) // 2 - 4096)
    path.write_bytes(content)
    server.start()
    try:
        editor.page.reload()
        expect(editor.page.get_by_text("Die Projektdatei ist beschädigt", exact=False)).to_be_visible()
        editor.page.get_by_role("button", name=RESTORE).click()
        wait_ready(editor)
        assert editor.confirmed() == kept
        damaged = path.with_name(path.name + ".defekt").read_bytes()  # SQLite may still have taken in the last pages
        is_kept = len(damaged) == len(content) and damaged[8192:16384] == bytes(content[8192:16384])
        assert is_kept
    finally:
        server.stop()
    editor.page.context.close()


@LENGTHS
def test_twenty_people_edit_at_once_and_the_journal_gives_the_plan_shown(
    browser: Browser, tmp_path: Path, server: Server, times: int
) -> None:
    browsers = [open_editor(browser, server, name=name) for name in ("Kern", "Jansen")]
    address = desk_address(browsers[0])
    acknowledged: list[str] = []
    clients = [
        threading.Thread(target=_edit_away, args=(server, address, seed, acknowledged, 8 * times), daemon=True)
        for seed in range(18)
    ]
    for client in clients:
        client.start()
    rng = np.random.default_rng(99)
    for _ in range(5 * times):
        for tab in browsers:
            paint(tab, rng, 2)
            tab.settle()
    for client in clients:
        client.join()
    assert len(acknowledged) == 18 * 8 * times
    state = ask(server, f"{address}/news?since=0&author=")
    assert set(acknowledged) <= {entry["uuid"] for entry in state["entries"]}
    assert [entry["revision"] for entry in state["entries"]] == list(range(1, state["revision"] + 1))
    for tab in browsers:
        wait_for(lambda tab=tab: tab.js("e.state.revision") == state["revision"], "all edits to arrive")  # type: ignore[misc]
    shown = browsers[0].confirmed()
    assert browsers[1].confirmed() == shown
    server.stop()
    assert map_layers(tmp_path) == (shown, set(shown) - {-1})
    assert replayed(tmp_path, address.split("/")[1]) == shown
    for tab in browsers:
        tab.page.context.close()


def _edit_away(server: Server, address: str, seed: int, acknowledged: list[str], edits: int) -> None:
    rng, client, revision = np.random.default_rng(seed), f"client-{seed}", 0
    for number in range(edits):
        runs = ",".join(str(b) for b in sorted({int(b) for b in rng.integers(0, N, size=3)}))
        uuid = f"{client}-{number}"
        wish = {"uuid": uuid, "kind": "assign", "payload": {"moves": [[int(rng.integers(1, 17)), runs]]}}
        message = {"author": client, "client": client, "since": revision, "operations": [{**wish, "base": revision}]}
        for _attempt in range(5):
            try:
                news = ask(server, f"{address}/operations", message)
                break
            except (urllib.error.URLError, OSError):
                continue
        revision = news["revision"]
        acknowledged += [answer["uuid"] for answer in news["answers"] if not answer["problem"]]
