"""Standardisation, smoothing, funnels and tests equal the libraries, published examples and hand calculation."""

import libpysal
import numpy as np
import pandas as pd
import pytest
from esda.smoothing import Empirical_Bayes
from scipy.stats import binom, fisher_exact, gamma
from statsmodels.stats.proportion import test_proportions_2indep as score_test

from indicators.comparison import change_between, difference_from_rest
from indicators.funnel import funnel_limits
from indicators.smoothing import smoothed_share
from indicators.standardization import direct_rate, indirect_ratio
from indicators.validity import validity

# Down's syndrome by mother's age and birth order: Fleiss (1981), p. 249, as given in epitools::ageadjust.direct
BIRTHS = np.array([[230061, 329449, 114920, 39487, 14208, 3052], [72202, 326701, 208667, 83228, 28466, 5375]])
BIRTHS = np.vstack([BIRTHS, [15050, 175702, 207081, 117300, 45026, 8660], [2293, 68800, 132424, 98301, 46075, 9834]])
BIRTHS = np.vstack([BIRTHS, [327, 30666, 123419, 149919, 104088, 34392]])
CASES = np.array([[107, 141, 60, 40, 39, 25], [25, 150, 110, 84, 82, 39], [3, 71, 114, 103, 108, 75]])
CASES = np.vstack([CASES, [1, 26, 64, 89, 137, 96], [0, 8, 63, 112, 262, 295]])


def test_direct_standardisation_meets_fleiss_data_by_hand_and_the_limits_of_fay_and_feuer() -> None:
    standard = BIRTHS.mean(axis=0)
    rate, found = direct_rate(CASES, BIRTHS, standard)
    share = standard / standard.sum()
    by_hand = (CASES / BIRTHS) @ share
    assert rate.value == pytest.approx(by_hand) and not found
    weights = share / BIRTHS[0]
    variance = (CASES[0] * weights**2).sum()
    assert rate.low[0] == pytest.approx(gamma.ppf(0.025, by_hand[0] ** 2 / variance, scale=variance / by_hand[0]))
    assert 1e5 * rate.value[0] == pytest.approx(92.3, abs=0.05)


def test_no_directly_standardised_rate_below_ten_cases() -> None:
    cases = np.array([[3, 4, 2], [4, 4, 2]])
    rate, found = direct_rate(cases, np.full((2, 3), 500), np.ones(3))
    assert np.isnan(rate.value[0]) and np.isfinite(rate.value[1])
    assert found[0].code == "standard.cases.few" and found[0].where == ("0",)


def test_an_area_with_the_rates_of_the_standard_has_a_ratio_of_one() -> None:
    ratio = indirect_ratio(np.array([20.0]), np.array([[100, 200]]), np.array([0.10, 0.05]))
    assert ratio.value[0] == 1.0 and ratio.low[0] < 1 < ratio.high[0]


def test_indirect_standardisation_equals_the_example_of_esda() -> None:
    """esda.smoothing.indirect_age_standardization: 0.23723821989528798 and 0.2610803324099723."""
    cases = np.array([[30, 25, 25, 15], [33, 21, 30, 20]])
    people = np.array([[100, 100, 110, 90], [100, 90, 110, 90]])
    events, base = np.array([100, 45, 120, 100, 50, 30, 200, 80]), np.array([1000, 900] * 4)
    values = [
        indirect_ratio(cases[[i]].sum(axis=1), people[[i]], (events / base)[4 * i : 4 * i + 4]).value[0] for i in (0, 1)
    ]
    assert np.array(values) * events.sum() / base.sum() == pytest.approx([0.23723821989528798, 0.2610803324099723])


def test_smoothing_equals_esda_on_its_own_example() -> None:
    """Documentation of esda.smoothing.Empirical_Bayes, homicides around St. Louis."""
    path = libpysal.examples.load_example("stl").get_path("stl_hom.csv")
    rows = pd.read_csv(path, usecols=["HC7984", "PO7984"]).to_numpy(float)
    shares = smoothed_share(rows[:, 0], rows[:, 1])
    assert shares[:3] == pytest.approx([2.36718950e-05, 4.54539167e-05, 4.78114019e-05])
    assert shares == pytest.approx(np.ravel(Empirical_Bayes(rows[:, 0], rows[:, 1]).r))


def test_where_chance_explains_all_differences_every_area_gets_the_mean() -> None:
    shares = smoothed_share(np.array([0.0, 30, 120]), np.array([10.0, 300, 1000]))
    assert np.allclose(shares, 150 / 1310)


def test_an_area_without_children_has_no_smoothed_share() -> None:
    assert np.isnan(smoothed_share(np.array([0.0, 3]), np.array([0.0, 30]))[0])


def test_funnel_limits_hold_the_stated_share_of_chance() -> None:
    for level in (0.95, 0.998):
        low, high = funnel_limits(0.12, np.array([2000.0]), level=level)
        inside = binom.cdf(2000 * high[0], 2000, 0.12) - binom.cdf(2000 * low[0], 2000, 0.12)
        assert inside == pytest.approx(level, abs=0.012)


def test_a_wider_funnel_for_smaller_areas_and_for_more_certainty() -> None:
    low, high = funnel_limits(0.12, np.array([200.0, 2000.0]))
    low_998, high_998 = funnel_limits(0.12, np.array([200.0, 2000.0]), level=0.998)
    assert low[0] < low[1] < 0.12 < high[1] < high[0]
    assert (low_998 < low).all() and (high_998 > high).all()


def test_differences_from_the_county_equal_statsmodels_and_fisher() -> None:
    num, den = np.array([60.0, 45, 3]), np.array([400.0, 420, 60])
    result = difference_from_rest(num, den)
    expected = score_test(60, 400, 48, 480, compare="diff", method="score", correction=False).pvalue
    assert result["p"][0] == pytest.approx(float(expected))
    assert fisher_exact([[3, 57], [105, 715]]).pvalue >= 0.05 and result["verdict"][2] == "same"


def test_areas_that_differ_only_by_chance_are_said_not_to_differ_recognisably() -> None:
    rng = np.random.default_rng(7)
    den = rng.integers(800, 1500, 40).astype(float)
    verdicts = difference_from_rest(rng.binomial(den.astype(int), 0.12).astype(float), den)["verdict"]
    assert (verdicts == "same").all()


def test_missing_and_empty_areas_get_no_verdict_and_spoil_no_other() -> None:
    result = difference_from_rest(np.array([np.nan, 0, 300, 100]), np.array([100, 0, 1000, 1000.0]))
    assert result["verdict"].tolist() == ["unknown", "unknown", "higher", "lower"]


def test_a_change_between_two_dates_is_tested_and_rates_use_the_exact_poisson_test() -> None:
    earlier, later = (
        (np.array([20.0, 20.0]), np.array([1000.0, 1000])),
        (np.array([22.0, 70.0]), np.array([1000.0, 1000])),
    )
    assert change_between(earlier, later, kind="rate")["verdict"].tolist() == ["same", "higher"]
    assert change_between(earlier, later, kind="mean")["verdict"].tolist() == ["unknown", "unknown"]


def test_the_validity_meter_says_what_a_drafted_size_allows() -> None:
    grades = [validity(n, group_share=0.13, share=0.12).grade for n in (500, 3000, 12_000)]
    assert grades == ["weak", "limited", "good"]
