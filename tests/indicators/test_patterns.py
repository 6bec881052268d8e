"""Hot spots, types, time and neighbours: equal to the libraries, stable, and refused where they mean nothing."""

import warnings

import numpy as np
import pytest
from esda import G_Local, fdr
from esda.moran import Moran_Local_Rate

from indicators.catalogue import standard_catalogue
from indicators.compute import indicator_table
from indicators.counts import count_table, joined_dates
from indicators.crosswalked import on_new_areas
from indicators.hotspots import getis_ord, local_moran, neighbour_weights
from indicators.segregation_indices import segregation
from indicators.similar_areas import reference_values, similar_areas
from indicators.timeline import timeline
from indicators.typology import best_number_of_types, typology
from spatial.contiguity import Contiguity, contiguity_from_edges
from spatial.errors import InputError


def grid(side: int) -> Contiguity:
    cells = np.arange(side * side).reshape(side, side)
    edges = np.vstack(
        [np.c_[cells[:, :-1].ravel(), cells[:, 1:].ravel()], np.c_[cells[:-1].ravel(), cells[1:].ravel()]]
    )
    return contiguity_from_edges(side * side, edges, np.full(len(edges), 100.0))


def poverty(side: int) -> tuple[np.ndarray, np.ndarray]:
    """One corner of nine blocks has three times the poverty of the rest."""
    rng = np.random.default_rng(11)
    den = rng.integers(150, 400, side * side).astype(float)
    share = np.full((side, side), 0.10)
    share[:3, :3] = 0.30
    return rng.binomial(den.astype(int), share.ravel()).astype(float), den


def test_local_moran_equals_esda_with_the_same_seed() -> None:
    (num, den), near = poverty(8), grid(8)
    ours = local_moran(num, den, near, seed=4, permutations=199)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        theirs = Moran_Local_Rate(num, den, neighbour_weights(near), permutations=199, seed=4, n_jobs=1)
    assert np.array_equal(ours.statistic, theirs.Is) and np.array_equal(ours.p, theirs.p_sim)
    assert ours.cut == fdr(np.minimum(2 * theirs.p_sim, 1), 0.05) / 2


def test_the_poor_corner_is_found_and_nothing_else() -> None:
    (num, den), near = poverty(8), grid(8)
    moran = local_moran(num, den, near, seed=4)
    hot = getis_ord(num, den, near, seed=4)
    corner = np.zeros((8, 8), dtype=bool)
    corner[:4, :4] = True
    assert set(np.flatnonzero(moran.classes == "high_high")) <= set(np.flatnonzero(corner.ravel()))
    assert (moran.classes == "high_high").sum() >= 4
    assert (hot.classes == "hot").sum() >= 4 and set(np.flatnonzero(hot.classes == "hot")) <= set(
        np.flatnonzero(corner.ravel())
    )


def test_g_star_equals_esda() -> None:
    (num, den), near = poverty(8), grid(8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        theirs = G_Local(
            num / den, neighbour_weights(near), transform="B", permutations=99, star=True, seed=2, n_jobs=1
        )
    assert np.array_equal(getis_ord(num, den, near, seed=2, permutations=99).statistic, theirs.Zs)


def test_too_few_areas_are_refused_with_the_number_that_is_needed() -> None:
    num, den = poverty(5)
    with pytest.raises(InputError) as caught:
        local_moran(num, den, grid(5), seed=1)
    finding = caught.value.findings[0]
    assert finding.code == "hotspots.areas.few" and finding.values["areas"] == 25 and finding.values["limit"] == 30


def test_an_indicator_that_is_the_same_everywhere_has_no_hot_spots() -> None:
    with pytest.raises(InputError) as caught:
        getis_ord(np.full(36, 10.0), np.full(36, 100.0), grid(6), seed=1)
    assert caught.value.findings[0].code == "hotspots.constant"


def test_an_empty_block_and_a_block_without_neighbours_stay_without_a_result() -> None:
    num, den = poverty(6)
    den[0] = 0
    alone = contiguity_from_edges(37, grid(6).edges, grid(6).border_m)
    result = local_moran(np.append(num, 5), np.append(den, 200), alone, seed=1, permutations=99)
    assert result.classes[0] == "excluded" and result.classes[36] == "excluded"
    assert np.isnan(result.p[[0, 36]]).all() and result.findings[0].where == ("36",)


def test_hot_spots_of_areas_that_differ_less_than_chance_do_not_break() -> None:
    den = np.full(36, 200.0)
    den[:3] = 4000
    num = np.round(0.1 * den)
    num[20] += 1
    result = local_moran(num, den, grid(6), seed=1, permutations=99)
    assert np.isfinite(result.statistic).all()


def test_even_spread_is_not_segregated_and_a_ghetto_is() -> None:
    assert segregation(np.array([10.0, 20]), np.array([100.0, 200])).dissimilarity == pytest.approx(0)
    half = segregation(np.array([60.0, 20, 20]), np.array([100.0, 100, 100]))
    by_hand = 0.5 * np.abs(np.array([60, 20, 20]) / 100 - np.array([40, 80, 80]) / 200).sum()
    assert half.dissimilarity == pytest.approx(by_hand)
    with pytest.raises(InputError):
        segregation(np.array([0.0, 0]), np.array([10.0, 10]))


def test_two_clear_types_are_found_stable_and_the_burdened_one_is_type_one() -> None:
    rng = np.random.default_rng(2)
    values = np.vstack([rng.normal(0, 0.3, (12, 3)), rng.normal(3, 0.3, (8, 3))])
    result = typology(values, ["EIN02", "ARB01", "EIN05"], types=2, seed=1)
    assert result.types.tolist() == [2] * 12 + [1] * 8
    assert result.stability > 0.95 and result.silhouette > 0.6
    assert set(result.profiles[0][0]) == {"EIN02", "ARB01", "EIN05"} and not result.profiles[0][1]
    assert best_number_of_types(values, seed=1) == 2


def test_types_do_not_depend_on_the_order_of_areas_and_need_three_areas_each() -> None:
    values = np.random.default_rng(5).normal(size=(20, 4))
    order = np.random.default_rng(6).permutation(20)
    names = ["a", "b", "c", "d"]
    one, two = typology(values, names, types=3, seed=1), typology(values[order], names, types=3, seed=1)
    assert np.array_equal(one.types[order], two.types)
    with pytest.raises(InputError):
        typology(values[:8], names, types=3, seed=1)


def series(counts: list[list[int]]) -> "object":
    days = ["2018-12-31", "2020-12-31", "2022-12-31"]
    tables = [
        count_table(["1", "2", "3"], {"EIN02": (num, [1000] * 3)}, date=day)
        for num, day in zip(counts, days, strict=True)
    ]
    joined = joined_dates(tables)
    return timeline(indicator_table(standard_catalogue().only(["EIN02"]), joined), "EIN02")


def test_three_dates_in_a_row_worse_than_the_county_give_an_early_warning() -> None:
    line = series([[150, 100, 100], [160, 100, 130], [180, 100, 150]])
    assert line.warning.tolist() == [True, False, False]  # type: ignore[attr-defined]
    assert line.certain[0].tolist() == [True, True, True]  # type: ignore[attr-defined]
    assert line.trend[0] == pytest.approx(0.75, abs=0.01)  # type: ignore[attr-defined]


def test_similar_areas_are_alike_in_their_conditions_and_outside_values_name_their_source() -> None:
    features = np.array([[15.0, 20], [15.2, 20.5], [25, 10], [14, 21]])
    assert similar_areas(features, ["1", "2", "3", "4"], "1", count=2) == ("2", "4")
    assert all(value.source for value in reference_values("EIN01")) and len(reference_values("EIN01")) == 2


def test_counts_on_new_boundaries_keep_their_totals_and_stay_missing_where_they_were() -> None:
    old = count_table(["a", "b"], {"EIN02": ([10, np.nan], [100, 90])}, date="2020-12-31")
    new = on_new_areas(old, [("a", "x", 0.25), ("a", "y", 0.75), ("b", "y", 1.0)], ids=["x", "y"], geography="2022")
    assert new.values[0, 0, 0].tolist() == [2.5, 25.0]
    assert new.states[1, 0, 0].tolist() == [2, 1] and new.values[1, 0, 0, 1] == 165
    with pytest.raises(InputError):
        on_new_areas(old, [("a", "x", 0.25), ("b", "x", 1.0)], ids=["x"], geography="2022")
