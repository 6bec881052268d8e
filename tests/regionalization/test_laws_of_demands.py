"""The laws hold for every method under every kind of demand, on random planar counties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.proposal import Parameters, Proposal
from regionalization.propose import METHODS, propose
from regionalization.repair import repair
from regionalization.scores import region_scores
from regionalization.together import units_of
from spatial.connectivity import pieces_per_region
from spatial.plan import Plan
from tests.regionalization.grid_county import reordered
from tests.regionalization.planar_county import KINDS, demanding_counties, demands, planar_county

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]
SHORT = settings(max_examples=2, deadline=None, suppress_health_check=CHECKS, derandomize=True)
LONG = settings(max_examples=150, deadline=None, suppress_health_check=CHECKS)
QUICK = Parameters(effort=0.03)


def obeys_the_laws(problem: Problem, method: str, seed: int) -> Proposal:
    """Assert what every method promises whatever is demanded."""
    proposal = propose(problem, method=method, parameters=QUICK, seed=seed)
    labels, prepared = proposal.plan.labels, prepare(problem)
    assert (labels >= 0).all()
    ordered = labels[prepared.order]
    assert set(pieces_per_region(ordered, prepared.contiguity).values()) == {1}
    assert len({(int(r), int(g)) for r, g in zip(ordered, prepared.group, strict=True)}) == len(set(labels.tolist()))
    scores = region_scores(proposal.plan, problem)
    assert sum(score.residents for score in scores) == int(problem.blocks.population.sum())
    assert proposal.violations == check(proposal.plan, problem)
    assert proposal.infeasibilities == feasibility(problem)
    return proposal


def keeps_what_can_be_kept(problem: Problem, proposal: Proposal) -> None:
    """Assert that blocks which move as one share a region; groups that found no connection may be broken."""
    prepared = prepare(problem)
    labels = proposal.plan.labels[prepared.order]
    assert len({(int(n), int(r)) for n, r in zip(prepared.node, labels, strict=True)}) == int(prepared.node.max()) + 1
    index = {block: i for i, block in enumerate(prepared.blocks.ids)}
    for violation in proposal.violations:
        if violation.rule in ("keep_together", "place") and not violation.unavoidable:
            wanted = units_of(problem, prepared.blocks).unit
            unit = wanted == wanted[index[violation.blocks[0]]]
            assert len(np.unique(prepared.node[unit])) > 1, violation


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", sorted(METHODS))
@SHORT
@given(seed=st.integers(0, 2**32 - 1))
def test_every_method_obeys_the_laws_under_every_kind_of_demand(method: str, kind: str, seed: int) -> None:
    problem = planar_county(seed, cells=30).problem
    problem = replace(problem, constraints=demands(problem, kind, seed))
    keeps_what_can_be_kept(problem, obeys_the_laws(problem, method, seed % 5))


@settings(SHORT, max_examples=12)
@given(problem=demanding_counties(), seed=st.integers(0, 9))
def test_two_kinds_of_demands_at_once_obey_the_laws(problem: Problem, seed: int) -> None:
    obeys_the_laws(problem, "annealing", seed)


@settings(SHORT, max_examples=8)
@given(problem=demanding_counties(), seed=st.integers(0, 9))
def test_neither_block_order_nor_repetition_changes_a_plan_under_demands(problem: Problem, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(problem.blocks))
    straight = propose(problem, parameters=QUICK, seed=seed)
    shuffled = reordered(problem, order)
    today = problem.constraints.current_plan
    if today is not None:
        moved = replace(problem.constraints, current_plan=Plan(today.labels[order]))
        shuffled = replace(shuffled, constraints=moved)
    again = propose(shuffled, parameters=QUICK, seed=seed)
    assert straight.plan.labels[order].tolist() == again.plan.labels.tolist()
    assert straight.fingerprint == again.fingerprint


@settings(SHORT, max_examples=10)
@given(problem=demanding_counties(), mess=st.integers(0, 99))
def test_repair_keeps_the_laws_under_demands_and_leaves_locked_regions_alone(problem: Problem, mess: int) -> None:
    rng = np.random.default_rng(mess)
    messy = Plan(rng.integers(-1, 4, len(problem.blocks)).astype(np.int32))
    prepared = prepare(problem)
    repaired = repair(messy, problem, parameters=QUICK)
    assert set(pieces_per_region(repaired.labels[prepared.order], prepared.contiguity).values()) == {1}
    held = repair(messy, problem, locked=(1,), parameters=QUICK)
    assert ((held.labels == 1) == (messy.labels == 1)).all()


@pytest.mark.soak
@pytest.mark.parametrize("method", sorted(METHODS))
@LONG
@given(problem=demanding_counties(), seed=st.integers(0, 99))
def test_the_laws_hold_in_the_long_run(method: str, problem: Problem, seed: int) -> None:
    obeys_the_laws(problem, method, seed)
