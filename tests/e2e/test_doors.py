"""The ways out of the app in a real browser: each download stands in the list, and no secret travels over the wire."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocket, expect

from indicators.counts import CellState
from reporting.text_de import indicator_rooms as text
from workspace import actions
from workspace.indicator_desk import IndicatorDesk, counts_of_sample, desk_of
from workspace.ledger import Release
from workspace.project import open_project
from workspace.workspace import plan_of

pytestmark = pytest.mark.e2e
INDICATOR, DATE = "BIL06", "2022-12-31"
# Buttons of Streamlit's tables and charts that hand out data beside the door.
BESIDE = ("Download as CSV", "Download as PNG", "Copy Vega-Lite spec", "Show data")


@pytest.fixture(scope="module")
def inside() -> IndicatorDesk:
    """The figures of the embedded county as the house sees them: same plan, same counts as in the app."""
    workspace = actions.open_sample()
    workspace = actions.take_proposals(workspace, actions.run_proposals(workspace.problem, workspace.settings))
    counts = counts_of_sample()
    assert counts is not None
    return desk_of(workspace.county, plan_of(workspace), counts, audience="public")


def secret_shares(desk: IndicatorDesk) -> list[float]:
    """Values and limits of the cells that the public must not see."""
    full, shown = desk.figures.tables[-1], desk.shown["sozialraum"]
    d, k = full.dates.index(DATE), full.indicators.index(INDICATOR)
    hidden = [i for i, key in enumerate(shown.ids) if shown.state[i, d, k] == CellState.SUPPRESSED]
    numbers = [float(part[i, d, k]) for i in hidden for part in (full.value, full.low, full.high)]
    assert len(hidden) >= 2 and np.isfinite(numbers).all()
    public = shown.value[np.isfinite(shown.value)].ravel().tolist()
    return [x for x in numbers if x != round(x, 4) and x not in public]  # a short number stands in any script


@contextmanager
def heard(page: Page) -> Iterator[list[bytes]]:
    """Everything the server sends while a page is drawn: frames of the socket and bodies of answers."""
    parts: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: parts.append(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("websocket", listen)
    page.on("response", lambda answer: parts.append(_body(answer)))
    yield parts
    page.remove_listener("websocket", listen)


def _body(answer: object) -> bytes:
    try:
        return bytes(answer.body())  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 an answer without a body, or of a page that was left
        return b""


def on_the_wire(numbers: list[float], parts: list[bytes]) -> list[float]:
    """The numbers that stand in what was sent, as eight bytes or as digits."""
    sent = b"".join(parts)
    return [x for x in numbers if struct.pack("<d", x) in sent or f"{x:.12g}"[:11].encode() in sent]


@pytest.mark.parametrize(("audience", "found"), [("public", False), ("intern", True)])
def test_no_secret_value_travels_to_the_browser_and_the_internal_view_has_it(
    app_url: str, page: Page, inside: IndicatorDesk, audience: str, found: bool
) -> None:
    numbers = secret_shares(inside)
    with heard(page) as parts:
        for view in ("rang", "zeit"):
            page.goto(
                f"{app_url}/indikatoren?indikator={INDICATOR}&stichtag={DATE}&darstellung={view}&sicht={audience}"
            )
            expect(page.locator("[data-testid='stVegaLiteChart']").first).to_be_visible()
            page.wait_for_load_state("networkidle")
    assert len(parts) > 5 and bool(on_the_wire(numbers, parts)) is found


def releases(page: Page, folder: Path) -> tuple[Release, ...]:
    """The list in the project file of the county on the page."""
    key = parse_qs(urlparse(page.url).query)["projekt"][0]
    project = open_project(folder / f"{key}.gpkg", own=False)
    try:
        return project.store.ledger().releases
    finally:
        project.close()


def test_profile_and_block_table_stand_in_the_list_of_the_project(
    app_url: str, project_folder: Path, page: Page
) -> None:
    blocks = "indikatoren?darstellung=tabelle&indikator=EIN02&ebene=block"
    for address, label in (("sozialraumprofil?raum=2", text.PROFILE_PDF), (blocks, text.DOWNLOAD_CSV)):
        page.goto(f"{app_url}/{address}")
        button = page.get_by_role("button", name=label)
        expect(button).to_be_enabled()
        with page.expect_download(timeout=120_000) as file:
            button.click()
        assert file.value.failure() is None
    page.wait_for_url(re.compile("projekt="))
    entries = [entry for entry in releases(page, project_folder) if entry.occasion.audience == "public"]
    last = {(entry.occasion.purpose, entry.levels[-1].level): entry for entry in entries}
    profile = last[text.PURPOSES["profil"].format(region="2"), "sozialraum"]
    assert profile.levels[-1].areas == ("2",) and profile.figures
    table = last[text.PURPOSES["csv"], "block"]
    assert table.levels[-1].indicators == ("EIN02",) and len(table.levels[-1].areas) > 2_000


def test_tables_and_charts_offer_no_way_beside_the_door(app_url: str, page: Page) -> None:
    page.goto(f"{app_url}/indikatoren?darstellung=tabelle&indikator=EIN02")
    for kind in ("stDataFrame", "stVegaLiteChart"):
        frame = page.locator(f"[data-testid='{kind}']").first
        expect(frame).to_be_visible()
        frame.hover()
        expect(page.get_by_role("button", name="Fullscreen").first).to_be_visible()
        assert not any(button.is_visible() for name in BESIDE for button in page.get_by_label(name, exact=True).all())
