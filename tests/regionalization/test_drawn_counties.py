"""Small counties drawn by hand, where the right answer can be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.population_target import PopulationTarget
from regionalization.propose import propose
from spatial.blocks import Place
from spatial.errors import InputError
from spatial.plan import Plan
from tests.regionalization.grid_county import drawn

TWO_TOWNS = """
AAAAABBBBB
AAAAABBBBB
"""


def test_regions_stay_inside_their_municipality() -> None:
    proposal = propose(drawn(TWO_TOWNS))
    assert proposal.violations == ()
    assert len(proposal.plan.regions) == 4


def test_numbers_run_by_municipality_and_then_from_north_to_south() -> None:
    problem = drawn("AAAAA\nAAAAA\nBBBBB\n")
    labels = propose(problem).plan.labels
    assert labels[:5].tolist() == [1] * 5 or set(labels[:10].tolist()) == {1, 2}
    assert set(labels[10:].tolist()) == {3}


def test_a_municipality_too_small_is_one_region_and_unavoidably_out_of_band() -> None:
    problem = drawn("AAABBBBB\n")
    proposal = propose(problem)
    (violation,) = proposal.violations
    assert (violation.municipality, violation.measured, violation.unavoidable) == ("A", 300, True)
    assert violation.reason == "municipality_below_minimum"
    assert {r.code for r in violation.remedies} >= {"widen_band", "join_municipality", "accept_exception"}


def test_a_municipality_between_one_and_two_regions_stays_one_and_offers_two() -> None:
    problem = drawn("AAAAAAA\n")
    (violation,) = propose(problem).violations
    assert (violation.measured, violation.limit, violation.reason) == (700, 600, "between_counts")
    other = next(r for r in violation.remedies if r.code == "other_count")
    assert (other.values["count"], other.values["residents"]) == (2, 350)


def test_feasibility_is_known_before_solving() -> None:
    (violation,) = feasibility(drawn("AAABBBBB\n"))
    assert violation.unavoidable
    assert violation.remedies[0].values == {"minimum": 300}


def test_an_exclave_below_the_minimum_is_a_region_of_its_own_with_a_bridge_as_remedy() -> None:
    problem = drawn("AAAAA AA\n")
    proposal = propose(problem)
    (violation,) = proposal.violations
    assert violation.reason == "piece_below_minimum"
    assert "declare_bridge" in {r.code for r in violation.remedies}


def test_a_declared_bridge_joins_the_exclave() -> None:
    problem = drawn("AAAA A\n", bridge_edges=(("00-03", "00-05"),))
    proposal = propose(problem)
    assert proposal.violations == ()
    assert len(proposal.plan.regions) == 1


def test_no_region_goes_on_over_a_barrier() -> None:
    barrier = tuple((f"00-{c:02d}", f"01-{c:02d}") for c in range(5))
    labels = propose(drawn("AAAAA\nAAAAA\n", barrier_edges=barrier)).plan.labels
    assert set(labels[:5].tolist()) == {1}
    assert set(labels[5:].tolist()) == {2}


def test_blocks_kept_together_share_a_region_even_when_far_apart() -> None:
    problem = drawn("AAAAA\nAAAAA\n", keep_together=(("00-00", "01-02"),))
    labels = propose(problem).plan.labels
    assert labels[0] == labels[7]
    assert propose(problem).violations == ()


def test_blocks_kept_apart_never_share_a_region() -> None:
    problem = drawn("AAAAA\nAAAAA\n", keep_apart=(("00-00", "01-00"),))
    proposal = propose(problem)
    assert proposal.plan.labels[0] != proposal.plan.labels[5]
    assert proposal.violations == ()


def test_locked_blocks_keep_their_region_number() -> None:
    problem = drawn("AAAAA\nAAAAA\n", locked={"00-00": 7, "00-04": 3})
    proposal = propose(problem)
    assert proposal.plan.labels[0] == 7
    assert proposal.plan.labels[4] == 3
    assert proposal.violations == ()


def test_demands_that_contradict_each_other_are_named_before_solving() -> None:
    problem = drawn(TWO_TOWNS, keep_together=(("00-00", "00-09"), ("00-01", "00-02")), keep_apart=(("00-01", "00-02"),))
    reasons = {v.reason for v in feasibility(problem)}
    assert reasons == {"different_municipalities", "kept_together"}
    assert all(v.unavoidable for v in check(propose(problem).plan, problem))


def test_two_small_municipalities_may_join_where_allowed() -> None:
    problem = drawn("AABBB\n", joint_municipalities=(("A", "B"),))
    proposal = propose(problem)
    assert proposal.violations == ()
    assert len(proposal.plan.regions) == 1


def test_a_municipality_can_have_a_band_of_its_own() -> None:
    problem = drawn("AAABBBBB\n", targets={"A": PopulationTarget(200, 300, 400)})
    assert propose(problem).violations == ()


def test_exactly_the_demanded_number_of_regions_is_made() -> None:
    assert len(propose(drawn("AAAAAAAAAAAA\nAAAAAAAAAAAA\n", region_count=6)).plan.regions) == 6
    assert len(propose(drawn(TWO_TOWNS, regions_per_municipality={"A": 1})).plan.regions) == 3


def test_a_block_above_the_maximum_is_named_with_its_remedies() -> None:
    problem = drawn("AAAAAA\n")
    blocks = problem.blocks
    population = np.array([100, 100, 100, 100, 100, 700])
    large = replace(problem, blocks=replace(blocks, population=population))
    proposal = propose(large)
    (violation,) = proposal.violations
    assert violation.reason == "block_above_maximum"
    assert "divide_block" in {r.code for r in violation.remedies}


def test_constraints_that_name_the_unknown_are_refused_all_at_once() -> None:
    problem = drawn(
        TWO_TOWNS, locked={"nowhere": 1}, targets={"Z": PopulationTarget()}, region_count=99, stay_close=-1.0
    )
    with pytest.raises(InputError) as error:
        propose(problem)
    codes = {f.code for f in error.value.findings}
    assert codes == {
        "constraints.block.unknown",
        "constraints.municipality.unknown",
        "constraints.region_count.range",
        "constraints.stay_close.negative",
    }


def test_a_county_without_residents_gets_one_region_per_piece_and_says_so() -> None:
    proposal = propose(drawn("aaa aa\n"))
    assert "no_residents" in proposal.notes
    assert len(proposal.plan.regions) == 2


def test_a_single_block_is_a_plan() -> None:
    proposal = propose(drawn("A\n"))
    assert proposal.plan.labels.tolist() == [1]


def test_isolated_blocks_are_regions_of_their_own() -> None:
    proposal = propose(drawn("A A A\n"))
    assert sorted(proposal.plan.labels.tolist()) == [1, 2, 3]
    assert all(v.unavoidable for v in proposal.violations)


def test_a_place_kept_whole_by_rule_is_never_cut() -> None:
    problem = drawn("AAAAA\nAAAAA\n", places="hard")
    place = np.array([0, 0, -1, -1, -1, 0, 0, -1, -1, -1], dtype=np.int32)
    whole = replace(problem, blocks=replace(problem.blocks, place=place, places=(Place("X", "X"),)))
    labels = propose(whole).plan.labels
    assert len(set(labels[place == 0].tolist())) == 1


def test_a_cancelled_search_still_delivers_a_valid_plan() -> None:
    problem = drawn("AAAAAAAAAA\nAAAAAAAAAA\n")
    proposal = propose(problem, watch=lambda done: True)
    assert proposal.stopped_early
    assert check(proposal.plan, problem) == proposal.violations == ()


def test_progress_runs_from_the_beginning_to_the_end() -> None:
    seen: list[float] = []
    propose(drawn(TWO_TOWNS), watch=lambda done: bool(seen.append(done)))  # type: ignore[func-returns-value]
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)


def test_the_judge_names_what_is_wrong_with_a_plan() -> None:
    problem = drawn(TWO_TOWNS)
    labels = np.array([1, 1, 2, 1, 1, 1, 3, 3, 3, 3, 2, 2, 2, 2, 2, 4, 4, 4, 4, -1])
    rules = {v.rule for v in check(Plan(labels), problem)}
    assert rules == {"assigned", "contiguous", "municipality"}


def test_a_plan_of_another_county_is_refused() -> None:
    with pytest.raises(InputError):
        check(Plan(np.array([1])), drawn(TWO_TOWNS))


def test_an_unknown_method_is_refused_by_name() -> None:
    with pytest.raises(InputError) as error:
        propose(drawn("A\n"), method="magic")
    assert error.value.findings[0].where == ("magic",)
