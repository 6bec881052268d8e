"""The pages about indicators in a real browser: the URL says what is shown, the protected view keeps secrets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reporting.text_de import indicator_rooms as text

pytestmark = pytest.mark.e2e


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("[data-testid='stMainBlockContainer'] h1")
    return page


def test_a_link_shows_indicator_level_and_date_again(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?indikator=ARB01&ebene=gemeinde&stichtag=2020-12-31&darstellung=tabelle")
    expect(page.get_by_text("ARB01 · Stand 31.12.2020", exact=False)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Gemeinden", exact=False).first).to_be_visible(timeout=60_000)
    assert all(part in page.url for part in ("indikator=ARB01", "ebene=gemeinde", "stichtag=2020-12-31"))


def test_the_youth_welfare_view_offers_its_indicators_and_writes_itself_into_the_url(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?ansicht=jugendhilfe&indikator=KIJ03")
    expect(page.get_by_text("Ambulante Hilfen zur Erziehung", exact=False).first).to_be_visible(timeout=60_000)
    page.wait_for_url(re.compile("ansicht=jugendhilfe.*indikator=KIJ03"))


def test_no_click_is_lost_when_one_choice_follows_another(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren")
    for name in ("tabelle", "zeit", "streuung", "rang"):
        page.get_by_text(text.SHOWS[name], exact=True).click()
        page.wait_for_url(re.compile(f"darstellung={name}"))
    for date in ("2020-12-31", "2022-12-31"):
        page.get_by_role("combobox", name=text.DATE).click()
        page.get_by_role("option", name=text.german_date(date)).click()
        page.wait_for_url(re.compile(f"stichtag={date}"))


def test_a_downloaded_table_is_protected_and_stands_in_the_ledger(app_url: str, page: Page, tmp_path: Path) -> None:
    opened(page, f"{app_url}/indikatoren?darstellung=tabelle&indikator=KIJ06")
    button = page.get_by_role("button", name=text.DOWNLOAD_CSV)
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    table = tmp_path / "indikatoren.csv"
    download.value.save_as(table)
    rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "# öffentlich freigegeben" and any(";.;.;.;.;.;" in row for row in rows)
    expect(page.get_by_text(text.LEDGER)).to_be_visible(timeout=60_000)


def test_a_profile_names_its_region_its_needs_and_its_sources(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/sozialraumprofil?raum=2")
    expect(page.get_by_role("heading", name="Raum 2", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name=text.NEEDS)).to_be_visible(timeout=60_000)
    expect(page.get_by_text(text.SOURCES, exact=False).first).to_be_visible(timeout=60_000)
    assert "raum=2" in page.url


def test_every_indicator_has_its_method_page(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/methode?indikator=EIN05")
    expect(page.get_by_text("EIN05 · Grundsicherung im Alter").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("§§ 121 ff. SGB XII").first).to_be_visible(timeout=60_000)
