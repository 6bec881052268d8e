"""The app in a real browser: what it shows, what it asks the network for, what it gives out."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from typer.testing import CliRunner

from cli import app
from reporting.text_de import app as text
from ui.navigation import ROOMS

pytestmark = pytest.mark.e2e


def opened(page: Page, url: str) -> Page:
    """Go to a page and wait until it stands still."""
    page.goto(url)
    page.wait_for_selector("[data-testid='stMainBlockContainer']")
    page.wait_for_function("() => !document.querySelector('[data-testid=\"stStatusWidget\"]')")
    return page


def test_the_first_screen_shows_the_county_with_a_finished_proposal(app_url: str, page: Page) -> None:
    opened(page, app_url)
    expect(page.get_by_role("heading", name="Musterkreis")).to_be_visible()
    expect(page.get_by_text("Räumen liegen im Einwohnerziel")).to_be_visible()
    expect(page.get_by_text("Waldfeucht", exact=False).first).to_be_visible()


@pytest.mark.parametrize("room", ROOMS)
def test_no_page_asks_any_host_but_its_own(app_url: str, context: BrowserContext, room: str) -> None:
    page = context.new_page()
    hosts: set[str | None] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened(page, f"{app_url}/{room}" if room != ROOMS[0] else app_url)
    assert hosts - {None, "localhost"} == set()
    assert [c for c in complaints if "Content Security Policy" in c] == []


def test_a_proposal_made_in_the_browser_passes_the_check_of_the_command_line(
    app_url: str, page: Page, musterkreis: Path, tmp_path: Path
) -> None:
    opened(page, f"{app_url}/vorschlag")
    page.get_by_role("button", name=text.PROPOSE_AGAIN).click()
    expect(page.get_by_role("button", name=text.CANCEL)).to_be_visible()
    expect(page.get_by_role("button", name=text.CANCEL)).to_have_count(0)
    expect(page.get_by_role("button", name=text.PROPOSE_AGAIN)).to_be_visible()
    page.get_by_role("link", name=text.TO_EXPORT).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=text.DOWNLOAD, exact=True).first.click()
    plan = tmp_path / "plan.csv"
    download.value.save_as(plan)
    columns = ["--layer", "blocks", "--id", "block_id", "--population", "einwohner", "--within", "ags"]
    result = CliRunner().invoke(app, ["check", str(musterkreis), str(plan), *columns, "--json"])
    violations = json.loads(result.stdout)["violations"]
    assert violations and all(v["unavoidable"] for v in violations)


def test_an_unusable_file_is_refused_in_german_and_the_county_stays(app_url: str, page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.gpkg"
    broken.write_bytes(b"")
    opened(page, f"{app_url}/daten")
    page.set_input_files("input[type=file]", broken)
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text(text.SEVERITY["error"]).first).to_be_visible()
    expect(page.get_by_text("Musterkreis").first).to_be_visible()
    assert "Traceback" not in page.content()


def test_an_own_file_is_opened_and_becomes_the_county(app_url: str, page: Page, real_data: Path) -> None:
    opened(page, f"{app_url}/daten")
    page.set_input_files("input[type=file]", real_data / "heinsberg" / "heinsberg_blocks_500m_derived.gpkg")
    page.get_by_role("button", name=text.UPLOAD_READ).click()
    expect(page.get_by_text("2.882")).to_be_visible()
