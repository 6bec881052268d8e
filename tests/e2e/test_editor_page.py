"""The page „Bearbeiten“ around the editor: versions, life, comparison, import, journal, and the files that leave."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from playwright.sync_api import Browser

from geodata.project_layers import ProjectBlocks, write_project_layers
from geodata.write_plan import write_plan_csv
from tests.e2e.driving import ROOT, Server, running, wait_for
from tests.e2e.editor_driver import EditorPage, ask, desk_address, open_editor, wait_ready
from tests.e2e.grid_county import grid_workspace

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def editor(browser: Browser, server: Server) -> Iterator[EditorPage]:
    opened = open_editor(browser, server)
    yield opened
    assert opened.violations() == [] and opened.errors == []
    opened.page.context.close()


def plan_shown(editor: EditorPage) -> str:
    return str(editor.js("e.data.plan"))


def test_a_copy_is_a_plan_of_its_own(editor: EditorPage) -> None:
    first = plan_shown(editor)
    editor.page.click("button:has-text('Als neue Fassung kopieren')")
    wait_for(lambda: plan_shown(editor) != first, "the copy")
    wait_ready(editor)
    editor.tool("Einzeln")
    editor.target(1)
    editor.page.mouse.click(*editor.pixel(30))
    editor.settle()
    assert editor.shown()[30] == 1


def test_the_comparison_names_the_blocks_and_residents_that_change(editor: EditorPage) -> None:
    editor.page.click("button:has-text('Vergleich')")
    editor.page.wait_for_selector("text=Einwohner wechseln")
    wait_for(lambda: "100" in editor.page.inner_text("[data-testid=stMetric] >> nth=1"), "the moved residents")
    editor.page.click("button:has-text('Nebeneinander')")
    wait_for(lambda: editor.page.locator(".rw-map[data-key]:visible").count() >= 2, "two maps")


def test_the_journal_says_who_did_what(editor: EditorPage) -> None:
    entries = editor.js("e.state.revision")
    assert entries >= 1
    editor.page.click("button:has-text('Verlauf')")
    editor.page.wait_for_selector("[data-testid=stDataFrame]:visible")


def test_the_layers_of_the_project_file_agree_with_the_screen(editor: EditorPage, folder: Path) -> None:
    (path,) = [p for p in (folder / "raumwerk-projekte").glob("*.gpkg") if ".sicherung" not in p.name]
    question = (
        "import sys, pyogrio; b = pyogrio.read_dataframe(sys.argv[1], layer='blocks');"
        "print(*b['region']); r = pyogrio.read_dataframe(sys.argv[1], layer='regions'); print(*r['residents'])"
    )

    def labels() -> list[list[int]]:
        answer = subprocess.run([sys.executable, "-c", question, str(path)], capture_output=True, text=True, check=True)
        return [[int(n) for n in line.split()] for line in answer.stdout.splitlines()]

    wait_for(lambda: labels()[0] == editor.confirmed(), "the layers to follow")
    figures = dict(editor.js("[...e.figures].map(([r, f]) => [r, f.residents])"))
    assert labels()[1] == [figures[r] for r in sorted(figures)]


def test_a_plan_from_a_file_is_checked_and_becomes_a_version(editor: EditorPage, tmp_path: Path) -> None:
    workspace = grid_workspace()
    assert workspace.plan is not None
    broken = tmp_path / "kaputt.csv"
    broken.write_text("block_id,region\nB0000,1\nB0000,2\nX,1\n", encoding="utf-8")
    editor.page.click("button:has-text('Einlesen')")
    editor.page.set_input_files("input[type=file]", broken)
    editor.page.wait_for_selector("text=Trotzdem aufnehmen")
    assert editor.page.locator("[data-testid=stAlert]").count() >= 3
    sound = tmp_path / "Kreistag.csv"
    write_plan_csv(sound, workspace.county.blocks, workspace.plan)
    editor.page.set_input_files("input[type=file]", sound)
    before = plan_shown(editor)
    editor.page.click("button:has-text('Als neue Fassung aufnehmen')")
    wait_for(lambda: plan_shown(editor) != before, "the imported plan")
    wait_ready(editor)
    np.testing.assert_array_equal(editor.shown(), workspace.plan.labels)


def test_a_decided_plan_can_only_be_succeeded(editor: EditorPage) -> None:
    editor.page.click("button:has-text('Fassungen')")
    editor.page.click("button:has-text('Als abgestimmt festhalten')")
    editor.page.wait_for_selector("button:has-text('Als beschlossen festhalten')")
    assert editor.page.is_disabled("button:has-text('Als beschlossen festhalten')")
    editor.page.fill("input[aria-label='Gültig ab']", "1.7.2026")
    editor.page.keyboard.press("Enter")
    editor.page.wait_for_selector("button:has-text('Als beschlossen festhalten'):not([disabled])")
    editor.page.click("button:has-text('Als beschlossen festhalten')")
    editor.page.wait_for_selector("text=gültig ab 01.07.2026")
    wait_for(lambda: editor.js("e.planState") == "beschlossen", "the editor to know")
    assert editor.page.is_disabled(".rw-toolbar button[aria-label='Pinsel']")


def test_gdal_opens_the_project_after_the_server_has_stopped(editor: EditorPage, folder: Path) -> None:
    (path,) = [p for p in (folder / "raumwerk-projekte").glob("*.gpkg") if ".sicherung" not in p.name]
    assert {"blocks", "regions", "municipalities"} <= set(pyogrio.list_layers(path)[:, 0])


def test_raumwerk_check_says_the_same_about_the_exported_plan_as_the_screen(
    editor: EditorPage, server: Server, tmp_path: Path
) -> None:
    workspace = grid_workspace()
    labels = np.array(editor.confirmed())
    labels[[9, 40]] = 1  # two crumbs of region 1 inside others
    blocks, csv = tmp_path / "blocks.gpkg", tmp_path / "plan.csv"
    write_plan_csv(csv, workspace.county.blocks, workspace.plan.with_labels(labels))  # type: ignore[union-attr]
    content = ProjectBlocks(workspace.county.blocks, workspace.county.polygons, workspace.county.epsg, {})
    write_project_layers(blocks, content)
    columns = ["--layer", "blocks", "--id", "block_id", "--population", "residents", "--within", "municipality_key"]
    band = ["--band", "2000", "2800", "--target", "2400"]
    command = [sys.executable, "-m", "cli", "check", str(blocks), str(csv), *columns, *band, "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    said = {v["message"] for v in json.loads(answer.stdout)["violations"]}
    address = imported(editor, csv)
    wait_for(lambda: ask(server, f"{address}/warnings")["warnings"] != [], "the warnings")
    shown = {w["sentence"] for w in ask(server, f"{address}/warnings")["warnings"]}
    assert said == shown and len(said) >= 2


def imported(editor: EditorPage, csv: Path) -> str:
    """Take a plan in over the page and return its address."""
    editor.page.click("button:has-text('Einlesen')")
    editor.page.set_input_files("input[type=file]", csv)
    before = plan_shown(editor)
    editor.page.click("button:has-text('Als neue Fassung aufnehmen')")
    wait_for(lambda: plan_shown(editor) != before, "the imported plan")
    wait_ready(editor)
    return desk_address(editor)
