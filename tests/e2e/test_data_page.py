"""The page „Daten“ in a real browser: preview, findings on the map, repairs offered, taken back and accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from playwright.sync_api import Page, expect

from reporting.text_de import app as text
from reporting.text_de import data_page as words
from tests.geodata.drawn_blocks import SOUTH, WEST, six_blocks

pytestmark = pytest.mark.e2e


def opened(page: Page, url: str) -> Page:
    """Go to the page and wait until it stands still."""
    page.goto(f"{url}/daten")
    page.wait_for_selector("[data-testid='stFileUploader']")
    page.wait_for_function("() => !document.querySelector('[data-testid=\"stStatusWidget\"]')")
    return page


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Six blocks, one of which crosses itself and two of which overlap."""
    frame = six_blocks()
    corners = [(WEST, SOUTH), (WEST + 90, SOUTH + 90), (WEST + 90, SOUTH), (WEST, SOUTH + 90)]
    frame.loc[0, "geometry"] = shapely.Polygon(corners)
    frame.loc[4, "geometry"] = shapely.box(WEST + 100, SOUTH + 100, WEST + 230, SOUTH + 200)
    path = tmp_path / "fehlerhaft.gpkg"
    frame.to_file(path, layer="bloecke")
    return path


def test_findings_lie_on_the_map_and_repairs_can_be_taken_back(app_url: str, page: Page, faulty: Path) -> None:
    opened(page, app_url)
    page.set_input_files("input[type=file]", faulty)
    expect(page.get_by_text(words.FIRST_ROWS)).to_be_visible()
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text("1 Block mit fehlerhafter Fläche (Rand kreuzt sich selbst)")).to_be_visible()
    expect(page.get_by_text(words.MAP)).to_be_visible()
    expect(page.get_by_text("von 6 Blöcken mit Befund")).to_be_visible()
    page.get_by_role("button", name=words.REPAIRS["make_valid"]).click()
    expect(page.get_by_text("Repariert wurden die Flächen von 1 Block")).to_be_visible()
    page.get_by_role("button", name=words.REPAIRS["clean"]).click()
    expect(page.get_by_role("button", name=words.USE)).to_be_visible()
    page.get_by_role("button", name=words.UNDO).click()
    expect(page.get_by_role("button", name=words.USE)).to_have_count(0)
    page.get_by_role("button", name=words.REPAIRS["clean"]).click()
    page.get_by_role("button", name=words.USE).click()
    expect(page.get_by_text("Geöffnet ist: fehlerhaft")).to_be_visible()
    page.get_by_text(words.PROVENANCE, exact=True).click()
    expect(page.get_by_text("Überlappungen und Lücken unter 1 m bereinigen:", exact=False)).to_be_visible()


def test_a_table_shows_how_it_is_read_before_it_is_read(app_url: str, page: Page, tmp_path: Path) -> None:
    frame = six_blocks()
    frame["wkt"] = ["SRID=25832;" + shape.wkt for shape in frame.geometry]
    path = tmp_path / "tabelle.csv"
    frame.drop(columns="geometry").to_csv(path, sep=";", index=False, encoding="cp1252")
    opened(page, app_url)
    page.set_input_files("input[type=file]", path)
    expect(page.get_by_text(words.READ_AS)).to_be_visible()
    separator = page.get_by_role("combobox", name=words.SEPARATOR)
    expect(separator).to_have_value(f"{words.FOUND}: {words.SEPARATORS[';']}")
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text("Geöffnet ist: tabelle")).to_be_visible()
