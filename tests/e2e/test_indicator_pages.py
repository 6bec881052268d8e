"""The pages about indicators in a real browser: the URL says what is shown, the protected view keeps secrets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from geodata.sample import musterkreis
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import quartiere, validity
from reporting.text_de.project_figures import LEDGER, LEDGER_DOWNLOAD

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
    page.goto(f"{app_url}/export")  # the list is kept in the project file: another page, another session shows it
    page.get_by_text(LEDGER, exact=True).click()
    expect(page.get_by_text(LEDGER_DOWNLOAD)).to_be_visible(timeout=60_000)


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


def test_a_link_to_a_quartier_shows_its_level_and_names_it(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?ebene=quartier&raum=13.2")
    expect(page.get_by_text("Quartier 13.2:", exact=False)).to_be_visible()
    expect(page.get_by_text(say.quartiere_proposed(3000))).to_be_visible()
    expect(page.get_by_text("Quartieren liegen erkennbar darüber", exact=False)).to_be_visible()
    assert "ebene=quartier" in page.url and "raum=13.2" in page.url


def test_the_public_sees_no_hot_spots_of_small_blocks_but_of_quartiere(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?darstellung=haeufungen&einheit=block&sicht=public")
    expect(page.get_by_text("könnte einzelne Personen verraten", exact=False)).to_be_visible()
    opened(page, f"{app_url}/indikatoren?darstellung=haeufungen&einheit=quartier&sicht=public")
    expect(page.get_by_text(text.HOTSPOT_CLASSES["none"], exact=False).first).to_be_visible()


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("index", "Status sehr niedrig"),
        ("netz", "Ähnliche Räume"),
        ("mischung", "Dissimilarität"),
        ("alter", "altersgruppe"),
    ],
)
def test_every_view_says_its_sentence(app_url: str, page: Page, view: str, sentence: str) -> None:
    opened(page, f"{app_url}/indikatoren?darstellung={view}")
    expect(page.get_by_text(sentence, exact=False).first).to_be_visible()


def test_the_profile_comes_as_a_pdf_of_one_page(app_url: str, page: Page, tmp_path: Path) -> None:
    opened(page, f"{app_url}/sozialraumprofil?raum=16")
    button = page.get_by_role("button", name=text.PROFILE_PDF)
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    download.value.save_as(tmp_path / "profil.pdf")
    reader = PdfReader(tmp_path / "profil.pdf")
    assert len(reader.pages) == 1 and "Raum 16" in reader.pages[0].extract_text()


def test_the_profile_page_prints_on_one_sheet(app_url: str, page: Page, tmp_path: Path) -> None:
    opened(page, f"{app_url}/sozialraumprofil?raum=16")
    expect(page.get_by_role("heading", name=text.NEEDS)).to_be_visible()
    page.pdf(path=tmp_path / "seite.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "seite.pdf").pages
    assert len(sheets) == 1 and "Raum 16" in sheets[0].extract_text()


def test_a_link_with_unknown_names_is_told_so_and_shows_something_all_the_same(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?indikator=XX99&ebene=planet&stichtag=gestern&raum=99&darstellung=kuchen")
    for asked in ("XX99", "planet", "gestern", "99", "kuchen"):
        expect(page.get_by_text(f"den Wert „{asked}“, den es hier nicht gibt", exact=False).first).to_be_visible()
    expect(page.get_by_text("Kinderarmut im Kreis", exact=False)).to_be_visible()
    page.get_by_text(text.SHOWS["tabelle"], exact=True).click()
    expect(page.get_by_text("den Wert „kuchen“", exact=False)).to_have_count(0)


def test_the_method_page_says_what_sizes_allow_and_how_many_regions_differ(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/methode?indikator=EIN02")
    expect(page.get_by_text(validity.residents(3_000), exact=True)).to_be_visible()
    expect(page.get_by_text("Im Zuschnitt auf dem Tisch unterscheiden sich", exact=False)).to_be_visible()


def test_three_dates_give_a_trend_and_an_early_warning(app_url: str, page: Page) -> None:
    opened(page, f"{app_url}/indikatoren?darstellung=zeit&indikator=EIN02")
    expect(page.get_by_text("drei Stichtage in Folge ungünstiger als der Kreis", exact=False).first).to_be_visible()
    expect(page.get_by_text("Punkte je Jahr", exact=False).first).to_be_visible()


def test_drafted_quartiere_from_a_file_take_the_place_of_the_proposed_ones(
    app_url: str, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "plan_quartiere.csv"
    ids = [str(key) for key in musterkreis().blocks["block_id"]]
    opened(page, f"{app_url}/indikatoren?ebene=quartier")
    page.get_by_text(quartiere.TITLE, exact=True).click()
    table.write_text("block_id;quartier\n" + "\n".join(f"{key};{key}" for key in ids[:70]), encoding="utf-8")
    page.locator("input[type=file]").last.set_input_files(table)
    expect(page.get_by_text("Quartiere aus Ihrer Datei", exact=False)).to_be_visible()
    expect(page.get_by_text(quartiere.BACK, exact=True)).to_be_visible()
