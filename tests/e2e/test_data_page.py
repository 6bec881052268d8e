"""The page „Daten“ in a real browser: preview, findings on the map, repairs offered, taken back and accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from playwright.sync_api import Page, expect

from reporting.text_de import app as text
from reporting.text_de import data_page as words
from reporting.text_de import data_rooms as rooms
from tests.geodata.drawn_blocks import SOUTH, WEST, six_blocks
from tests.geodata.official_files import CENSUS_2022, vg250_zip

pytestmark = pytest.mark.e2e
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "formats" / "examples"


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
    expect(page.get_by_text("Repariert wurden die Flächen von 1 Block")).to_have_count(2)
    page.get_by_text(words.PROVENANCE, exact=True).click()
    expect(page.get_by_text("Überlappungen und Lücken unter 1 m bereinigt:", exact=False)).to_be_visible()


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


def section(page: Page, name: str) -> None:
    """Go to another section of the page."""
    page.get_by_text(rooms.SECTIONS[name], exact=True).first.click()


def given(page: Page, label: str, path: Path) -> None:
    """Hand a file to the place with this label."""
    place = page.locator("[data-testid='stFileUploader']").filter(has_text=label)
    place.locator("input[type=file]").set_input_files(path)


def test_a_table_with_lost_zeros_gives_a_file_its_residents(app_url: str, page: Page) -> None:
    opened(page, app_url)
    given(page, text.UPLOAD, EXAMPLES / "bloecke_ohne_einwohner.gpkg")
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text("Keine Spalte ist als Einwohnerzahl zu erkennen")).to_be_visible()
    section(page, "tabelle")
    given(page, rooms.JOIN_FILE, EXAMPLES / "einwohner.xlsx")
    expect(page.get_by_text("0 von 6 Blöcken haben eine Zeile")).to_be_visible()
    expect(page.get_by_text(f"{rooms.JOIN_LISTS['join.key.lost_zero']}: 6")).to_be_visible()
    page.get_by_role("button", name=rooms.JOIN_RESTORE).click()
    expect(page.get_by_text("6 von 6 Blöcken haben eine Zeile")).to_be_visible()
    expect(page.get_by_text(rooms.JOIN_SUMS)).to_be_visible()
    page.get_by_role("button", name=rooms.JOIN_TAKE).click()
    expect(page.get_by_text("6 Blöcke · 2.100 Einwohner · 2 Gemeinden")).to_be_visible()
    expect(page.get_by_text(f"{rooms.JOIN_JOINED}: einwohner.xlsx")).to_be_visible()


def test_an_island_is_joined_by_a_bridge_that_stays_in_the_project(app_url: str, page: Page, tmp_path: Path) -> None:
    frame = six_blocks(einwohner=[110, 210, 310, 410, 510, 610])
    frame.loc[5, "geometry"] = shapely.box(WEST + 500, SOUTH + 100, WEST + 600, SOUTH + 200)
    frame.to_file(tmp_path / "insel.gpkg", layer="bloecke")
    opened(page, app_url)
    given(page, text.UPLOAD, tmp_path / "insel.gpkg")
    page.get_by_label(words.LICENCE).fill("© Kreis Beispiel")
    page.get_by_label(words.DATE, exact=True).fill("31.12.2024")
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text("Quelle: © Kreis Beispiel. Stand: 31.12.2024.")).to_be_visible()
    section(page, "nachbarschaft")
    expect(page.get_by_text("2 getrennte Teile, 1 Block ohne Nachbarn. In mehreren Teilen: Gangelt.")).to_be_visible()
    expect(page.get_by_text(rooms.map_summary(1, 0)).last).to_be_visible()
    page.get_by_role("button", name=rooms.NEAR_ACCEPT, exact=True).click()
    expect(page.get_by_text("Alle Blöcke hängen zusammen.")).to_be_visible()
    expect(page.get_by_text(rooms.map_summary(0, 1)).last).to_be_visible()
    page.reload()
    section(page, "nachbarschaft")
    expect(page.get_by_text(rooms.NEAR_DECLARED, exact=True)).to_be_visible()
    page.get_by_role("button", name=rooms.UNDO, exact=True).click()
    page.get_by_role("button", name=rooms.NEAR_REFUSE, exact=True).click()
    expect(page.get_by_text(rooms.NEAR_REFUSED, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=rooms.NEAR_ACCEPT, exact=True)).to_have_count(0)


def test_blocks_are_made_from_cells_and_addresses_find_them(app_url: str, page: Page, tmp_path: Path) -> None:
    (tmp_path / "zensus.csv").write_text(CENSUS_2022, encoding="utf-8")
    towns = vg250_zip(tmp_path)
    opened(page, app_url)
    section(page, "bloecke")
    given(page, rooms.MAKE_CELLS, tmp_path / "zensus.csv")
    given(page, rooms.MAKE_TOWNS, towns)
    page.get_by_label(rooms.MAKE_KEY).fill("05370")
    page.get_by_label(rooms.MAKE_MINIMUM).fill("5")
    page.get_by_label(rooms.MAKE_MINIMUM).press("Enter")
    page.get_by_role("button", name=rooms.MAKE_GO).click()
    expect(page.get_by_text(rooms.MAKE_BALANCE)).to_be_visible()
    page.get_by_role("button", name=rooms.MAKE_USE).click()
    expect(page.get_by_text("250 Einwohner · 2 Gemeinden").first).to_be_visible()
    section(page, "adressen")
    given(page, rooms.ADDRESS_FILE, EXAMPLES / "adressen.csv")
    page.get_by_role("button", name=rooms.ADDRESS_GO).click()
    expect(page.get_by_text("0 von 2 Adressen liegen in einem Block.")).to_be_visible()
    with page.expect_download() as lost:
        page.get_by_role("button", name=rooms.ADDRESS_LOST).click()
    assert "Hauptstraße" in Path(lost.value.path()).read_text("utf-8-sig")


def test_services_are_off_and_counts_move_with_a_published_table(app_url: str, page: Page, tmp_path: Path) -> None:
    (tmp_path / "faelle.csv").write_text("ags;faelle\n05370004;100\n05370008;100\n", encoding="utf-8")
    opened(page, app_url)
    section(page, "dienst")
    expect(page.get_by_text("Abrufe aus Diensten sind auf diesem Server ausgeschaltet")).to_be_visible()
    section(page, "gebietsstand")
    given(page, rooms.MOVE_COUNTS, tmp_path / "faelle.csv")
    given(page, rooms.MOVE_TABLE, EXAMPLES / "umsteigeschluessel.csv")
    page.get_by_role("button", name=rooms.MOVE_GO).click()
    with page.expect_download() as moved:
        page.get_by_role("button", name=rooms.MOVE_RESULT).click()
    assert Path(moved.value.path()).read_text("utf-8-sig").split() == [
        "gebiet;faelle",
        "05370004;125",
        "05370008;75",
    ]
