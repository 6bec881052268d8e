"""A draft in a real browser: what it does to the indicators, protected for those who may not see small numbers."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from reporting.text_de import project_figures as text
from reporting.text_de.plan_page import TABS

pytestmark = pytest.mark.e2e


def numbers(packed: str) -> Any:
    return np.frombuffer(base64.b64decode(packed), "<i4")


def send(page: Page, root: str, kind: str, payload: dict[str, Any]) -> None:
    plan = page.request.get(f"{root}/plan?author=Probe").json()
    step = {"uuid": str(uuid.uuid4()), "kind": kind, "payload": payload, "base": plan["revision"]}
    body = {"author": "Probe", "client": "probe", "since": plan["revision"], "operations": [step]}
    answer = page.request.post(f"{root}/operations", data=json.dumps(body))
    assert answer.ok, answer.text()


@pytest.fixture
def moved_place(app_url: str, page: Page) -> Iterator[str]:
    """The page Bearbeiten after a whole place went to the neighbouring region; taken back afterwards."""
    with page.expect_request(re.compile(r"/raumwerk/desk/.+/county"), timeout=120_000) as asked:
        page.goto(f"{app_url}/bearbeiten?sicht=public")
    root = asked.value.url.partition("/county")[0]
    county, plan = page.request.get(f"{root}/county").json(), page.request.get(f"{root}/plan?author=Probe").json()
    labels, places, people = numbers(plan["labels"]), numbers(county["place"]), numbers(county["residents"])
    edges = numbers(county["edges"]).reshape(-1, 2)
    beside = edges[(labels[edges[:, 0]] != labels[edges[:, 1]]) & (places[edges[:, 0]] >= 0)]
    sizes = {int(places[a]): int(people[places == places[a]].sum()) for a, _ in beside}
    first, second = next((a, b) for a, b in beside.tolist() if 1_500 < sizes[int(places[a])] < 4_000)
    blocks = np.flatnonzero(places == places[first])
    send(page, root, "assign", {"moves": [[int(labels[second]), ",".join(map(str, blocks.tolist()))]]})
    yield root
    send(page, root, "undo", {})


def test_the_comparison_says_whether_the_indicators_change_recognisably(moved_place: str, page: Page) -> None:
    page.get_by_text(TABS[1], exact=True).first.click()
    expect(page.get_by_role("heading", name=text.EFFECT)).to_be_visible()
    expect(page.get_by_text("Räume ändern sich").first).to_be_visible()
    page.get_by_text(text.EFFECT_VIEW, exact=True).first.click()
    expect(page.get_by_text(text.EFFECT_LEGEND["untouched"], exact=True).first).to_be_visible()
    expect(page.get_by_text("Blöcke, die in beiden liegen", exact=False).first).to_be_visible()
    assert "sicht=public" in page.url and moved_place
