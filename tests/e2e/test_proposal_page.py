"""„Vorgaben“ and „Vorschlag“ in a real browser: numbers, remedies, proposals compared, a reload that loses nothing."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely
from playwright.sync_api import Page, expect

from reporting.text_de import alternatives as compared
from reporting.text_de import app as text
from tests.e2e.test_app import opened

pytestmark = pytest.mark.e2e


def test_a_remedy_taken_with_a_double_click_is_taken_once(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/vorgaben")
    page.get_by_role("button", name="Mit Gangelt zusammenlegen").dblclick()
    expect(page.get_by_text("Waldfeucht und Gangelt dürfen Räume teilen")).to_have_count(1)
    expect(page.get_by_text("Zurücknehmen")).to_have_count(1)


def test_a_number_typed_twice_in_the_same_field_counts_both_times(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/vorgaben")
    field = page.get_by_label(text.MINIMUM, exact=True)
    for typed in ("9.000", "8.000", "9.500"):
        field.fill(typed)
        field.press("Enter")
        expect(page.get_by_text(f"soll {typed} bis")).to_be_visible()
    expect(field).to_have_value("9.500")
    page.get_by_label(text.MAXIMUM, exact=True).fill("9.000")  # a contradiction, solved by the next field
    page.get_by_label(text.MAXIMUM, exact=True).press("Enter")
    expect(page.get_by_text("widersprüchlich")).to_be_visible()
    field.fill("8.000")
    field.press("Enter")
    page.get_by_label(text.TARGET, exact=True).fill("8.500")
    page.get_by_label(text.TARGET, exact=True).press("Enter")
    expect(page.get_by_text("soll 8.000 bis 9.000")).to_be_visible()
    expect(page.get_by_text("widersprüchlich")).to_have_count(0)
    borders = page.get_by_role("radiogroup", name=text.BORDERS)
    for chosen in ("soft", "none"):
        borders.get_by_text(text.BORDER_CHOICES[chosen], exact=True).click()
        expect(borders.get_by_role("radio", name=text.BORDER_CHOICES[chosen], exact=True)).to_be_checked()
    page.get_by_role("link", name=text.PAGES["start"], exact=True).click()
    page.get_by_role("link", name=text.PAGES["vorgaben"], exact=True).click()
    expect(borders.get_by_role("radio", name=text.BORDER_CHOICES["none"], exact=True)).to_be_checked()


def county_file(folder: Path) -> Path:
    """Sixty squares of 1,000 residents each in one municipality: four to six regions fit."""
    squares = [shapely.box(x, y, x + 500, y + 500) for x in range(300_000, 305_000, 500) for y in range(0, 3_000, 500)]
    ids = [f"{i:03}" for i in range(len(squares))]
    frame = geopandas.GeoDataFrame(
        {"block_id": ids, "einwohner": 1_000, "ags": "05370004"}, geometry=squares, crs=25832
    )
    path = folder / "vorschlagskreis.gpkg"
    frame.to_file(path)
    return path


def test_proposals_are_compared_and_still_there_after_a_reload(app_url: str, page: Page, tmp_path: Path) -> None:
    opened(page, f"{app_url}/daten")
    page.set_input_files("input[type=file]", county_file(tmp_path))
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text(text.FILE_ACCEPTED)).to_be_visible()
    page.get_by_role("link", name=text.PAGES["vorschlag"], exact=True).click()
    page.get_by_role("radiogroup", name=text.HOW_MANY).get_by_text("3", exact=True).click()
    page.get_by_role("button", name=text.PROPOSE).click()
    second = page.get_by_role("radiogroup", name=text.CHOOSE).get_by_text("2", exact=True)
    second.click()
    expect(page.get_by_text(compared.on_table(1, 0))).to_be_visible()
    page.reload()
    expect(page.get_by_text(compared.on_table(1, 0))).to_be_visible()
    assert "Traceback" not in page.content()
