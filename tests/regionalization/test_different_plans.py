"""Several plans for one county: really different, each nearly as good as the best, the same on any machine."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionalization.check import check
from regionalization.compare import adjusted_rand
from regionalization.constraints import Constraints
from regionalization.energy_weights import energy_weights
from regionalization.methods.difference import likeness
from regionalization.methods.search_state import fill_sums, sums_for
from regionalization.part_order import apart_from, order_of_part
from regionalization.parts import parts_of
from regionalization.population_target import PopulationTarget
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.proposal import Parameters, Proposal
from regionalization.propose import propose, propose_alternatives
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges
from spatial.plan import Plan


def square_county(side: int = 24, seed: int = 1) -> Problem:
    """A square of unit blocks whose two features change slowly, with noise, so that many plans are nearly as good."""
    rng = np.random.default_rng(seed)
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    at = np.arange(side * side).reshape(side, side)
    edges = np.vstack([np.c_[at[:, :-1].ravel(), at[:, 1:].ravel()], np.c_[at[:-1].ravel(), at[1:].ravel()]])
    shapes = (np.ones(side * side), np.full(side * side, 4.0), np.c_[x, y].astype(np.float64))
    ids = [f"{i:04d}" for i in range(side * side)]
    blocks = block_set(ids, population=rng.integers(80, 120, side * side), shapes=shapes)
    features = np.c_[np.sin(x / 5), np.cos(y / 4)] + 0.5 * rng.standard_normal((side * side, 2))
    target = PopulationTarget(2_400, 2_880, 3_400)
    return Problem(
        blocks,
        contiguity_from_edges(len(ids), edges, np.ones(len(edges))),
        target,
        features=features,
        feature_names=("a", "b"),
    )


@pytest.fixture(scope="module")
def county() -> Problem:
    return square_county()


@pytest.fixture(scope="module")
def plans(county: Problem) -> tuple[Proposal, ...]:
    return propose_alternatives(county, count=4, parameters=Parameters(cohesion=0.0))


def test_four_plans_of_an_open_county_are_really_different_and_nearly_as_good_as_the_best(
    plans: tuple[Proposal, ...], county: Problem
) -> None:
    assert len(plans) == 4
    for one, other in itertools.combinations(plans, 2):
        assert adjusted_rand(one.plan.labels, other.plan.labels) <= 0.6
    assert all(plan.extra["gap"] <= 0.05 for plan in plans)
    assert all(check(plan.plan, county) == () for plan in plans)


def test_the_best_plan_comes_first_and_every_plan_says_how_far_it_lies_behind(plans: tuple[Proposal, ...]) -> None:
    energies = [plan.scores["energy"] for plan in plans]
    assert energies == sorted(energies)
    assert [plan.extra["gap"] for plan in plans] == pytest.approx([e / energies[0] - 1 for e in energies], abs=1e-6)
    assert plans[0].extra["distance"] == 1.0
    assert all(0.4 <= plan.extra["distance"] <= 1.0 for plan in plans)


def test_every_strength_is_named_once_and_belongs_to_the_plan_that_has_it(plans: tuple[Proposal, ...]) -> None:
    named = [code for plan in plans for code in plan.extra["strengths"]]
    assert "compact" in named
    compact = next(plan for plan in plans if "compact" in plan.extra["strengths"])
    assert compact.scores["polsby_popper"] == max(plan.scores["polsby_popper"] for plan in plans)


def test_alternatives_are_the_same_with_two_threads(plans: tuple[Proposal, ...], county: Problem) -> None:
    again = propose_alternatives(county, count=4, parameters=Parameters(cohesion=0.0, threads=2))
    assert [p.plan.labels.tolist() for p in again] == [p.plan.labels.tolist() for p in plans]


def test_one_wanted_plan_is_the_proposal_itself(county: Problem) -> None:
    quick = Parameters(effort=0.05)
    (only,) = propose_alternatives(county, count=1, parameters=quick, seed=3)
    assert only.plan.labels.tolist() == propose(county, parameters=quick, seed=3).plan.labels.tolist()


def test_where_a_county_allows_one_plan_only_it_is_delivered_once_and_says_so() -> None:
    whole = replace(square_county(6), target=PopulationTarget(1, 3_600, 10_000))
    (only,) = propose_alternatives(whole, count=3, parameters=Parameters(effort=0.1))
    assert (only.extra["distance"], only.extra["gap"], only.extra["same"]) == (1.0, 0.0, 2)


def test_every_plan_is_found_again_with_what_it_says_of_itself(county: Problem) -> None:
    quick = Parameters(cohesion=0.0, effort=0.1)
    for one in propose_alternatives(county, count=3, parameters=quick, seed=5):
        said = one.extra
        again = propose_alternatives(county, count=said["count"], parameters=one.parameters, seed=said["first_seed"])
        (same,) = [other for other in again if other.extra["turn"] == said["turn"]]
        assert same.plan.labels.tolist() == one.plan.labels.tolist()


def test_with_a_price_on_leaving_todays_regions_every_alternative_stays_near_them(county: Problem) -> None:
    today = propose(county, parameters=Parameters(effort=0.2), seed=9).plan
    held = replace(county, constraints=Constraints(current_plan=today, stay_close=5.0))
    found = propose_alternatives(held, count=2, parameters=Parameters(effort=0.2))
    assert all(adjusted_rand(p.plan.labels, today.labels) > 0.6 for p in found)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_likeness_in_the_search_is_the_adjusted_rand_index_of_the_comparison(seed: int) -> None:
    rng = np.random.default_rng(seed)
    prepared = prepare(square_county(6))
    (part,) = parts_of(prepared)
    weights = energy_weights(prepared, Parameters(), 4)
    order, node = order_of_part(prepared, part, weights=weights, parameters=Parameters(), seed=0)
    others = [rng.integers(0, k, 36).astype(np.int32) for k in (3, 5)]
    known = apart_from(order, node, others).graph
    labels = rng.integers(0, 4, 36).astype(np.int32)
    sums = sums_for(known, np.tile([1.0, 9.0], (4, 1)))
    fill_sums(known, labels, sums, order.weights)
    assert likeness(sums) == pytest.approx([adjusted_rand(labels, other) for other in others])
    assert Plan(labels).regions.tolist() == np.unique(labels).tolist()
