"""The judge and the measures against other people's code: shapely unions and libpysal graphs, on random counties."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph

from regionalization.check import check
from regionalization.cut_measures import cut_places
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.scores import plan_scores, region_scores
from spatial.plan import Plan
from tests.regionalization.planar_county import PlanarCounty, planar_counties

SOME = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def libpysal_graph(county: PlanarCounty) -> Graph:
    """Rook neighbours by libpysal; cells that touch for less than a millimetre are left out on both sides."""
    return Graph.build_contiguity(geopandas.GeoSeries(county.polygons), rook=True, strict=True)


def messy_plan(county: PlanarCounty, seed: int) -> Plan:
    """Two out of three: a proposal; else regions at random, most of them in pieces."""
    if seed % 3:
        return propose(county.problem, parameters=Parameters(effort=0.01), seed=seed).plan
    rng = np.random.default_rng(seed)
    return Plan(rng.integers(-1, 4, len(county.polygons)).astype(np.int32))


@SOME
@given(county=planar_counties())
def test_neighbours_are_those_of_libpysal(county: PlanarCounty) -> None:
    contiguity = county.problem.contiguity
    ours = {(int(a), int(b)) for (a, b), m in zip(contiguity.edges, contiguity.border_m, strict=True) if m > 0.01}
    theirs = {(int(a), int(b)) for a, b in libpysal_graph(county).adjacency.index if a < b}
    short = {(a, b) for a, b in theirs if shapely.intersection(*county.polygons[[a, b]]).length <= 0.02}
    assert theirs - short <= ours
    assert all(shapely.distance(*county.polygons[[a, b]]) < 0.01 for a, b in ours - theirs)


@SOME
@given(county=planar_counties(), seed=st.integers(0, 99))
def test_regions_in_pieces_are_those_libpysal_finds_inside_their_municipality(county: PlanarCounty, seed: int) -> None:
    plan = messy_plan(county, seed)
    reported = {v.region: v.measured for v in check(plan, county.problem) if v.rule == "contiguous"}
    graph = libpysal_graph(county)
    for region in plan.regions:
        members = np.flatnonzero(plan.labels == region)
        inside = graph.adjacency.reset_index()
        same = inside["focal"].isin(members) & inside["neighbor"].isin(members)
        codes = county.problem.blocks.municipality
        same &= codes[inside["focal"].to_numpy()] == codes[inside["neighbor"].to_numpy()]
        links = inside[same]
        numbers = np.arange(len(codes))
        for a, b in zip(links["focal"], links["neighbor"], strict=True):
            numbers[numbers == numbers[a]] = numbers[b]
        assert reported.get(int(region), 1) == len(np.unique(numbers[members]))


@SOME
@given(county=planar_counties(), seed=st.integers(0, 99))
def test_area_border_and_compactness_are_those_of_the_united_polygons(county: PlanarCounty, seed: int) -> None:
    plan = messy_plan(county, seed)
    united = {int(r): shapely.union_all(county.polygons[plan.labels == r]) for r in plan.regions}
    for score in region_scores(plan, county.problem):
        shape = united[score.region]
        assert score.area_m2 == pytest.approx(shape.area, rel=1e-6)
        assert score.perimeter_m == pytest.approx(shape.length, rel=1e-3)
        assert score.polsby_popper == pytest.approx(4 * np.pi * shape.area / shape.length**2, rel=3e-3)


@SOME
@given(county=planar_counties(), seed=st.integers(0, 99))
def test_the_border_between_regions_is_what_their_union_swallows(county: PlanarCounty, seed: int) -> None:
    plan = messy_plan(county, seed)
    around = sum(shapely.union_all(county.polygons[plan.labels == r]).length for r in np.unique(plan.labels))
    outside = shapely.union_all(county.polygons).length
    assert plan_scores(plan, county.problem)["cut_m"] == pytest.approx((around - outside) / 2, rel=2e-3, abs=0.5)


@SOME
@given(county=planar_counties(), seed=st.integers(0, 99))
def test_residents_out_of_band_and_cut_places_are_those_of_a_pivot_table(county: PlanarCounty, seed: int) -> None:
    plan, blocks = messy_plan(county, seed), county.problem.blocks
    frame = geopandas.GeoDataFrame(
        {
            "region": plan.labels,
            "residents": blocks.population,
            "municipality": blocks.municipality,
            "place": [blocks.places[p].name if p >= 0 else "" for p in blocks.place],
        },
        geometry=county.polygons,
    )
    sums = frame[frame["region"] >= 0].groupby("region")["residents"].sum()
    target = county.problem.target
    wrong = {int(r) for r, total in sums.items() if not target.minimum <= total <= target.maximum}
    violations = check(plan, county.problem)
    assert {v.region for v in violations if v.rule == "population"} == wrong
    across = frame[frame["region"] >= 0].groupby("region")["municipality"].nunique()
    assert {v.region for v in violations if v.rule == "municipality"} == {int(r) for r, n in across.items() if n > 1}
    assigned = frame[(frame["place"] != "") & (frame["region"] >= 0)].groupby("place")["region"].nunique()
    names = sorted(assigned[assigned > 1].index)
    scores, listed = plan_scores(plan, county.problem), cut_places(plan, county.problem)
    assert scores["places_cut"] == len(names) and sorted(place.name for place in listed) == names
    assert scores["residents_in_cut_places"] == sum(place.residents for place in listed)
