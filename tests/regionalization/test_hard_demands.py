"""Locked, together, apart, places and barriers are hard: broken only where that was named before solving."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionalization.apartness import regions_apart
from regionalization.constraints import Constraints
from regionalization.energy_weights import energy_weights
from regionalization.feasibility import feasibility
from regionalization.methods.annealing import SearchOrder
from regionalization.methods.mending import Mender
from regionalization.part_order import order_of_part
from regionalization.parts import parts_of
from regionalization.population_target import PopulationTarget
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import METHODS, propose
from regionalization.ways import best_ways
from spatial.arrays import LabelArray
from tests.regionalization.grid_county import drawn
from tests.regionalization.planar_county import demands, planar_county

HARD = ("locked", "keep_together", "keep_apart", "places", "barriers")
BESIDE = (*HARD, "bridges", "targets", "joint", "today", "lines")
RULES = {"locked", "keep_together", "keep_apart", "place", "municipality", "contiguous"}
FEW = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
QUICK = Parameters(effort=0.03)


def combined(problem: Problem, kinds: tuple[str, ...], seed: int) -> Problem:
    """The county under several kinds of demands at once; a later kind replaces only what it names."""
    plain, chosen = Constraints(), {}
    for turn, kind in enumerate(kinds):
        found = demands(problem, kind, seed + turn)
        fields = (name for name in found.__dataclass_fields__ if getattr(found, name) is not getattr(plain, name))
        chosen |= {name: getattr(found, name) for name in fields if getattr(found, name) not in ((), 0.0, "hard")}
    chosen = {name: value for name, value in chosen.items() if not hasattr(value, "keys") or value}
    return replace(problem, constraints=replace(plain, **chosen))


def breaks_nothing_that_was_not_named(problem: Problem, method: str, seed: int) -> None:
    proposal = propose(problem, method=method, parameters=QUICK, seed=seed)
    broken = [v for v in proposal.violations if v.rule in RULES]
    assert [v for v in broken if not v.unavoidable] == []
    named = {v.reason for v in feasibility(problem)}
    assert {v.reason for v in broken} <= named


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize("method", sorted(METHODS))
@FEW
@given(seed=st.integers(0, 2**20), beside=st.sampled_from(BESIDE))
def test_no_method_breaks_a_demand_that_was_not_named_before(method: str, hard: str, beside: str, seed: int) -> None:
    problem = combined(planar_county(seed, cells=30).problem, (hard, beside), seed)
    breaks_nothing_that_was_not_named(problem, method, seed % 5)


@pytest.mark.soak
@pytest.mark.parametrize("method", sorted(METHODS))
@settings(FEW, max_examples=300, derandomize=False)
@given(seed=st.integers(0, 2**20), kinds=st.permutations(BESIDE))
def test_three_kinds_of_demands_at_once_stay_hard_in_the_long_run(method: str, kinds: list[str], seed: int) -> None:
    problem = combined(planar_county(seed, cells=40).problem, tuple(kinds[:3]), seed)
    breaks_nothing_that_was_not_named(problem, method, seed % 5)


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("picture", ["aaaaaaaa\nAAAAAAAA\n", "AAAaAAA\nA AaA A\nAAAaAAA\n", "AAAA AAAA\nAAAA AAAA\n"])
def test_pairs_stay_apart_beside_empty_blocks_holes_and_exclaves(method: str, picture: str) -> None:
    ids = drawn(picture).blocks.ids
    pairs = tuple((ids[i], ids[i + 1]) for i in range(0, len(ids) - 1, 3))
    breaks_nothing_that_was_not_named(drawn(picture, keep_apart=pairs), method, 1)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_apart_comes_before_the_band(method: str) -> None:
    """Four blocks in a row that must all be apart need four regions where the residents would make one."""
    corners = ("00-00", "00-01", "00-02", "00-03")
    pairs = tuple((a, b) for a in corners for b in corners if a < b)
    problem = drawn("AAAAA\n", keep_apart=pairs)
    proposal = propose(problem, method=method)
    assert [v.rule for v in proposal.violations if v.rule == "keep_apart"] == []
    assert {v.reason for v in feasibility(problem)} == {"apart_against_band"}


def test_five_blocks_on_the_rim_each_apart_from_the_next_need_four_regions_though_three_colours_do() -> None:
    """Of three colours two are used twice, and the ways of these two pairs would cross."""
    ring = ("00-00", "00-02", "00-04", "01-04", "01-00")
    pairs = tuple(zip(ring, (*ring[1:], ring[0]), strict=True))
    prepared = prepare(drawn("AAAAA\nAAAAA\n", keep_apart=pairs))
    assert regions_apart(prepared) == {0: (4, 4)}


def test_a_row_that_alternates_needs_a_region_for_each_block_unless_a_way_leads_around() -> None:
    row = [f"00-{c:02d}" for c in range(4)]
    pairs = tuple(pairwise(row))
    assert regions_apart(prepare(drawn("AAAA\n", keep_apart=pairs))) == {0: (4, 4)}
    assert regions_apart(prepare(drawn("AAAA\nAAAA\nAAAA\n", keep_apart=pairs))) == {0: (3, 3)}


def test_groups_whose_ways_cross_are_named_and_only_one_is_given_up() -> None:
    crossing = (("00-00", "01-04"), ("00-04", "01-00"))
    problem = drawn("AAAAA\nAAAAA\n", keep_together=crossing, keep_apart=(("00-00", "00-04"),))
    assert [v.reason for v in feasibility(problem) if v.rule == "keep_together"] == ["ways_cross"]
    broken = [v for v in propose(problem).violations if v.rule == "keep_together"]
    assert [v.unavoidable for v in broken] == [True]


def test_ways_that_fit_beside_each_other_are_found() -> None:
    """Two rows lead from left to right; both groups reach the other side, each over a row of its own."""
    groups = (("00-00", "00-04"), ("01-00", "01-04"))
    problem = drawn("AAAAA\nAAAAA\n", keep_together=groups, keep_apart=(("00-00", "01-00"),))
    assert [v for v in propose(problem).violations if v.rule in ("keep_together", "keep_apart")] == []
    unit = np.array([0, 1, 2, 3, 0, 4, 5, 6, 7, 4])
    edges = prepare(problem).contiguity.edges
    found = best_ways(unit, (0, 4), {0: frozenset({4}), 4: frozenset({0})}, edges=edges)
    assert found is not None and found.proven
    assert {g: blocks.tolist() for g, blocks in found.used.items()} == {0: [0, 1, 2, 3, 4], 4: [5, 6, 7, 8, 9]}


def test_of_a_chain_that_cannot_be_kept_whole_the_other_demands_are_kept() -> None:
    """The lock in the far corner is cut off; the group at the near end is still kept."""
    demand = {"locked": {"00-00": 1, "00-05": 1, "00-03": 2}, "keep_together": (("00-00", "00-01"),)}
    problem = drawn("AAAAAAAA\n", **demand)
    assert [v.rule for v in propose(problem).violations if v.rule in ("keep_together", "locked")] == ["locked"]
    assert "cut_off" in {v.reason for v in feasibility(problem)}


def test_surplus_travels_through_a_chain_of_regions_to_where_it_fits() -> None:
    """Eight regions in a row, the first short of a block, the last with one too many: six in between must shift."""
    order, node = _search_of(drawn("A" * 24 + "\n", target=PopulationTarget(300, 300, 300)))
    sizes = (2, 3, 3, 3, 3, 3, 3, 4)
    labels = np.repeat(np.arange(8), sizes).astype(np.int32)[np.argsort(node)]
    mended = Mender(order.graph, order.bands, order.weights).mended(labels)
    assert np.bincount(mended).tolist() == [3] * 8


def test_a_region_that_no_band_can_hold_is_known_as_stuck_and_not_searched_for() -> None:
    """Blocks of 250 add up to 1,000 or 1,250, never to 1,010 to 1,240; among smaller ones they do."""
    uniform = drawn("AAAAA\nAAAAA\n", people=250, target=PopulationTarget(1010, 1100, 1240))
    order, _ = _search_of(uniform)
    labels = np.repeat(np.arange(2, dtype=np.int32), 5)
    mender = Mender(order.graph, order.bands, order.weights)
    assert mender.is_stuck(labels, 0)
    assert (mender.mended(labels) == labels).all()
    mixed = replace(uniform, blocks=replace(uniform.blocks, population=[250, 200] * 5))
    order, _ = _search_of(mixed)
    assert not Mender(order.graph, order.bands, order.weights).is_stuck(labels, 0)


def _search_of(problem: Problem) -> tuple[SearchOrder, LabelArray]:
    prepared = prepare(problem)
    part = parts_of(prepared)[0]
    return order_of_part(prepared, part, weights=energy_weights(prepared, QUICK, 2), parameters=QUICK, seed=1)
