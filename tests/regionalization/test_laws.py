"""The laws every method obeys, on random counties with holes, exclaves and empty blocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionalization.check import check
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import METHODS, propose
from regionalization.scores import plan_scores, region_scores
from spatial.connectivity import pieces_per_region
from tests.regionalization.grid_county import counties, reordered

LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
QUICK = Parameters(effort=0.1)


@pytest.mark.parametrize("method", sorted(METHODS))
@LAWS
@given(problem=counties(), seed=st.integers(0, 5))
def test_every_block_lies_once_in_a_region_of_one_piece_inside_one_municipality(
    method: str, problem: Problem, seed: int
) -> None:
    proposal = propose(problem, method=method, parameters=QUICK, seed=seed)
    labels = proposal.plan.labels
    assert (labels >= 1).all()
    assert all(count == 1 for count in pieces_per_region(labels, problem.contiguity).values())
    pairs = {(int(r), int(m)) for r, m in zip(labels, problem.blocks.municipality, strict=True)}
    assert len(pairs) == len(set(labels.tolist()))


@LAWS
@given(problem=counties())
def test_no_resident_is_lost(problem: Problem) -> None:
    proposal = propose(problem, parameters=QUICK)
    residents = sum(score.residents for score in region_scores(proposal.plan, problem))
    assert residents == int(problem.blocks.population.sum())


@LAWS
@given(problem=counties())
def test_reported_violations_are_those_the_judge_finds_again(problem: Problem) -> None:
    proposal = propose(problem, parameters=QUICK)
    assert proposal.violations == check(proposal.plan, problem)
    assert dict(proposal.scores) == dict(plan_scores(proposal.plan, problem, QUICK))


@LAWS
@given(problem=counties(), order_seed=st.integers(0, 99))
def test_the_order_of_the_blocks_does_not_matter(problem: Problem, order_seed: int) -> None:
    order = np.random.default_rng(order_seed).permutation(len(problem.blocks))
    straight = propose(problem, parameters=QUICK, seed=3)
    shuffled = propose(reordered(problem, order), parameters=QUICK, seed=3)
    assert straight.plan.labels[order].tolist() == shuffled.plan.labels.tolist()
    assert straight.fingerprint == shuffled.fingerprint


@LAWS
@given(problem=counties(borders="none"))
def test_the_number_of_threads_does_not_matter(problem: Problem) -> None:
    alone = propose(problem, parameters=QUICK, seed=1)
    together = propose(problem, parameters=replace(QUICK, threads=2), seed=1)
    assert alone.plan.labels.tolist() == together.plan.labels.tolist()


@LAWS
@given(problem=counties())
def test_the_same_seed_gives_the_same_plan(problem: Problem) -> None:
    first, second = (propose(problem, parameters=QUICK, seed=7) for _ in range(2))
    assert first.plan.labels.tolist() == second.plan.labels.tolist()


@LAWS
@given(problem=counties(borders="soft"))
def test_soft_borders_keep_all_other_laws(problem: Problem) -> None:
    proposal = propose(problem, parameters=QUICK)
    assert all(count == 1 for count in pieces_per_region(proposal.plan.labels, problem.contiguity).values())


@LAWS
@given(problem=counties())
def test_a_smaller_municipality_than_the_minimum_is_said_before_solving(problem: Problem) -> None:
    proposal = propose(problem, method="tree")
    named = {v.municipality for v in proposal.infeasibilities}
    for municipality in problem.blocks.municipalities:
        if 0 < municipality.residents < problem.target.minimum:
            assert municipality.key in named
