"""What a draft does to the indicators: only changed regions, a difference said in words, and no small number told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from indicators.catalogue import standard_catalogue
from indicators.compute import compute
from indicators.counts import DENOMINATOR, NUMERATOR, CellState, CountTable
from indicators.redrawing import recognisable, redrawing_p
from spatial.plan import Plan
from tests.workspace.figure_county import DATE, IDS, QUARTERS, START, figure_counts, figure_county, moved
from workspace.figures import figures_of_plan
from workspace.ledger import Ledger
from workspace.redrawing_effect import Onlooker, RedrawingEffect, effect_of_redrawing, starting_point
from workspace.release_request import Audience

ROW_OF_3_BESIDE_4 = [i for i, q in zip(IDS, QUARTERS, strict=True) if q == 4 and int(i) % 8 == 4]


def effect(after: Plan, audience: Audience = "intern", counts: CountTable | None = None) -> RedrawingEffect:
    seen = Onlooker(audience, Ledger(), standard_catalogue())
    start = starting_point(figure_county(), counts or figure_counts(), START, date=DATE, seen=seen)
    return effect_of_redrawing(start, after)


def test_only_the_two_regions_of_a_moved_block_are_worked_out_anew() -> None:
    result = effect(moved(["00"], 2))
    assert result.regions == (1, 2)
    for region in ("3", "4"):
        row = result.before.ids.index(region)
        np.testing.assert_array_equal(result.before.value[row], result.after.value[row])


def test_the_figures_after_are_those_of_a_fresh_computation() -> None:
    after = moved(ROW_OF_3_BESIDE_4, 3)
    result = effect(after)
    fresh = compute(standard_catalogue(), figure_counts(), after.labels)
    for name in ("value", "low", "high", "numerator", "denominator", "state"):
        np.testing.assert_array_equal(getattr(result.after, name), getattr(fresh, name), err_msg=name)


def test_four_poor_blocks_raise_child_poverty_recognisably_and_a_few_like_blocks_do_not() -> None:
    rich_region_gets_poor_blocks = effect(moved(ROW_OF_3_BESIDE_4, 3))
    difference, verdict = rich_region_gets_poor_blocks.cell(3, "EIN02")
    assert verdict == "higher" and difference > 4
    alike = effect(moved(["00", "08"], 2))
    assert {alike.cell(r, k)[1] for r in (1, 2) for k in ("EIN02", "ARB01")} == {"same"}
    assert alike.cell(1, "BEV01") == (-2000.0, "untested")


def test_nothing_moved_is_nothing_changed() -> None:
    result = effect(START)
    assert result.regions == () and result.difference.shape == (0, 4) and result.count("higher", "lower") == 0


def test_a_new_region_and_a_dissolved_one_have_no_difference() -> None:
    made = effect(moved(["00", "01"], 9))
    assert made.new == {9} and made.cell(9, "EIN02")[1] == ""
    dissolved = effect(Plan(np.where(QUARTERS == 2, 1, QUARTERS).astype(np.int32)))
    assert dissolved.gone == {2} and dissolved.cell(2, "EIN02")[1] == ""


def test_regions_are_followed_under_another_number() -> None:
    renumbered = Plan((START.labels + 10).astype(np.int32))
    start = starting_point(
        figure_county(), figure_counts(), START, date=DATE, seen=Onlooker("intern", Ledger(), standard_catalogue())
    )
    assert effect_of_redrawing(start, renumbered, names={11: 1, 12: 2, 13: 3, 14: 4}).regions == ()


def test_where_before_and_after_together_tell_a_small_number_the_figure_after_is_secret() -> None:
    """Block 00 has two poor children; region 1 without it, beside region 1 with it, would say so."""
    table = figure_counts()
    values = table.values.copy()
    values[0, 0, table.indicators.index("EIN02"), NUMERATOR] = 2
    counts = CountTable(table.ids, table.indicators, table.dates, values, table.states)
    k = table.indicators.index("EIN02")
    for audience, hidden in (("public", True), ("workshop", True), ("intern", False)):
        result = effect(moved(["00"], 2), audience, counts)  # type: ignore[arg-type]
        rows = [result.after.ids.index(r) for r in ("1", "2")]
        column = result.catalogue.ids.index("EIN02")
        assert (result.after.state[rows, 0, column] == CellState.SUPPRESSED).any() is np.bool_(hidden), audience
        told = abs(result.before.numerator[:2, 0, column] - result.after.numerator[:2, 0, column])
        assert (2.0 in told.tolist()) is not hidden
    assert k >= 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=len(IDS), max_size=len(IDS)))
def test_sums_are_conserved_over_any_redraft_and_a_rate_is_that_of_the_pooled_counts(labels: list[int]) -> None:
    result = effect(Plan(np.array(labels, dtype=np.int32)))
    counts = figure_counts()
    for k, key in enumerate(result.catalogue.ids):
        num, den = counts.totals(key)
        assert result.after.numerator[:, 0, k].sum() == num == result.before.numerator[:, 0, k].sum()
        if result.catalogue[key].has_denominator:
            assert result.after.denominator[:, 0, k].sum() == den
            pooled = result.after.numerator[:, 0, k] / result.after.denominator[:, 0, k]
            np.testing.assert_allclose(result.after.value[:, 0, k], result.catalogue[key].per * pooled)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(IDS))), st.integers(0, 5))
def test_the_order_of_the_blocks_changes_no_figure(order: list[int], seed: int) -> None:
    counts, labels = figure_counts(seed), np.random.default_rng(seed).integers(1, 5, len(IDS))
    turned = counts.ordered([counts.ids[i] for i in order])
    one = figures_of_plan(standard_catalogue(), counts, labels)
    two = figures_of_plan(standard_catalogue(), turned, labels[order])
    assert [t.fingerprint for t in one.tables] == [t.fingerprint for t in two.tables]
    assert one.members == two.members and one.plan == two.plan


def test_where_one_part_moves_the_test_is_the_pooled_test_of_that_part_against_the_rest() -> None:
    """Worked against statsmodels' two-sample test: 60 of 400 stay, 45 of 150 leave."""
    common, before = (np.array([60.0]), np.array([400.0])), (np.array([105.0]), np.array([550.0]))
    p = redrawing_p(before, common, common, kind="proportion")
    expected = proportions_ztest([60, 45], [400, 150])[1]
    assert p[0] == pytest.approx(expected, rel=1e-9)


def test_a_difference_by_chance_is_called_recognisable_about_as_often_as_it_may_be() -> None:
    rng = np.random.default_rng(11)
    n = 4000
    parts = [(rng.binomial(size, 0.15, n).astype(float), np.full(n, float(size))) for size in (900, 300, 450)]
    common, removed, added = parts
    before = (common[0] + removed[0], common[1] + removed[1])
    after = (common[0] + added[0], common[1] + added[1])
    share = (redrawing_p(before, after, common, kind="proportion") < 0.05).mean()
    assert 0.04 < share < 0.06
    counts = [(rng.poisson(0.02 * size, n).astype(float), np.full(n, float(size))) for size in (9000, 3000, 4500)]
    common, removed, added = counts
    both = [(common[0] + part[0], common[1] + part[1]) for part in (removed, added)]
    assert 0.04 < (redrawing_p(both[0], both[1], common, kind="rate") < 0.05).mean() < 0.06


def test_few_cases_among_the_moved_are_judged_exactly() -> None:
    """Three of 20 who leave against 5 of 400 who stay: Fisher's exact test."""
    common, before = (np.array([5.0]), np.array([400.0])), (np.array([8.0]), np.array([420.0]))
    p = redrawing_p(before, common, common, kind="proportion")[0]
    assert p == pytest.approx(0.004, abs=0.001)
    assert recognisable(np.array([p, 0.9, np.nan])).tolist() == [True, False, False]
    assert redrawing_p(common, common, common, kind="proportion")[0] == 1.0
    assert np.isnan(redrawing_p(common, before, common, kind="mean")[0]) and DENOMINATOR == 1
