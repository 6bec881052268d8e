"""The map in one file."""

from __future__ import annotations

import re

import numpy as np
import pytest
from shapely import box

from regionalization.population_target import PopulationTarget
from reporting.map_html import MapRegion, PlanMap, map_html
from spatial.outlines import Outlines
from spatial.plan import Plan


@pytest.fixture
def content() -> PlanMap:
    squares = np.array([box(6.0, 51.0, 6.1, 51.1), box(6.1, 51.0, 6.2, 51.1)], dtype=object)
    regions = (MapRegion(1, "", "Heinsberg", 12_000), MapRegion(2, "<b>{{ 7*7 }}</b>", "Wassenberg", 16_897))
    return PlanMap(
        title="Kreis & Co",
        source="Stand 31.12.2022",
        plan=Plan(np.array([1, 2]), colours={1: 0, 2: 1}),
        target=PopulationTarget(),
        regions=regions,
        region_outlines=Outlines(("1", "2"), squares, 4326),
        municipality_outlines=Outlines(("a", "b"), squares, 4326),
    )


def test_the_page_loads_nothing_from_anywhere(content: PlanMap) -> None:
    page = map_html(content)
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"'](?!data:)", page)
    assert not re.search(r"url\((?!data:|#)", page)


def test_no_foreign_host_is_named_in_its_source_and_the_page_forbids_itself_every_request(content: PlanMap) -> None:
    page = map_html(content)
    hosts = set(re.findall(r"//([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", page))
    assert hosts == {"www.w3.org"}  # the name of the SVG namespace, never asked
    assert page.index("default-src 'none'") < page.index("<script")


def test_the_same_content_gives_the_same_bytes(content: PlanMap) -> None:
    assert map_html(content) == map_html(content)


def test_names_given_by_people_are_text_and_never_markup(content: PlanMap) -> None:
    page = map_html(content)
    assert "Raum 2 <b>" not in page and "49&lt;/b" not in page
    assert "&#123;&#123; 7*7 &#125;&#125;" in page
    assert "Kreis &amp; Co" in page


def test_a_region_out_of_the_band_carries_a_sign_and_not_only_a_colour(content: PlanMap) -> None:
    page = map_html(content)
    assert "▲ zu groß" in page and "16.897" in page
