"""Scenarios, the archive, the whole life of a plan, import of every kind of file, remarks on blocks, and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from geodata.plan_exchange import write_plan_blocks_geojson, write_plan_shapefile
from geodata.write_plan import write_plan_csv, write_plan_gpkg
from reporting.text_de import plan_page as text
from spatial.plan import Plan
from tests.e2e.driving import Server, running, wait_for
from tests.e2e.editor_driver import EditorPage, ask, desk_address, open_editor, wait_ready
from tests.e2e.grid_county import TARGET, grid_workspace

pytestmark = pytest.mark.e2e
COUNTY = grid_workspace().county
PLAN = Plan(np.arange(len(COUNTY.blocks)) % 24 // 6 + 1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("versions")) as started:
        yield started


@pytest.fixture(scope="module")
def editor(browser: Browser, server: Server) -> Iterator[EditorPage]:
    opened = open_editor(browser, server)
    opened.page.context.set_default_timeout(60_000)
    yield opened
    assert opened.violations() == [] and opened.errors == []
    opened.page.context.close()


def plan_shown(editor: EditorPage) -> str:
    return str(editor.js("e.data.plan"))


def press(editor: EditorPage, name: str) -> None:
    editor.page.get_by_role("button", name=name, exact=True).first.click()


def section(editor: EditorPage, name: str) -> None:
    editor.page.get_by_text(name, exact=True).first.click()


def moved_on_to_another_plan(editor: EditorPage, act: Callable[[], None]) -> None:
    before = plan_shown(editor)
    act()
    wait_for(lambda: plan_shown(editor) != before, "another plan")
    wait_ready(editor)


def test_a_scenario_is_named_copied_archived_and_fetched_back(editor: EditorPage) -> None:
    box = editor.page.get_by_role("combobox", name=text.SCENARIO)
    box.fill("Ortsteile bleiben ganz")
    box.press("Enter")
    press(editor, "Speichern")
    expect(editor.page.get_by_role("heading", name="Szenario „Ortsteile bleiben ganz“", exact=True)).to_be_visible()
    moved_on_to_another_plan(editor, lambda: press(editor, text.COPY_SCENARIO))
    copy = "Szenario „Ortsteile bleiben ganz – Kopie“"
    expect(editor.page.get_by_role("heading", name=copy, exact=True)).to_be_visible()
    moved_on_to_another_plan(editor, lambda: press(editor, text.ARCHIVE_SCENARIO))
    editor.page.get_by_text("Archiv (1)").click()
    expect(editor.page.get_by_text(f"{copy} mit einer Fassung")).to_be_visible()
    press(editor, text.FETCH_BACK)
    expect(editor.page.get_by_text("Archiv (1)")).to_have_count(0)


def test_an_archived_version_leaves_the_list_and_comes_back(editor: EditorPage) -> None:
    gone = plan_shown(editor)
    moved_on_to_another_plan(editor, lambda: press(editor, text.ARCHIVE))
    editor.page.get_by_text("Archiv (1)").click()
    press(editor, text.FETCH_BACK)
    expect(editor.page.get_by_text("Archiv (1)")).to_have_count(0)
    assert plan_shown(editor) != gone


WRITERS: dict[str, Callable[[Path], None]] = {
    "plan.csv": lambda path: write_plan_csv(path, COUNTY.blocks, PLAN),
    "plan.gpkg": lambda path: write_plan_gpkg(
        path, COUNTY.polygons, COUNTY.blocks, plan=PLAN, target=TARGET, epsg=COUNTY.epsg
    ),
    "plan.geojson": lambda path: write_plan_blocks_geojson(
        path, COUNTY.polygons, COUNTY.blocks, plan=PLAN, epsg=COUNTY.epsg
    ),
    "plan.zip": lambda path: write_plan_shapefile(
        path, COUNTY.polygons, COUNTY.blocks, plan=PLAN, target=TARGET, epsg=COUNTY.epsg
    ),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_file_becomes_a_version(editor: EditorPage, tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    section(editor, text.TABS[2])
    editor.page.set_input_files("input[type=file]", tmp_path / name)
    moved_on_to_another_plan(editor, lambda: press(editor, text.IMPORT_KEEP))
    assert editor.shown() == PLAN.labels.tolist()
    section(editor, text.TABS[0])


def test_a_plan_goes_through_its_life_and_a_decided_one_is_only_succeeded(editor: EditorPage, server: Server) -> None:
    press(editor, text.LIFE_STEPS[("entwurf", "abgestimmt")])
    press(editor, text.LIFE_STEPS[("abgestimmt", "entwurf")])
    press(editor, text.LIFE_STEPS[("entwurf", "abgestimmt")])
    editor.page.get_by_label(text.VALID_FROM).fill("1.7.2026")
    editor.page.keyboard.press("Enter")
    press(editor, text.LIFE_STEPS[("abgestimmt", "beschlossen")])
    expect(editor.page.get_by_text("gültig ab 01.07.2026")).to_be_visible()
    wait_for(lambda: editor.js("e.planState") == "beschlossen", "the editor to know")
    decided, address = editor.confirmed(), desk_address(editor)
    wish = {"uuid": "late", "kind": "assign", "payload": {"moves": [[1, "0-9"]]}, "base": 99}
    answer = ask(server, f"{address}/operations", {"author": "X", "client": "x", "since": 0, "operations": [wish]})
    assert answer["answers"][0]["problem"] == "state"
    assert editor.confirmed() == decided
    press(editor, text.LIFE_STEPS[("beschlossen", "historisch")])
    expect(editor.page.get_by_text("Dieser Zuschnitt ist historisch", exact=False)).to_be_visible()
    moved_on_to_another_plan(editor, lambda: press(editor, text.COPY))
    assert editor.js("e.planState") == "entwurf" and editor.confirmed() == decided
    states = [e["kind"] for e in ask(server, f"{address}/news?since=0&author=")["entries"]]
    assert states == ["state"] * 5


def test_a_remark_on_a_block_is_kept_with_its_place(editor: EditorPage) -> None:
    x, y = editor.pixel(30)
    editor.page.mouse.click(x, y, button="right")
    editor.page.click(".rw-dialog >> text=Anmerkung schreiben")
    editor.page.fill(".rw-dialog textarea", "Gehört die Siedlung nicht nach nebenan?")
    editor.page.click(".rw-dialog >> text=Speichern")
    editor.page.click(".rw-remark >> text=Block B0030: Gehört die Siedlung")
    assert editor.js("e.painter.marked") == [30]


def test_the_space_bar_moves_the_map_and_the_brackets_the_brush(editor: EditorPage) -> None:
    editor.page.locator(".rw-edit-map").scroll_into_view_if_needed()
    editor.js("e.showWhole(false)")
    editor.tool("Pinsel")
    editor.target(1)
    before, middle = editor.shown(), editor.js("e.map.getCenter().lat")
    editor.page.focus(".rw-map-place")
    editor.page.keyboard.down(" ")
    editor.drag(200, 60)
    editor.page.keyboard.up(" ")
    assert editor.shown() == before and editor.js("e.map.getCenter().lat") != middle
    size = editor.js("e.brush")
    editor.page.keyboard.press("]")
    assert editor.js("e.brush") == size + 1
    editor.page.keyboard.press("[")
    assert editor.js("e.brush") == size
    editor.js("e.showWhole(false)")


def test_no_tooltip_stays_behind_when_a_stroke_begins(editor: EditorPage) -> None:
    editor.page.locator(".rw-edit-map").scroll_into_view_if_needed()
    editor.js("e.showWhole(false)")
    editor.tool("Einzeln")
    editor.page.mouse.move(*editor.pixel(40))
    expect(editor.page.locator(".rw-tooltip").first).to_be_visible()
    editor.page.mouse.down()
    expect(editor.page.locator(".rw-tooltip").first).to_be_hidden()
    editor.page.mouse.up()
    editor.settle()


def test_the_map_takes_three_fifths_of_the_screen(editor: EditorPage) -> None:
    box = editor.page.locator(".rw-edit-map").bounding_box()
    assert box is not None and box["width"] * box["height"] >= 0.6 * 1440 * 950


def test_on_paper_the_map_is_light_and_as_wide_as_the_page_and_the_screen_is_as_before(editor: EditorPage) -> None:
    before = editor.js("[e.map.getCenter().lat, e.map.getZoom(), e.painter.theme.background]")
    editor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    width, sheet, background = editor.js(
        "[e.frame.offsetWidth, e.layer._container.querySelectorAll('.rw-paper').length, e.painter.theme.background]"
    )
    assert (round(width / 96 * 25.4), sheet, background) == (182, 1, "#ffffff")
    editor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    after = editor.js("[e.map.getCenter().lat, e.map.getZoom(), e.painter.theme.background]")
    assert after[0] == pytest.approx(before[0], abs=1e-4) and after[1:] == before[1:]
    assert editor.js("e.layer._container.querySelectorAll('.rw-paper').length") == 0
