"""The address of a page: a reload or a link shows the same county and plan, and what is unknown is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reporting.text_de import address as text
from tests.e2e.driving import ROOT, Server, running
from tests.e2e.editor_driver import EditorPage, wait_ready
from tests.e2e.grid_county import grid_county
from workspace.project import create_project

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("address")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    other = folder / "vorher.gpkg"  # what a visitor without an address sees
    create_project(other, grid_county(6, 4)).close()
    script = ROOT / "tests" / "e2e" / "rooms_page.py"
    with running(folder, script=script, RAUMWERK_PROJECT=str(other)) as started:
        yield started


def visitor(browser: Browser) -> Page:
    opened = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(60_000)
    page = opened.new_page()
    page.add_init_script("localStorage.setItem('raumwerk-name', 'Kern')")
    return page


@pytest.fixture(scope="module")
def link(browser: Browser, server: Server) -> str:
    """The address of the editor after an own county was opened."""
    page = visitor(browser)
    page.goto(server.address)
    page.get_by_role("button", name="Öffnen").click()
    page.wait_for_url("**projekt=gitterkreis-*")
    page.get_by_role("link", name="Bearbeiten").click()
    wait_ready(EditorPage(page, [], []))
    page.wait_for_url("**plan=*")
    address = page.url
    page.context.close()
    return address


def test_a_reload_and_a_shared_link_show_the_same_county_and_plan(browser: Browser, link: str) -> None:
    page = visitor(browser)
    editor = EditorPage(page, [], [])
    page.goto(link)
    for _ in range(2):
        wait_ready(editor)
        assert page.url == link
        assert editor.js("e.data.plan") in link and len(editor.shown()) == 24 * 16
        page.reload()
    page.context.close()


def test_the_address_names_no_path_of_the_server(link: str, folder: Path) -> None:
    assert str(folder) not in link and ".gpkg" not in link and "%2F" not in link


def test_an_unknown_plan_is_said_and_never_replaced(browser: Browser, link: str) -> None:
    page = visitor(browser)
    page.goto(link.replace("plan=", "plan=anders-"))
    expect(page.get_by_text("Diesen Zuschnitt gibt es im Projekt", exact=False)).to_be_visible()
    assert page.locator(".rw-editor").count() == 0
    page.get_by_role("button", name="Entwurf").first.click()
    wait_ready(EditorPage(page, [], []))
    page.context.close()


def test_an_unknown_project_is_said_and_the_known_ones_are_offered(browser: Browser, server: Server, link: str) -> None:
    page = visitor(browser)
    page.goto(f"{server.address}/bearbeiten?projekt=kreis-wesel-0a1b2c3d")
    expect(page.get_by_text("kreis-wesel-0a1b2c3d", exact=False).first).to_be_visible()
    expect(page.get_by_role("heading", name=text.UNKNOWN_TITLE)).to_be_visible()
    assert page.locator(".rw-editor").count() == 0
    page.get_by_role("button", name="gitterkreis").click()
    wait_ready(EditorPage(page, [], []))
    assert "projekt=gitterkreis-" in page.url
    page.context.close()


def test_a_link_for_looking_changes_nothing_and_stays_one_in_every_room(browser: Browser, link: str) -> None:
    page = visitor(browser)
    editor = EditorPage(page, [], [])
    page.goto(f"{link}&ansehen=1")
    wait_ready(editor)
    expect(page.get_by_text(text.VIEW_ONLY)).to_be_visible()
    assert page.is_disabled(".rw-toolbar button[aria-label='Pinsel']")
    assert page.get_by_role("button", name="Als neue Fassung kopieren").count() == 0
    page.get_by_role("link", name="Daten").click()
    page.wait_for_url("**/?*ansehen=1*")
    page.get_by_role("link", name="Bearbeiten").click()
    page.wait_for_url("**/bearbeiten?*ansehen=1*")
    page.context.close()


def test_the_share_dialog_gives_both_links(browser: Browser, link: str) -> None:
    page = visitor(browser)
    page.goto(link)
    wait_ready(EditorPage(page, [], []))
    page.click(".rw-toolbar button[aria-label='Teilen']")
    shown = [page.locator(".rw-link input").nth(i).input_value() for i in range(2)]
    assert shown == [link, f"{link}&ansehen=1"]
    page.context.close()


def test_a_click_on_another_room_counts_although_a_search_ends_at_that_moment(browser: Browser, server: Server) -> None:
    page = visitor(browser)
    page.goto(f"{server.address}/suche")
    page.get_by_role("button", name="Beenden").click()
    page.get_by_role("link", name="Daten").click()
    expect(page.get_by_role("heading", name="Daten")).to_be_visible()
    page.context.close()


def test_a_page_that_fails_says_so_in_german_and_shows_nothing_of_the_error(browser: Browser, server: Server) -> None:
    page = visitor(browser)
    page.goto(f"{server.address}/kaputt")
    expect(page.get_by_text("Diese Seite konnte nicht gezeichnet werden.", exact=False)).to_be_visible()
    assert "4711" not in page.content() and "Traceback" not in page.content()
    log = server.log.read_text()
    assert "page kaputt failed: RuntimeError" in log and "4711" not in log
    page.context.close()
