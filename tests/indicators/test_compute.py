"""Values follow the pooled counts, whatever boundaries are drawn; intervals equal those of the libraries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from indicators.aggregate import aggregate
from indicators.catalogue import standard_catalogue
from indicators.compute import compute, indicator_table, recompute
from indicators.counts import CellState, CountTable, count_table
from indicators.intervals import byar_limits, exact_poisson, poisson_limits, wilson

CATALOGUE = standard_catalogue()


def county(n: int, seed: int = 1) -> CountTable:
    rng = np.random.default_rng(seed)
    den = rng.integers(50, 400, n)
    columns = {key: (rng.binomial(den, 0.12), den) for key in ("EIN02", "ARB01", "KIJ03")}
    return count_table([f"{i:04d}" for i in range(n)], columns, date="2022-12-31")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-1, 4), min_size=12, max_size=12), st.integers(0, 1000))
def test_sums_are_conserved_over_any_redraft(labels: list[int], seed: int) -> None:
    counts, codes = county(12, seed), np.array(labels)
    pooled = aggregate(counts, codes)
    assert np.allclose(pooled.values.sum(axis=0), counts.values[codes >= 0].sum(axis=0))


@settings(max_examples=25, deadline=None)
@given(st.permutations(list(range(12))), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_the_order_of_blocks_does_not_matter(order: list[int], labels: list[int]) -> None:
    counts, codes = county(12), np.array(labels)
    shuffled = counts.ordered([counts.ids[i] for i in order])
    one, two = compute(CATALOGUE, counts, codes), compute(CATALOGUE, shuffled, codes[order])
    assert one.ids == two.ids
    assert np.array_equal(one.value, two.value) and np.array_equal(one.low, two.low)


def test_the_rate_of_a_region_equals_the_rate_of_its_pooled_counts() -> None:
    counts, codes = county(30), np.repeat([3, 7, 9], 10)
    table = compute(CATALOGUE, counts, codes)
    rows = counts.values[codes == 7, 0, counts.indicators.index("EIN02")]
    cell = table.column("EIN02").loc["7"]
    assert cell["value"] == pytest.approx(100 * rows[:, 0].sum() / rows[:, 1].sum())
    assert (cell["num"], cell["den"]) == (rows[:, 0].sum(), rows[:, 1].sum())


def test_aggregating_twice_equals_aggregating_once() -> None:
    counts, quartiere = county(24), np.repeat(np.arange(8), 3)
    upper = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    direct = aggregate(counts, upper[quartiere])
    nested = aggregate(aggregate(counts, quartiere), upper)
    assert np.array_equal(direct.values, nested.values)


def test_one_missing_block_makes_the_total_missing_and_one_suppressed_block_suppressed() -> None:
    values = np.array([[4.0, 100], [np.nan, 100], [6, 90], [np.nan, 80], [0, 0]]).reshape(5, 1, 1, 2)
    states = np.where(np.isnan(values), CellState.MISSING, CellState.KNOWN).astype(np.uint8)
    states[3, 0, 0, 0] = CellState.SUPPRESSED
    counts = CountTable(tuple("abcde"), ("EIN02",), ("2022-12-31",), values, states)
    table = compute(CATALOGUE, counts, np.array([0, 0, 1, 1, 2]))
    assert table.state.ravel().tolist() == [CellState.MISSING, CellState.SUPPRESSED, CellState.NOT_APPLICABLE]
    assert np.isnan(table.value).all() and np.isnan(table.numerator).all()


def test_after_an_edit_only_the_touched_regions_are_computed_and_all_agree_with_a_full_run() -> None:
    counts, before = county(40), np.repeat(np.arange(4), 10)
    after = before.copy()
    after[[9, 10]] = [1, 5]
    table = compute(CATALOGUE, counts, before)
    patched, full = recompute(table, counts, before=before, after=after), compute(CATALOGUE, counts, after)
    assert patched.ids == full.ids == ("0", "1", "2", "3", "5")
    assert patched.fingerprint == full.fingerprint


def test_wilson_equals_scipy() -> None:
    num, den = np.array([0, 3, 41, 260, 100]), np.array([20, 100, 325, 1300, 100])
    low, high = wilson(num, den)
    for i in range(len(num)):
        exact = binomtest(int(num[i]), int(den[i])).proportion_ci(0.95, method="wilson")
        assert (low[i], high[i]) == pytest.approx((exact.low, exact.high), abs=1e-12)


def test_the_published_half_widths_of_the_domain_page_are_met() -> None:
    """DOMAIN 3.1: 13 % under 15 and 12 % child poverty give ±3.2, ±1.8, ±1.4 points."""
    den = 0.13 * np.array([3000, 10_000, 15_000])
    low, high = wilson(0.12 * den, den)
    assert (100 * (high - low) / 2).round(1).tolist() == [3.2, 1.8, 1.4]


def test_below_ten_cases_the_limits_are_exact_and_from_ten_on_byars() -> None:
    cases = np.array([0.0, 1, 9, 10, 65])
    low, high = poisson_limits(cases)
    assert high[0] == pytest.approx(chi2.ppf(0.975, 2) / 2)
    assert (low[2], high[2]) == pytest.approx(tuple(x[2] for x in exact_poisson(cases)))
    assert (low[3], high[3]) == pytest.approx(tuple(x[3] for x in byar_limits(cases)))


def test_byar_stays_within_a_fifth_of_a_percent_of_the_exact_limits_from_ten_cases() -> None:
    """The accuracy that PHE's Technical Guide: Confidence Intervals (version of 25 May 2018) states for 95 %."""
    cases = np.arange(10, 2001, dtype=float)
    exact = chi2.ppf(0.025, 2 * cases) / 2, chi2.ppf(0.975, 2 * cases + 2) / 2
    byar = byar_limits(cases)
    assert np.abs(byar[0] / exact[0] - 1).max() < 0.002
    assert np.abs(byar[1] / exact[1] - 1).max() < 0.002


def test_a_net_balance_and_a_mean_carry_no_interval() -> None:
    counts = count_table(["a"], {"BEV11": ([-12], [900]), "WOH01": ([40_000], [900])}, date="2022-12-31")
    table = indicator_table(CATALOGUE.only(counts.indicators), counts)
    assert table.value.ravel() == pytest.approx([-1.3333, 44.4444], abs=1e-3)
    assert np.isnan(table.low).all()
