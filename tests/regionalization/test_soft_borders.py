"""Municipal borders that may be crossed at a price: as few crossings as the residents allow."""

from __future__ import annotations

import numpy as np
import pytest

from regionalization.check import check
from regionalization.constraints import Constraints
from regionalization.energy_weights import energy_weights
from regionalization.methods.municipal_start import SHARE, along_municipalities
from regionalization.part_order import order_of_part
from regionalization.parts import parts_of
from regionalization.population_target import PopulationTarget
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from tests.regionalization.grid_county import blocks_of, drawn, neighbourhood, reordered

# 100 residents a block, 400 to 600 a region: A and B 20 blocks (4 regions), C 7 (none or two too small), D 13.
LETTERS = """
AAAAABBBBB
AAAAABBBBB
AAAAABBBBB
AAAAABBBBB
CCCCCDDDDD
CCDDDDDDDD
"""
EXCLAVE = """
AAAAABBBBB
AAAAABBBBB
AAAAABBBAB
AAAAABBBBB
"""
QUICK = Parameters(effort=0.3)


def crossings(problem: Problem, seed: int = 0) -> float:
    proposal = propose(problem, parameters=QUICK, seed=seed)
    assert check(proposal.plan, problem) == ()
    return proposal.scores["crossings"]


def test_the_search_for_groups_of_municipalities_is_seen_in_the_progress() -> None:
    prepared = prepare(drawn(LETTERS, municipal_borders="soft"))
    (part,) = parts_of(prepared)
    weights = energy_weights(prepared, QUICK, part.count)
    order, _ = order_of_part(prepared, part, weights=weights, parameters=QUICK, seed=0)
    told: list[float] = []
    assert along_municipalities(order, lambda done: told.append(done) is None).start is not None
    assert told == sorted(told) and 0 < told[-1] <= SHARE


def start_of(problem: Problem, seed: int = 0) -> np.ndarray | None:
    prepared = prepare(problem)
    (part,) = parts_of(prepared)
    weights = energy_weights(prepared, QUICK, part.count)
    order, _ = order_of_part(prepared, part, weights=weights, parameters=QUICK, seed=seed)
    return along_municipalities(order, lambda done: True).start


@pytest.mark.parametrize("seed", range(4))
def test_only_a_municipality_that_holds_no_whole_number_of_regions_is_joined_with_a_neighbour(seed: int) -> None:
    problem = drawn(LETTERS, municipal_borders="soft")
    assert crossings(problem, seed) == 1.0


def test_municipalities_that_hold_whole_regions_are_not_crossed_at_all() -> None:
    assert crossings(drawn("AAAAABBBBB\nAAAAABBBBB\nCCCCCDDDDD\nCCCCCDDDDD\n", municipal_borders="soft")) == 0.0


def test_an_exclave_is_joined_with_the_municipality_around_it() -> None:
    assert crossings(drawn(EXCLAVE, municipal_borders="soft")) == 1.0


def test_many_small_municipalities_are_joined_to_whole_regions() -> None:
    problem = drawn("AABBCCDD\nEEFFGGHH\nIIJJKKLL\n", municipal_borders="soft")
    assert crossings(problem) <= 9.0  # 12 municipalities in 5 regions: 7 at least


def test_a_wanted_number_of_regions_is_spread_over_the_groups() -> None:
    problem = drawn("AAAAABBBBB\nAAAAABBBBB\nCCCCCDDDDD\nCCCCCDDDDD\n", municipal_borders="soft", region_count=7)
    proposal = propose(problem, parameters=QUICK)
    assert proposal.scores["regions"] == 7.0
    assert check(proposal.plan, problem) == ()
    assert proposal.scores["crossings"] == 2.0  # three municipalities share five regions, no two could share three


def test_soft_borders_give_one_plan_whatever_the_order_of_the_blocks() -> None:
    problem = drawn(LETTERS, municipal_borders="soft")
    turned = np.random.default_rng(3).permutation(len(problem.blocks))
    plan, other = (propose(p, parameters=QUICK).plan.labels for p in (problem, reordered(problem, turned)))
    assert other.tolist() == plan[turned].tolist()


def test_the_start_is_a_plan_with_whole_groups_and_where_crossing_is_free_there_is_none() -> None:
    start = start_of(drawn(LETTERS, municipal_borders="soft"))
    assert start is not None
    assert sorted(np.unique(start).tolist()) == list(range(int(start.max()) + 1))
    assert start_of(drawn(LETTERS, municipal_borders="off")) is None


def test_a_county_of_very_many_municipalities_is_searched_without_groups() -> None:
    rows, columns = 20, 20
    cells = [(r, c) for r in range(rows) for c in range(columns)]
    blocks = blocks_of(cells, np.full(len(cells), 100), [f"{i:03d}" for i in range(len(cells))])
    band = PopulationTarget(3_000, 4_000, 5_000)
    problem = Problem(blocks, neighbourhood(cells), band, Constraints(municipal_borders="soft"))
    assert start_of(problem) is None
    assert check(propose(problem, parameters=QUICK).plan, problem) == ()
