"""What the pages show: levels that nest, a protected view, an index with rank ranges, and a profile on one page."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely

from indicators.catalogue import standard_catalogue
from indicators.counts import CellState, CountTable, count_table, joined_dates
from reporting.choropleth import choropleth
from reporting.region_profile import profile_html
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges
from spatial.errors import InputError
from spatial.outlines import Outlines
from spatial.plan import Plan
from tests.browser import FLAGS, chromium_path
from workspace.county import County
from workspace.indicator_desk import (
    IndicatorDesk,
    desk_of,
    index_of,
    left_out,
    series,
    verdicts,
)
from workspace.region_profiles import profile_of

SIDE = 8
DATES = ("2020-12-31", "2022-12-31")
LABELS = (np.arange(SIDE * SIDE) // SIDE // 2 * 2 + (np.arange(SIDE * SIDE) % SIDE >= 4)).astype(np.int32)


def county() -> County:
    cells = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    edges = np.vstack(
        [np.c_[cells[:, :-1].ravel(), cells[:, 1:].ravel()], np.c_[cells[:-1].ravel(), cells[1:].ravel()]]
    )
    n = SIDE * SIDE
    towns = ["05370004" if r < SIDE // 2 else "05370008" for r in range(SIDE) for _ in range(SIDE)]
    blocks = block_set([f"b{i:02d}" for i in range(n)], population=np.full(n, 900), municipality=towns)
    shapes = np.array([shapely.box(c, r, c + 1, r + 1) for r in range(SIDE) for c in range(SIDE)])
    near = contiguity_from_edges(n, edges, np.ones(len(edges)))
    return County("Probekreis", blocks, near, shapes, 25832, {}, (), None, "probe")  # type: ignore[arg-type]


def counts() -> CountTable:
    rng = np.random.default_rng(8)
    n, tables = SIDE * SIDE, []
    burden = np.where(LABELS == 3, 2.2, 1.0)
    for day in DATES:
        columns = {"BEV01": (np.full(n, 900.0), np.full(n, np.nan))}
        for indicator in standard_catalogue():
            if indicator.kind in ("proportion", "rate") and indicator.id not in columns:
                den = rng.integers(110, 300, n)
                columns[indicator.id] = (rng.binomial(den, np.clip(0.1 * burden, 0, 1)), den)
        num, den = columns["KIJ06"]
        columns["KIJ06"] = (np.where(LABELS == 0, np.arange(n) == 0, num), den)
        tables.append(count_table([f"b{i:02d}" for i in range(n)], columns, date=day))
    return joined_dates(tables)


@pytest.fixture(scope="module")
def desk() -> IndicatorDesk:
    return desk_of(county(), Plan(LABELS), counts(), audience="public")


def outlines() -> Outlines:
    numbers = np.unique(LABELS)
    shapes = np.array([shapely.union_all(county().polygons[r == LABELS]) for r in numbers])
    return Outlines(tuple(str(r) for r in numbers), shapes, 4326)


def test_county_municipalities_and_regions_are_shown_and_add_up(desk: IndicatorDesk) -> None:
    assert set(desk.shown) == {"kreis", "gemeinde", "sozialraum"}
    k = desk.catalogue.ids.index("EIN02")
    sums = [desk.shown[level].numerator[:, 1, k].sum() for level in ("kreis", "gemeinde", "sozialraum")]
    assert sums[0] == sums[1] == sums[2]


def test_the_burdened_region_is_said_to_lie_above_the_county(desk: IndicatorDesk) -> None:
    verdict = verdicts(desk, "EIN02", level="sozialraum", date=DATES[1])["verdict"]
    assert verdict["3"] == "higher" and (verdict == "higher").sum() == 1


def test_a_single_young_offender_is_seen_by_the_statistician_only(desk: IndicatorDesk) -> None:
    k = desk.catalogue.ids.index("KIJ06")
    assert desk.shown["sozialraum"].state[0, 1, k] == CellState.SUPPRESSED
    inside = desk_of(desk.county, desk.plan, desk.counts, audience="intern")
    assert inside.shown["sozialraum"].numerator[0, 1, k] == 1
    assert inside.shown["sozialraum"].audience == "intern"


def test_every_rank_of_the_index_has_its_range(desk: IndicatorDesk) -> None:
    index = index_of(desk, ("ARB01", "EIN02", "EIN04"), level="sozialraum", date=DATES[1])
    assert index.loc["3", "rank"] == 1 and index.loc["3", "status_class"] == 4
    assert {"rank_low", "rank_high", "worst_share", "group"} <= set(index.columns)
    assert len(left_out(desk, ("ARB01", "EIN02", "EIN04"), level="sozialraum", date=DATES[1])) == 3
    with pytest.raises(InputError):
        index_of(desk, ("EIN02",), level="kreis", date=DATES[1])


def test_polarity_turns_a_good_indicator_round_before_it_enters_the_index(desk: IndicatorDesk) -> None:
    index = index_of(desk, ("ARB04",), level="sozialraum", date=DATES[1])
    assert index.loc["3", "rank"] == len(index)


def test_two_dates_are_too_few_for_an_early_warning(desk: IndicatorDesk) -> None:
    line = series(desk, "EIN02", level="sozialraum")
    assert line.worse[3].all() and not line.warning.any()


def test_the_profile_names_needs_and_hides_what_is_secret(desk: IndicatorDesk) -> None:
    profile = profile_of(desk, "3", date=DATES[1], outlines=outlines())
    assert any("Kinderarmut" in line for line in profile.needs)
    assert any("Beschäftigtenanteil" in line for line in profile.strengths)
    page = profile_html(profile)
    assert "http" not in re.sub(r"http://www.w3.org/2000/svg", "", page)
    with pytest.raises(InputError):
        profile_of(desk, "77", date=DATES[1], outlines=outlines())


@pytest.mark.parametrize(("audience", "found"), [("public", False), ("intern", True)])
def test_no_page_for_the_public_holds_a_secret_value_and_the_internal_page_does(audience: str, found: bool) -> None:
    """Region 0 has 2 poor children among 137; with the protection off, profile and map say so."""
    table = counts()
    values, k = table.values.copy(), table.indicators.index("EIN02")
    values[LABELS == 0, :, k] = 0
    values[0, :, k] = (2, 137)
    changed = CountTable(table.ids, table.indicators, table.dates, values, table.states)
    seen = desk_of(county(), Plan(LABELS), changed, audience=audience)  # type: ignore[arg-type]
    page = profile_html(profile_of(seen, "0", date=DATES[1], outlines=outlines()))
    drawn = choropleth(seen.shown["sozialraum"], "EIN02", date=DATES[1])
    row = page[page.index("Kinderarmut (%)") :].split("</tr>")[0]
    assert ("1,5" in row) is found
    assert ("1,5" in drawn.tooltips[0]) is found
    assert (">.<" in row) is not found


@pytest.mark.e2e
@pytest.mark.skipif(chromium_path() is None, reason="kein Chromium gefunden")
def test_the_profile_prints_on_one_a4_page(desk: IndicatorDesk, tmp_path: Path) -> None:
    page, pdf = tmp_path / "profil.html", tmp_path / "profil.pdf"
    page.write_text(profile_html(profile_of(desk, "3", date=DATES[1], outlines=outlines())), encoding="utf-8")
    command = [str(chromium_path()), *FLAGS, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf.read_bytes())) == 1
