"""What cannot be meant is said clearly: numbers that are none, borders that are none, targets that disagree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regionalization.check import check
from regionalization.constraints_file import read_constraints
from regionalization.cut_prices import findings_beside_borders
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import METHODS, propose
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges
from spatial.errors import InputError
from tests.regionalization.grid_county import drawn

TOWNS = "AAAAABBBBB\nAAAAABBBBB\n"


def codes(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    return {finding.code for finding in error.value.findings}


def star(arms: int, people: int) -> Problem:
    """One block in the middle that touches all others, which touch nobody else."""
    blocks = block_set([f"{i:03d}" for i in range(arms + 1)], population=np.full(arms + 1, people))
    edges = np.array([(0, i) for i in range(1, arms + 1)])
    return Problem(blocks, contiguity_from_edges(arms + 1, edges, np.ones(arms)), PopulationTarget(1000, 1200, 1500))


def test_a_block_without_a_number_of_residents_is_named() -> None:
    with pytest.raises(InputError) as error:
        block_set(["a", "b"], population=[1.0, np.nan])
    assert codes(error) == {"blocks.population.missing"}
    assert error.value.findings[0].where == ("b",)


@pytest.mark.parametrize(
    ("demands", "code"),
    [
        ({"locked": {"00-00": 2**31}}, "constraints.locked.too_large"),
        ({"bridge_edges": (("00-00", "00-00"),)}, "constraints.edge.itself"),
        ({"barrier_edges": (("00-00", "00-00"),)}, "constraints.edge.itself"),
    ],
)
def test_demands_without_meaning_are_named(demands: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as error:
        propose(drawn(TOWNS, **demands))
    assert codes(error) == {code}


def test_a_region_of_today_with_too_large_a_number_is_named() -> None:
    with pytest.raises(InputError) as error:
        read_constraints('[current_plan]\n"00-00" = 3000000000\n', drawn(TOWNS).blocks)
    assert "constraints.locked.too_large" in codes(error)


def test_a_barrier_between_blocks_that_do_not_touch_is_noted() -> None:
    problem = drawn(TOWNS, barrier_edges=(("00-00", "00-01"), ("00-00", "01-09")))
    (finding,) = findings_beside_borders(problem.constraints, problem.blocks, problem.contiguity)
    assert (finding.code, finding.severity) == ("constraints.edge.no_border", "warning")
    assert finding.where == ("00-00 – 01-09",)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_seventy_neighbours_nobody_or_2_to_the_40_residents_end_in_a_plan(method: str) -> None:
    for problem in (star(70, 0), star(70, 2**40), star(3, 400)):
        proposal = propose(problem, method=method, parameters=Parameters(effort=0.05))
        assert (proposal.plan.labels >= 0).all()
        assert proposal.violations == check(proposal.plan, problem)


@pytest.mark.parametrize("key", ["A", "B"])
def test_the_target_of_one_joint_municipality_holds_for_all_of_them(key: str) -> None:
    own = {key: PopulationTarget(900, 1000, 1100)}
    problem = drawn(TOWNS, joint_municipalities=(("A", "B"),), targets=own)
    proposal = propose(problem)
    assert proposal.violations == ()
    assert sorted(np.bincount(proposal.plan.labels)[1:].tolist()) == [10, 10]


def test_two_different_targets_of_joint_municipalities_contradict_each_other() -> None:
    own = {"A": PopulationTarget(900, 1000, 1100), "B": PopulationTarget(400, 500, 600)}
    with pytest.raises(InputError) as error:
        propose(drawn(TOWNS, joint_municipalities=(("A", "B"),), targets=own))
    assert codes(error) == {"constraints.targets.joint_differ"}
    same = dict.fromkeys("AB", PopulationTarget(900, 1000, 1100))
    assert propose(drawn(TOWNS, joint_municipalities=(("A", "B"),), targets=same)).violations == ()


def test_borders_follow_preferred_lines_also_where_settlements_do_not_count() -> None:
    row = [(f"{r:02d}-02", f"{r:02d}-03") for r in range(3)]
    plain = replace(drawn("AAAAAAAA\n" * 3), target=PopulationTarget(700, 1200, 1700))
    lined = drawn("AAAAAAAA\n" * 3, preferred_cuts=dict.fromkeys(row, 0.0))
    lined = replace(lined, target=plain.target)
    without = Parameters(cohesion=0.0, compactness=0.0)
    proposal = propose(lined, parameters=without, seed=2)
    assert proposal.scores["along_lines_share"] == 1.0
    assert propose(plain, parameters=without, seed=2).scores["along_lines_share"] == 0.0
