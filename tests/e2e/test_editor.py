"""The editor in a real browser: every tool does what it says, and the server agrees with the screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.driving import Server, running, wait_for
from tests.e2e.editor_driver import EditorPage, ask, desk_address, open_editor, wait_ready
from tests.e2e.grid_county import grid_workspace

pytestmark = pytest.mark.e2e
COLUMNS = 24
START = [int(label) for label in grid_workspace().plan.labels]  # type: ignore[union-attr]
RUNS = "performance.getEntriesByName('notRunning').length"  # how often the page's script has ended
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("editor")) as started:
        yield started


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Iterator[EditorPage]:
    opened = open_editor(browser, server)
    yield opened
    opened.page.context.close()


@pytest.fixture
def editor(tab: EditorPage, server: Server) -> Iterator[EditorPage]:
    """The open editor with the plan and the tools as at the start."""
    start_anew(server, tab)
    tab.js("(e.menus.dialog.close(), e.setTool('select'), e.setRestrict(true), e.setTarget(1), e.showWhole(false))")
    yield tab
    assert tab.errors == []
    assert tab.violations() == []


def start_anew(server: Server, editor: EditorPage) -> None:
    """Bring the plan back to its first state, as somebody else would."""
    moves = [[r, ",".join(str(i) for i, label in enumerate(START) if label == r)] for r in sorted(set(START))]
    regions = [*range(1, 40)]
    wishes = [
        ("lock", {"regions": regions, "locked": False}),
        ("assign", {"moves": moves}),
        *[("name", {"region": r, "name": ""}) for r in (1, 2, 3)],
    ]
    operations = [
        {"uuid": f"anew-{next(_numbers)}", "kind": kind, "payload": payload, "base": 10**6} for kind, payload in wishes
    ]
    where = desk_address(editor)
    news = ask(
        server, f"{where}/operations", {"author": "Vorher", "client": "anew", "since": 10**6, "operations": operations}
    )
    wait_for(lambda: editor.js("e.state.revision") >= news["revision"], "the first state")
    assert editor.shown() == START


def block(x: int, y: int) -> int:
    return y * COLUMNS + x


def in_region(editor: EditorPage, region: int) -> set[int]:
    return {i for i, label in enumerate(editor.shown()) if label == region}


def gained(editor: EditorPage, region: int) -> set[int]:
    return in_region(editor, region) - {i for i, label in enumerate(START) if label == region}


def test_the_brush_moves_blocks_and_the_bar_of_the_region_follows(editor: EditorPage, server: Server) -> None:
    editor.tool("Pinsel")
    editor.target(1)
    editor.drag(block(6, 0), block(8, 0))
    assert gained(editor, 1) >= {block(6, 0), block(7, 0), block(8, 0)}
    editor.settle()
    assert editor.confirmed() == editor.shown()
    residents = 100 * len(in_region(editor, 1))
    row = editor.page.inner_text(".rw-regions li:first-child .rw-region")
    assert f"{residents:,}".replace(",", ".") in row
    assert "nach Raum 1" in editor.status()


def test_a_single_click_moves_one_block(editor: EditorPage) -> None:
    editor.tool("Einzeln")
    editor.target(1)
    editor.click(block(6, 1))
    assert gained(editor, 1) == {block(6, 1)}


def test_a_long_stroke_keeps_its_blocks_while_news_arrive(editor: EditorPage) -> None:
    editor.target(1)
    editor.js("(e.paintBlocks([a]), e.log.poll())", block(6, 0))
    assert gained(editor, 1) == {block(6, 0)}
    editor.js("(e.paintBlocks([a[1]]), e.finishStroke(a))", [block(6, 0), block(7, 0)])
    editor.settle()
    assert gained(editor, 1) == {block(6, 0), block(7, 0)} and editor.confirmed() == editor.shown()


def test_the_map_stays_where_it_is_when_the_page_runs_again(editor: EditorPage) -> None:
    editor.js("(e.map.setView(e.map.unproject(e.shapes.world(20000, 30000), 0), 13, { animate: false }), 0)")
    where = "[e.map.getCenter().lat, e.map.getCenter().lng, e.map.getZoom(), e.layer._leaflet_id]"
    before, runs = editor.js(where), editor.page.evaluate(RUNS)
    editor.target(1)
    editor.js("(e.paintBlocks([a]), e.finishStroke([a]))", block(6, 0))
    editor.settle()
    wait_for(lambda: editor.page.evaluate(RUNS) > runs, "the page to run again")
    assert editor.js(where) == before


def test_every_region_keeps_its_number_however_crowded_the_map(editor: EditorPage) -> None:
    editor.js("(e.map.setZoom(e.map.getZoom() - 3, { animate: false }), 0)")
    written = editor.js(
        "(() => { const c = e.layer._labels.getContext('2d'); const all = []; c.fillText = (t) => { all.push(t); };"
        " e.layer.drawLabels(); delete c.fillText; return all; })()"
    )
    assert {str(region) for region in START} <= set(written)


def test_a_rectangle_takes_the_blocks_whose_middle_it_holds(editor: EditorPage) -> None:
    editor.tool("Rechteck")
    editor.target(1)
    editor.drag(block(6, 0), block(8, 2))
    assert gained(editor, 1) >= {block(7, 1)}
    assert gained(editor, 1) <= {block(x, y) for x in (6, 7, 8) for y in (0, 1, 2)}


def test_a_lasso_takes_what_it_goes_around(editor: EditorPage) -> None:
    editor.tool("Lasso")
    editor.target(1)
    editor.drag(block(6, 0), block(9, 0), block(9, 2), block(6, 2), block(6, 0))
    assert gained(editor, 1) >= {block(7, 1), block(8, 1)}
    assert block(10, 1) not in gained(editor, 1)


def test_the_municipality_brush_takes_a_whole_municipality(editor: EditorPage) -> None:
    editor.tool("Gemeinde")
    editor.target(16)
    editor.click(block(0, 0))
    assert in_region(editor, 16) >= {block(x, y) for x in range(12) for y in range(8)}


def test_the_place_brush_takes_a_whole_place(editor: EditorPage) -> None:
    editor.tool("Ort")
    editor.target(2)
    editor.click(block(0, 0))
    assert gained(editor, 2) == {block(x, y) for x in range(3) for y in range(2)}


def test_a_restricted_stroke_stays_in_the_municipality_where_it_began(editor: EditorPage) -> None:
    editor.tool("Einzeln")
    editor.target(2)
    editor.drag(block(10, 1), block(14, 1))
    assert gained(editor, 2) == set()
    editor.target(3)
    editor.drag(block(12, 1), block(9, 1))
    assert gained(editor, 3) == set()
    editor.tool("Nur in der Gemeinde")
    editor.drag(block(12, 1), block(9, 1))
    assert gained(editor, 3) == {block(9, 1), block(10, 1), block(11, 1)}


def test_a_new_region_gets_the_next_number_and_a_colour(editor: EditorPage) -> None:
    highest = editor.js("e.state.highest")
    editor.page.click("text=Neuer Raum")
    editor.tool("Einzeln")
    editor.click(block(0, 0))
    editor.settle()
    fresh = editor.shown()[block(0, 0)]
    assert fresh == highest + 1
    assert editor.js("e.state.colours.has(a)", fresh)


def menu(editor: EditorPage, region: int) -> None:
    editor.js("e.menus.region(a)", region)


def test_regions_can_be_named_coloured_and_merged(editor: EditorPage) -> None:
    menu(editor, 1)
    editor.page.fill(".rw-dialog input", "Wurmtal")
    editor.page.click(".rw-dialog >> text=Speichern")
    menu(editor, 1)
    editor.page.click(".rw-dialog button[aria-label='Farbe 8']")
    menu(editor, 1)
    editor.page.select_option(".rw-dialog select", "2")
    editor.page.click(".rw-dialog button:has-text('Zusammenlegen')")
    editor.settle()
    assert editor.js("e.state.names.get(1)") == "Wurmtal" and editor.js("e.state.colours.get(1)") == 7
    assert in_region(editor, 2) == set() and len(in_region(editor, 1)) == 48


def test_a_split_is_shown_before_it_is_taken(editor: EditorPage) -> None:
    menu(editor, 1)
    editor.page.click(".rw-dialog >> text=Teilung vorschlagen")
    editor.page.wait_for_selector(".rw-preview-bar:not([hidden])")
    assert editor.shown() == START
    editor.page.click("text=Übernehmen")
    editor.settle()
    assert len(in_region(editor, 1)) == 12
    figures = dict(editor.js("[...e.figures].map(([r, f]) => [r, f.pieces])"))
    assert figures[1] == 1 and figures[max(figures)] == 1


def test_a_locked_region_cannot_be_painted_over(editor: EditorPage) -> None:
    editor.js("e.lock([2], true)")
    editor.tool("Einzeln")
    editor.target(1)
    editor.click(block(6, 1))
    editor.settle()
    assert editor.shown() == START and "gesperrt" in editor.status()
    editor.page.click("text=Alle entsperren")
    editor.click(block(6, 1))
    editor.settle()
    assert gained(editor, 1) == {block(6, 1)}


def test_undo_and_redo_work_over_everything_also_after_reopening(editor: EditorPage) -> None:
    editor.tool("Einzeln")
    editor.target(1)
    editor.click(block(6, 1))
    editor.js("e.rename(1, 'Tal')")
    editor.settle()
    editor.page.reload()
    wait_ready(editor)
    editor.page.click(".rw-toolbar button[aria-label='Rückgängig']")
    editor.settle()
    assert editor.js("e.state.names.get(1) ?? ''") == "" and gained(editor, 1) == {block(6, 1)}
    editor.page.click(".rw-toolbar button[aria-label='Rückgängig']")
    editor.settle()
    assert editor.shown() == START
    editor.page.click(".rw-toolbar button[aria-label='Wiederholen']")
    editor.settle()
    assert gained(editor, 1) == {block(6, 1)}


def test_a_stroke_that_breaks_a_region_warns_and_the_list_leads_there(editor: EditorPage) -> None:
    editor.tool("Einzeln")
    editor.target(1)
    editor.click(block(9, 1))
    assert "getrennten Teilen" in editor.status()
    editor.page.wait_for_selector(".rw-warnings >> text=getrennten Teilen")
    before = editor.js("e.map.getZoom()")
    editor.page.click(".rw-panel button[aria-label='Nächster Hinweis']")
    assert editor.js("e.map.getZoom()") > before and editor.js("e.painter.marked.length") >= 1


def test_a_repair_is_shown_before_it_is_taken_and_mends_the_plan(editor: EditorPage) -> None:
    editor.tool("Einzeln")
    editor.target(1)
    editor.click(block(9, 1))
    editor.settle()
    broken = editor.shown()
    editor.page.wait_for_selector(".rw-warnings >> text=getrennten Teilen")
    editor.page.click(".rw-panel >> text=Beheben")
    editor.page.wait_for_selector(".rw-preview-bar:not([hidden])")
    assert editor.shown() == broken
    editor.page.click("text=Übernehmen")
    editor.settle()
    pieces = [figure["pieces"] for _, figure in editor.js("[...e.figures]")]
    assert set(pieces) == {1}


def test_everything_can_be_done_without_a_mouse(editor: EditorPage) -> None:
    editor.page.focus(".rw-map-place")
    press = editor.page.keyboard.press
    press("e")
    editor.js("e.painter.cursor = a", block(5, 1))
    press("ArrowRight")
    assert "Block B0030" in editor.status() and "Raum 2" in editor.status()
    press(",")
    press(",")
    while editor.js("e.target") != 1:
        press(".")
    press("Enter")
    editor.settle()
    assert gained(editor, 1) == {block(6, 1)}
    press("Control+z")
    editor.settle()
    assert editor.shown() == START
    press("?")
    assert "Pfeiltasten" in editor.page.inner_text(".rw-dialog")
    press("Escape")
    assert not editor.page.is_visible(".rw-dialog")


def test_a_place_is_found_by_its_name(editor: EditorPage) -> None:
    editor.page.fill(".rw-find input", "Altdorf")
    editor.page.press(".rw-find input", "Enter")
    assert "Altdorf gefunden" in editor.status()
    assert editor.js("e.painter.marked.length") == 6


def test_layers_colour_the_map_by_an_indicator(editor: EditorPage) -> None:
    editor.tool("Ebenen")
    editor.page.select_option(".rw-dialog select", "Arbeitslose")
    editor.page.click(".rw-dialog >> text=Schließen")
    assert "Arbeitslose" in editor.page.inner_text(".rw-legend")


def test_a_remark_is_kept_and_can_be_settled(editor: EditorPage) -> None:
    editor.target(3)
    editor.page.click(".rw-panel >> text=Anmerkung schreiben")
    editor.page.fill(".rw-dialog textarea", "Warum gehört der Ortsteil hierher?")
    editor.page.click(".rw-dialog >> text=Speichern")
    editor.page.wait_for_selector(".rw-remark >> text=Warum gehört")
    editor.page.reload()
    wait_ready(editor)
    editor.page.click(".rw-remark >> text=Erledigt")
    editor.page.wait_for_selector(".rw-remark.rw-done")


def test_nobody_edits_without_giving_a_name(browser: Browser, server: Server) -> None:
    stranger = open_editor(browser, server, name="")
    stranger.tool("Einzeln")
    stranger.click(block(6, 1))
    stranger.page.fill(".rw-dialog input", "Jansen")
    stranger.page.click(".rw-dialog >> text=Weiter")
    stranger.target(1)
    stranger.click(block(6, 1))
    stranger.settle()
    entries = ask(server, f"{desk_address(stranger)}/news?since=0&author=")["entries"]
    assert entries[-1]["author"] == "Jansen"
    stranger.page.context.close()


def test_a_finger_paints_and_two_fingers_do_not(browser: Browser, server: Server) -> None:
    tablet = open_editor(browser, server, has_touch=True, viewport={"width": 820, "height": 1180})
    start_anew(server, tablet)
    tablet.tool("Einzeln")
    tablet.target(1)
    tablet.page.touchscreen.tap(*tablet.pixel(block(6, 1)))
    tablet.settle()
    assert gained(tablet, 1) == {block(6, 1)}
    (ax, ay), (bx, by) = tablet.pixel(block(8, 1)), tablet.pixel(block(9, 2))
    touch = tablet.page.context.new_cdp_session(tablet.page)
    points = [{"x": ax, "y": ay, "id": 1}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    points.append({"x": bx, "y": by, "id": 2})
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    for step in range(1, 6):
        spread = [{"x": ax - 12 * step, "y": ay, "id": 1}, {"x": bx + 12 * step, "y": by, "id": 2}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": spread})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    tablet.settle()
    assert gained(tablet, 1) == {block(6, 1)}
    tablet.page.context.close()


def test_no_request_leaves_the_house_and_the_policy_is_never_broken(editor: EditorPage, server: Server) -> None:
    editor.tool("Ebenen")
    editor.page.keyboard.press("Escape")
    hosts = {url.split("/")[2] for url in editor.requested if not url.startswith(("blob:", "data:"))}
    assert hosts == {f"localhost:{server.port}"}
    assert editor.violations() == []
    evil = editor.page.evaluate("fetch('http://example.invalid/').then(() => 'went out', () => 'stopped')")
    assert evil == "stopped"
    assert [v for v in editor.violations() if "example.invalid" in v] != []
    editor.page.evaluate("globalThis.__violations = []")
