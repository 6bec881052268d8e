"""Below the regions: Quartiere and blocks are protected under what the levels above show, and so are hot spots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.counts import CellState, CountTable
from spatial.errors import InputError
from spatial.plan import Plan
from tests.workspace.test_indicator_desk import DATES, LABELS, SIDE, counts, county
from workspace import actions
from workspace.fine_figures import (
    FineFigures,
    block_figures,
    fine_figures,
    own_quartiere,
    propose_quartier_plan,
    quartier_ids,
    quartiere_of,
)
from workspace.hotspot_figures import hotspots_of_level
from workspace.indicator_desk import IndicatorDesk, desk_of
from workspace.outputs import quartiere_download
from workspace.workspace import Workspace

QUARTIERE = Plan((LABELS * 4 + np.arange(SIDE * SIDE) % 4).astype(np.int32), level="quartier")


def fine_of(audience: str, table: CountTable | None = None) -> FineFigures:
    desk: IndicatorDesk = desk_of(county(), Plan(LABELS), table or counts(), audience=audience)  # type: ignore[arg-type]
    return fine_figures(desk, QUARTIERE)


@pytest.fixture(scope="module")
def fine() -> FineFigures:
    return fine_of("public")


def one_small_quartier() -> CountTable:
    """Quartier 0.1 has 2 poor children among 160, every other one plenty."""
    table = counts()
    values, k = table.values.copy(), table.indicators.index("EIN02")
    first = QUARTIERE.labels == QUARTIERE.labels.min()
    values[first, :, k, 0], values[first, :, k, 1] = 0, 80
    values[np.flatnonzero(first)[0], :, k, 0] = 2
    return CountTable(table.ids, table.indicators, table.dates, values, table.states)


def test_quartiere_are_named_after_their_region_and_add_up_to_it(fine: FineFigures) -> None:
    assert fine.ids[:3] == ("0.1", "0.2", "0.3")
    k, d = fine.desk.catalogue.ids.index("EIN02"), 1
    of_region = [key.partition(".")[0] for key in fine.shown.ids]
    inside = fine.candidate.tables[-1].numerator[:, d, k]
    for row, region in enumerate(fine.desk.figures.tables[-1].ids):
        total = sum(n for n, owner in zip(inside, of_region, strict=True) if owner == region)
        assert total == fine.desk.figures.tables[-1].numerator[row, d, k]


def test_a_small_quartier_is_secret_and_cannot_be_found_by_subtraction() -> None:
    fine = fine_of("public", one_small_quartier())
    k = fine.desk.catalogue.ids.index("EIN02")
    siblings = np.array([key.startswith("0.") for key in fine.shown.ids])
    hidden = fine.shown.state[:, 1, k] == CellState.SUPPRESSED
    assert hidden[0] and hidden[siblings].sum() >= 2
    assert fine.candidate.tables[-1].numerator[hidden & siblings, 1, k].sum() >= 3
    assert fine_of("intern", one_small_quartier()).shown.numerator[0, 1, k] == 2


def test_small_blocks_are_protected_under_quartier_and_region(fine: FineFigures) -> None:
    table = block_figures(fine, "KIJ06")
    hidden = table.state[:, 1, 0] == CellState.SUPPRESSED
    cases = fine.desk.counts.values[:, 1, fine.desk.counts.indicators.index("KIJ06"), 0]
    assert len(table) == SIDE * SIDE and table.ids[0] == "b00"
    assert hidden[0] and hidden.sum() >= 2 and cases[hidden].sum() >= 5


@pytest.mark.parametrize("indicator", ["EIN02", "KIJ06", "ARB01"])
def test_what_is_shown_above_gives_no_secret_cell_below_away(indicator: str) -> None:
    """Every shown total minus its shown parts leaves nothing, or at least two areas and three cases."""
    fine = fine_of("public", one_small_quartier())
    k = fine.desk.catalogue.ids.index(indicator)
    blocks = block_figures(fine, indicator)
    region = fine.desk.shown["sozialraum"]
    quartier_of_block = np.unique(QUARTIERE.labels, return_inverse=True)[1]
    region_of_quartier = np.array([region.ids.index(key.partition(".")[0]) for key in fine.shown.ids])
    _leaves_enough(region.numerator[:, 1, k], fine.shown, k, region_of_quartier, fine.candidate.tables[-1])
    inside = fine.desk.counts.values[:, 1, fine.desk.counts.indicators.index(indicator), 0]
    for q, total in enumerate(fine.shown.numerator[:, 1, k]):
        hidden = (quartier_of_block == q) & (blocks.state[:, 1, 0] == CellState.SUPPRESSED)
        everything = hidden.sum() == (quartier_of_block == q).sum()
        assert not np.isfinite(total) or not hidden.any() or everything or (hidden.sum() >= 2 and _safe(inside[hidden]))


def _leaves_enough(totals: np.ndarray, shown: object, k: int, parent: np.ndarray, full: object) -> None:
    for p, total in enumerate(totals):
        hidden = (parent == p) & (shown.state[:, 1, k] == CellState.SUPPRESSED)  # type: ignore[attr-defined]
        if np.isfinite(total) and hidden.any() and hidden.sum() < (parent == p).sum():
            assert hidden.sum() >= 2 and _safe(full.numerator[hidden, 1, k])  # type: ignore[attr-defined]


def _safe(cases: np.ndarray) -> bool:
    return cases.sum() == 0 or cases.sum() >= 3


def test_the_poor_quarter_is_a_hot_spot_for_the_statistician(fine: FineFigures) -> None:
    inside = fine_of("intern")
    result = hotspots_of_level(inside, "EIN02", level="block", date=DATES[1], statistic="getis")
    assert (LABELS[result.classes == "hot"] == 3).mean() > 0.6


def test_hot_spots_of_blocks_are_refused_to_the_public_where_most_blocks_are_secret(fine: FineFigures) -> None:
    with pytest.raises(InputError) as refused:
        hotspots_of_level(
            fine_of("public", small_everywhere()), "EIN02", level="block", date=DATES[1], statistic="moran"
        )
    assert refused.value.findings[0].code == "hotspots.secret"
    halves = fine_figures(fine.desk, Plan((LABELS * 4 + np.arange(SIDE * SIDE) % 2).astype(np.int32)))
    with pytest.raises(InputError) as few:
        hotspots_of_level(halves, "EIN02", level="quartier", date=DATES[1], statistic="moran")
    assert few.value.findings[0].code == "hotspots.areas.few"
    with pytest.raises(InputError) as kind:
        hotspots_of_level(fine, "BEV01", level="block", date=DATES[1], statistic="moran")
    assert kind.value.findings[0].code == "hotspots.kind"


def small_everywhere() -> CountTable:
    table = counts()
    values, k = table.values.copy(), table.indicators.index("EIN02")
    values[:, :, k, 1] = 60
    values[:, :, k, 0] = np.minimum(values[:, :, k, 0], 40)
    return CountTable(table.ids, table.indicators, table.dates, values, table.states)


def test_a_secret_block_takes_no_part_in_the_hot_spots_its_neighbours_see() -> None:
    """Another secret number in a secret block changes no class anywhere."""
    table = counts()
    values, k = table.values.copy(), table.indicators.index("EIN02")
    values[9, :, k] = (1, 60)
    other = values.copy()
    other[9, :, k] = (2, 60)
    seen = []
    for array in (values, other):
        changed = CountTable(table.ids, table.indicators, table.dates, array, table.states)
        fine = fine_of("public", changed)
        seen.append(hotspots_of_level(fine, "EIN02", level="block", date=DATES[1], statistic="moran"))
    assert seen[0].classes[9] == "secret" and np.isnan(seen[0].p[9])
    assert seen[0].classes.tolist() == seen[1].classes.tolist()


def test_the_same_drawing_gets_the_same_quartiere_inside_its_regions() -> None:
    home = county()
    workspace = replace(Workspace(home), plan=Plan(LABELS))
    workspace = workspace.with_settings(replace(workspace.settings, quartier_target=3_600))
    first, again = propose_quartier_plan(workspace), propose_quartier_plan(workspace)
    assert first.labels.tolist() == again.labels.tolist()
    assert len(quartier_ids(first, Plan(LABELS))) == len(np.unique(np.c_[first.labels, LABELS], axis=0))
    assert actions.plan_of(workspace) is workspace.plan


def test_a_block_hides_the_same_count_whichever_of_two_indicators_is_looked_at() -> None:
    """Both count the poor children, of all children and of all unemployed adults; pages show one at a time."""
    table = counts()
    values, k, other = table.values.copy(), table.indicators.index("EIN02"), table.indicators.index("ARB01")
    values[..., k, 0], values[..., k, 1] = 40 + np.arange(len(table))[:, None], 300
    values[0, :, k, 0] = 2
    values[..., other, 0], values[..., other, 1] = values[..., k, 0], 900 - 3 * np.arange(len(table))[:, None]
    fine = fine_of("public", CountTable(table.ids, table.indicators, table.dates, values, table.states))
    one, two = (block_figures(fine, key) for key in ("EIN02", "ARB01"))
    hidden = [shown.state[..., 0] == CellState.SUPPRESSED for shown in (one, two)]
    assert one.indicators == ("EIN02",) and two.indicators == ("ARB01",)
    assert hidden[0].any() and (hidden[0] == hidden[1]).all()


def test_quartiere_brought_along_are_used_while_they_lie_inside_the_regions() -> None:
    own = Workspace(county(), plan=Plan(LABELS), quartiere=QUARTIERE)
    assert quartiere_of(own).labels.tolist() == QUARTIERE.labels.tolist()
    moved = np.where(np.arange(SIDE * SIDE) == 0, 1, LABELS).astype(np.int32)
    assert own_quartiere(replace(own, plan=Plan(moved))) is None
    assert own_quartiere(Workspace(county(), plan=Plan(LABELS))) is None


def test_quartiere_brought_along_lie_in_the_regions_of_today_and_their_file_says_so() -> None:
    """After the upload the regions were numbered anew: the file must not name those of the day of upload."""
    old = replace(QUARTIERE, parent=Plan(LABELS))
    own = own_quartiere(Workspace(county(), plan=Plan((LABELS + 20).astype(np.int32)), quartiere=old))
    assert own is not None
    rows = quartiere_download(county(), own).decode("utf-8-sig").splitlines()[1:]
    assert sorted({row.split(",")[1] for row in rows}) == sorted({str(label + 20) for label in LABELS.tolist()})
