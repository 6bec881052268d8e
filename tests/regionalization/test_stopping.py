"""Cancel and emergency stop: the best valid plan so far, and the reason said."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.population_target import PopulationTarget
from regionalization.preparation import prepare
from regionalization.progress import Progress
from regionalization.proposal import Parameters
from regionalization.propose import propose, propose_alternatives
from regionalization.quartiere import propose_quartiere
from tests.regionalization.grid_county import drawn

COUNTY = drawn("AAAAAAAAAA\nAAAAAAAAAA\nBBBBBBBBBB\nBBBBBBBBBB\n")


def ticking(step: float = 1.0) -> Callable[[], float]:
    """A clock that goes on by ``step`` seconds with every look at it."""
    seconds = itertools.count()
    return lambda: step * next(seconds)


@pytest.mark.parametrize("method", ["annealing", "exact"])
def test_after_its_time_a_search_delivers_a_valid_plan_and_says_why(method: str) -> None:
    for limit in (0.5, 1.5, 3.5, 7.5):
        proposal = propose(COUNTY, method=method, watch=Progress(None, limit_s=limit, clock=ticking()))
        assert (proposal.stopped_early, proposal.stopped_by) == (True, "time_limit")
        assert proposal.violations == check(proposal.plan, COUNTY) == ()


def test_a_search_that_ends_in_time_is_the_same_with_and_without_a_limit() -> None:
    free = propose(COUNTY, parameters=Parameters(limit_s=None), seed=2)
    timed = propose(COUNTY, watch=Progress(None, limit_s=1e9, clock=ticking()), seed=2)
    assert timed.stopped_by == free.stopped_by == ""
    assert timed.plan.labels.tolist() == free.plan.labels.tolist()


def test_a_cancelled_search_says_that_it_was_cancelled() -> None:
    for patience in range(0, 30, 3):
        asked = itertools.count()
        proposal = propose(COUNTY, method="exact", watch=lambda done, a=asked, p=patience: next(a) >= p)  # type: ignore[misc]
        assert proposal.stopped_by in ("cancel", "")
        assert proposal.violations == ()


def test_the_time_of_alternatives_is_counted_once_for_all_of_them() -> None:
    clock = ticking()
    found = propose_alternatives(COUNTY, count=3, watch=Progress(None, limit_s=5.5, clock=clock))
    assert 1 <= len(found) <= 3
    assert {p.stopped_by for p in found} == {"time_limit"}
    assert all(check(p.plan, COUNTY) == () for p in found)
    assert clock() < 20


def test_alternatives_can_be_cancelled() -> None:
    found = propose_alternatives(COUNTY, count=3, watch=lambda done: done > 0.3)
    assert found
    assert {p.stopped_by for p in found} == {"cancel"}


def test_quartiere_stop_like_regions_do() -> None:
    plan = propose(COUNTY).plan
    target = PopulationTarget(100, 200, 300)
    lower = propose_quartiere(plan, COUNTY, target=target, watch=Progress(None, limit_s=2.5, clock=ticking()))
    assert lower.stopped_by == "time_limit"
    assert (lower.plan.labels > 0).all()


def test_looking_for_ways_of_many_groups_can_be_cancelled_and_is_looked_for_again() -> None:
    """The plan is valid all the same; what was not looked at is no knowledge about the county."""
    crossing = (("00-00", "01-04"), ("00-04", "01-00"))
    problem = drawn("AAAAA\nAAAAA\n", keep_together=crossing, keep_apart=(("00-00", "00-04"),))
    proposal = propose(problem, watch=lambda done: True)
    assert proposal.stopped_by == "cancel"
    assert {v.rule for v in proposal.violations} - {"population"} == {"keep_together"}
    assert "ways_cross" not in {v.reason for v in proposal.violations}
    assert prepare(problem, lambda done: False).ways is None
    assert "ways_cross" in {v.reason for v in feasibility(problem)}
    assert feasibility(problem) == feasibility(replace(problem))
    assert prepare(problem, lambda done: False).ways is not None
