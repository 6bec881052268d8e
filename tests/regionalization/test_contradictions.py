"""Demands that contradict each other are found before solving, all at once, and what follows from them is excused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import METHODS, propose
from regionalization.violation import Violation
from reporting.text_de.rules import remedy_sentence, violation_sentence
from spatial.blocks import Place
from spatial.errors import InputError
from tests.regionalization.grid_county import drawn

BOARD = "AAAAA\nAAAAA\n"
TOWNS = "AAAAABBBBB\nAAAAABBBBB\n"
SEVEN = ("00-00", "00-01", "00-02", "00-03", "00-04", "01-00", "01-01")
WALL = tuple((f"00-{c:02d}", f"01-{c:02d}") for c in range(5))


def reasons(picture: str, **demands: Any) -> dict[str, Violation]:
    """Reason → contradiction; each has German words, and the plan breaks nothing that is not excused."""
    problem = drawn(picture, **demands)
    found = feasibility(problem)
    for violation in found:
        assert "{" not in violation_sentence(violation)
        assert all("{" not in remedy_sentence(remedy) for remedy in violation.remedies)
    assert [v for v in propose(problem).violations if not v.unavoidable] == []
    return {v.reason: v for v in found}


def test_a_chain_of_together_groups_contradicts_a_pair_kept_apart() -> None:
    chain = (("00-00", "00-01"), ("00-01", "00-02"))
    found = reasons(BOARD, keep_together=chain, keep_apart=(("00-00", "00-02"),))
    assert set(found) == {"kept_together"}
    assert found["kept_together"].blocks == ("00-00", "00-02")


def test_a_chain_of_together_groups_cannot_be_locked_into_two_regions() -> None:
    chain = (("00-00", "00-01"), ("00-01", "00-02"))
    found = reasons(BOARD, keep_together=chain, locked={"00-00": 1, "00-02": 2})
    assert found["locked_into_different_regions"].blocks == ("00-00", "00-01", "00-02")


def test_blocks_of_two_municipalities_cannot_be_locked_into_one_region() -> None:
    found = reasons(TOWNS, locked={"00-00": 4, "00-09": 4})
    assert found["different_municipalities"].rule == "locked"


def test_a_barrier_that_cuts_a_group_is_named_as_the_reason() -> None:
    found = reasons(BOARD, keep_together=(("00-00", "01-00"),), barrier_edges=WALL)
    assert found["barrier_between"].blocks == ("00-00", "01-00")


def test_land_without_blocks_between_a_group_is_named_with_a_bridge_as_remedy() -> None:
    found = reasons("AAAA AAAA\n", keep_together=(("00-00", "00-08"),))
    assert found["separated"].remedies[0].code == "declare_bridge_in_group"


def test_a_group_cut_off_by_blocks_it_must_not_meet_is_named() -> None:
    found = reasons("AAAAAAAAAA\n", keep_together=(("00-00", "00-02"),), keep_apart=(("00-00", "00-01"),))
    assert found["cut_off"].blocks == ("00-00", "00-02")


def test_a_way_around_a_block_kept_apart_is_no_contradiction() -> None:
    problem = drawn(BOARD, keep_together=(("00-00", "00-02"),), keep_apart=(("00-00", "00-01"),))
    problem = replace(problem, target=PopulationTarget(100, 500, 900))
    assert feasibility(problem) == ()
    assert [v for v in propose(problem).violations if v.rule in ("keep_together", "keep_apart")] == []


def test_a_group_with_more_residents_than_a_region_may_hold_is_named_with_both_numbers() -> None:
    groups = (("00-00", "00-01", "00-02", "00-03"), ("00-03", "00-04", "00-05", "01-05"))
    found = reasons("AAAAAA\nAAAAAA\n", keep_together=groups)
    assert (found["links_above_maximum"].measured, found["links_above_maximum"].limit) == (700, 600)
    alone = reasons("AAAAAA\nAAAAAA\n", keep_together=(SEVEN,))
    assert (alone["group_above_maximum"].measured, alone["group_above_maximum"].limit) == (700, 600)


def test_a_band_of_its_own_counts_for_the_groups_of_that_municipality() -> None:
    wide = {"A": PopulationTarget(300, 500, 700)}
    assert reasons(BOARD, keep_together=(SEVEN,), targets=wide) == {}


def test_counts_of_municipalities_that_do_not_sum_up_to_the_whole_are_named() -> None:
    found = reasons(TOWNS, region_count=3, regions_per_municipality={"A": 2, "B": 2})
    assert (found["counts_disagree"].measured, found["counts_disagree"].limit) == (4, 3)
    found = reasons(TOWNS, region_count=2, regions_per_municipality={"A": 2})
    assert found["counts_disagree"].measured == 3


def test_more_blocks_kept_apart_than_regions_asked_for_are_named() -> None:
    corners = ("00-00", "00-04", "01-00")
    pairs = tuple((a, b) for a in corners for b in corners if a < b)
    found = reasons(BOARD, keep_apart=pairs, region_count=2)
    assert (found["apart_needs_more"].measured, found["apart_needs_more"].limit) == (3, 2)
    found = reasons(BOARD, locked={"00-00": 1, "00-04": 2, "01-02": 3}, regions_per_municipality={"A": 2})
    assert found["apart_needs_more"].municipality == "A"


def test_locks_into_more_regions_than_the_band_allows_make_them_all_and_say_why() -> None:
    problem = drawn("AAAAA\n", locked={"00-00": 7, "00-04": 3})
    (violation,) = feasibility(problem)
    assert violation.reason == "apart_against_band"
    labels = propose(problem).plan.labels
    assert (labels[0], labels[4]) == (7, 3)


def test_all_contradictions_are_named_at_once() -> None:
    found = feasibility(
        drawn(
            TOWNS,
            keep_together=(("00-00", "00-09"), ("01-00", "01-01")),
            keep_apart=(("01-00", "01-01"),),
            locked={"01-03": 1, "01-06": 1},
            region_count=1,
        )
    )
    assert {v.reason for v in found} >= {"different_municipalities", "kept_together", "fewer_than_parts"}
    assert all(v.unavoidable for v in found)


def test_one_contradiction_excuses_one_broken_demand_and_no_more() -> None:
    chain = (("00-00", "00-01"), ("00-01", "00-02"))
    problem = drawn(BOARD, keep_together=chain, keep_apart=(("00-00", "00-02"),))
    apart = propose(drawn(BOARD)).plan.with_labels(np.array([1, 2, 1, 3, 3, 1, 1, 1, 3, 3], dtype=np.int32))
    demands = [v for v in check(apart, problem) if v.rule in ("keep_together", "keep_apart")]
    assert [v.unavoidable for v in demands].count(True) == 1


def test_a_place_kept_whole_by_rule_is_named_where_it_cannot_be() -> None:
    large = _with_place(drawn(BOARD, places="hard"), range(8))
    (violation,) = feasibility(large)
    assert (violation.rule, violation.reason, violation.measured) == ("place", "place_above_maximum", 800)
    assert {r.code for r in violation.remedies} == {"widen_band", "cut_along_lines"}
    assert all(v.unavoidable for v in propose(large).violations if v.rule == "place")
    divided = _with_place(drawn(BOARD, places="hard", barrier_edges=WALL), [0, 5])
    assert {v.reason for v in feasibility(divided)} == {"barrier_between"}


def test_a_heavier_place_is_cut_less() -> None:
    light = _with_place(drawn("AAAAAAAA\n", places="soft", places_weight=1.0), [3, 4])
    heavy = _with_place(drawn("AAAAAAAA\n", places="soft", places_weight=50.0), [3, 4])
    cuts = [propose(p).scores["places_cut"] for p in (_in_band(light), _in_band(heavy))]
    assert cuts == sorted(cuts, reverse=True) and cuts[1] == 0


@pytest.mark.parametrize("borders", ["soft", "none"])
@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_target_of_its_own_holds_also_where_borders_are_open(borders: str, method: str) -> None:
    demands = {"municipal_borders": borders, "targets": {"A": PopulationTarget(200, 250, 300)}}
    proposal = propose(drawn("AAAAABBBBB\nAAAAABBBBB\nCCCCCCCCCC\n", **demands), method=method)
    assert [v for v in proposal.violations if not v.unavoidable] == []
    labels = proposal.plan.labels.reshape(3, 10)
    own, others = set(labels[:2, :5].ravel().tolist()), {*labels[:2, 5:].ravel().tolist(), *labels[2].tolist()}
    assert not own & others and 4 <= len(own) <= 5
    assert "own_demands_close_borders" in proposal.notes


def test_a_number_of_regions_of_its_own_holds_also_where_borders_are_soft() -> None:
    problem = drawn(TOWNS, municipal_borders="soft", regions_per_municipality={"B": 3})
    proposal = propose(problem)
    assert len(set(proposal.plan.labels.reshape(2, 10)[:, 5:].ravel().tolist())) == 3
    assert [(v.rule, v.reason) for v in proposal.violations] == [("population", "count_does_not_fit")]


def _with_place(problem: Problem, members: Any) -> Problem:
    place = np.full(len(problem.blocks), -1, dtype=np.int32)
    place[list(members)] = 0
    return replace(problem, blocks=replace(problem.blocks, place=place, places=(Place("X", "X"),)))


def _in_band(problem: Problem) -> Problem:
    return replace(problem, target=PopulationTarget(300, 400, 500))


@pytest.mark.parametrize("key", ["A", "B"])
@pytest.mark.parametrize("borders", ["hard", "soft"])
def test_a_number_for_one_of_two_joint_municipalities_holds_for_both_together(key: str, borders: str) -> None:
    joint = (("A", "B"),)
    problem = drawn(TOWNS, municipal_borders=borders, joint_municipalities=joint, regions_per_municipality={key: 3})
    plan = propose(problem, parameters=Parameters(effort=0.1)).plan
    of_both = [i for i, m in enumerate(problem.blocks.municipality) if problem.blocks.municipalities[m].key in "AB"]
    assert len(set(plan.labels[of_both].tolist())) == 3
    assert [v for v in check(plan, problem) if v.rule == "region_count"] == []


def test_two_different_numbers_for_joint_municipalities_are_refused_and_one_given_twice_is_not() -> None:
    joint = (("A", "B"),)
    with pytest.raises(InputError) as refused:
        feasibility(drawn(TOWNS, joint_municipalities=joint, regions_per_municipality={"A": 2, "B": 3}))
    assert {f.code for f in refused.value.findings} == {"constraints.regions_per_municipality.joint_differ"}
    same = drawn(TOWNS, joint_municipalities=joint, regions_per_municipality={"A": 3, "B": 3})
    assert len(propose(same, parameters=Parameters(effort=0.1)).plan.regions) >= 3
