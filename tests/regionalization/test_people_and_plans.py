"""Plans of people: steps, comparison, repair, improvement, Quartiere, the constraints file."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionalization.check import check
from regionalization.compare import compare
from regionalization.constraints import Constraints
from regionalization.constraints_file import read_constraints
from regionalization.edits import Edit, apply_edit, apply_edits, next_region
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose, propose_alternatives
from regionalization.quartiere import nested_problem, propose_quartiere
from regionalization.repair import improve, repair, suggest_repairs
from spatial.connectivity import pieces_per_region
from spatial.errors import InputError
from spatial.plan import Plan
from tests.regionalization.grid_county import counties, drawn

SQUARE = "AAAAA\nAAAAA\nAAAAA\nAAAAA\n"
LAWS = settings(max_examples=20, deadline=None, derandomize=True)


def test_moving_blocks_keeps_all_other_regions_and_names() -> None:
    problem = drawn("AAAA\n")
    plan = Plan(np.array([1, 1, 2, 2]), names={2: "Ost"})
    moved = apply_edit(plan, Edit("assign", 2, blocks=("00-01",)), problem.blocks)
    assert moved.labels.tolist() == [1, 2, 2, 2]
    assert dict(moved.names) == {2: "Ost"}
    assert plan.labels.tolist() == [1, 1, 2, 2]


def test_replaying_the_journal_gives_the_plan_again() -> None:
    blocks = drawn("AAAA\n").blocks
    plan = Plan(np.array([1, 1, 2, 2]))
    steps = (
        Edit("split", next_region(plan), blocks=("00-03",)),
        Edit("rename", 3, name="Rand"),
        Edit("merge", 1, sources=(2,)),
        Edit("recolour", 3, colour=4),
    )
    written = [Edit.from_dict(step.as_dict()) for step in steps]
    after = apply_edits(plan, written, blocks)
    assert after.labels.tolist() == [1, 1, 1, 3]
    assert (dict(after.names), dict(after.colours)) == ({3: "Rand"}, {3: 4})


def test_impossible_steps_are_refused_with_every_reason() -> None:
    blocks, plan = drawn("AAAA\n").blocks, Plan(np.array([1, 1, 2, 2]))
    for step, code in (
        (Edit("assign", 1, blocks=("nowhere",)), "edit.block.unknown"),
        (Edit("new_region", 2, blocks=("00-00",)), "edit.region.in_use"),
        (Edit("split", 3, blocks=("00-00", "00-03")), "edit.split.several_regions"),
        (Edit("split", 3, blocks=("00-00", "00-01")), "edit.split.nothing_left"),
        (Edit("rename", 9, name="x"), "edit.region.unknown"),
        (Edit("assign", 1), "edit.blocks.empty"),
    ):
        with pytest.raises(InputError) as error:
            apply_edit(plan, step, blocks)
        assert error.value.findings[0].code == code


def test_a_plan_with_other_numbers_shows_no_difference() -> None:
    blocks = drawn("AAAA\n").blocks
    difference = compare(Plan(np.array([1, 1, 2, 2])), Plan(np.array([9, 9, 4, 4])), blocks)
    assert (difference.residents, difference.adjusted_rand) == (0, 1.0)
    assert difference.matching == {9: 1, 4: 2}


def test_a_moved_block_is_the_whole_difference() -> None:
    blocks = drawn("AAAAA\n").blocks
    difference = compare(Plan(np.array([1, 1, 1, 2, 2])), Plan(np.array([5, 5, 2, 2, 2])), blocks)
    assert (difference.blocks, difference.residents) == (("00-02",), 100)


@LAWS
@given(problem=counties(), mess=st.integers(0, 99))
def test_repair_makes_whole_regions_of_any_mess(problem: Problem, mess: int) -> None:
    rng = np.random.default_rng(mess)
    messy = Plan(rng.integers(-1, 4, len(problem.blocks)).astype(np.int32))
    repaired = repair(messy, problem)
    assert (repaired.labels >= 0).all()
    assert all(count == 1 for count in pieces_per_region(repaired.labels, problem.contiguity).values())
    assert not {v.rule for v in check(repaired, problem)} & {"contiguous", "municipality", "assigned"}


@LAWS
@given(problem=counties(borders="none"))
def test_improving_never_touches_a_locked_region(problem: Problem) -> None:
    plan = propose(problem, method="tree").plan
    locked = int(plan.regions[0])
    better = improve(plan, problem, locked=(locked,))
    assert ((better.labels == locked) == (plan.labels == locked)).all()


def test_repair_brings_a_region_into_the_band_by_moving_few_residents() -> None:
    problem = drawn(SQUARE)
    labels = np.repeat([1, 1, 2, 3], 5)
    labels[10] = 1
    repaired = repair(Plan(labels), Problem(problem.blocks, problem.contiguity, PopulationTarget(500, 666, 800)))
    assert check(repaired, Problem(problem.blocks, problem.contiguity, PopulationTarget(500, 666, 800))) == ()
    assert (repaired.labels != labels).sum() <= 4


def test_a_plan_without_faults_is_left_as_it_is_by_repair() -> None:
    problem = drawn(SQUARE)
    plan = Plan(np.repeat([4, 7, 9, 2], 5))
    assert repair(plan, problem).labels.tolist() == plan.labels.tolist()


def test_suggested_repairs_name_their_steps_and_what_they_leave() -> None:
    problem = drawn(SQUARE)
    labels = np.repeat([1, 2, 3, 4], 5)
    labels[0], labels[19] = 4, 1
    suggestions = suggest_repairs(Plan(labels), problem)
    assert suggestions
    replayed = apply_edits(Plan(labels), suggestions[0].edits, problem.blocks)
    assert check(replayed, problem) == suggestions[0].violations


def test_quartiere_lie_inside_their_sozialraum() -> None:
    problem = drawn(SQUARE)
    plan = propose(problem).plan
    quartiere = propose_quartiere(plan, problem, target=PopulationTarget(100, 200, 300))
    assert quartiere.plan.level == "quartier"
    assert quartiere.plan.parent is plan
    assert quartiere.violations == ()
    nested = nested_problem(plan, problem, PopulationTarget(100, 200, 300))
    crossing = Plan(np.ones(20, dtype=np.int32), level="quartier", parent=plan)
    assert "nested" in {v.rule for v in check(crossing, nested)}


def test_staying_close_keeps_todays_regions_and_their_numbers() -> None:
    problem = drawn(SQUARE)
    today = Plan(np.repeat([8, 6, 4, 2], 5))
    close = Problem(problem.blocks, problem.contiguity, problem.target, Constraints(current_plan=today, stay_close=5.0))
    assert propose(close).plan.labels.tolist() == today.labels.tolist()


def test_alternatives_start_with_the_best_and_differ_from_each_other() -> None:
    problem = drawn(SQUARE)
    best, *others = propose_alternatives(problem, count=3, parameters=Parameters(effort=0.1))
    assert len(others) == 2
    assert all(best.scores["energy"] <= other.scores["energy"] + 1e-9 for other in others)
    assert any(other.extra["distance"] > 0 for other in others)


def test_problems_and_proposals_can_be_sent_to_another_process() -> None:
    problem = drawn(SQUARE, locked={"00-00": 3})
    proposal = propose(problem)
    sent_problem, sent = pickle.loads(pickle.dumps((problem, proposal)))
    assert propose(sent_problem).plan.labels.tolist() == sent.plan.labels.tolist()


def test_a_constraints_file_is_read_completely() -> None:
    text = """
    municipal_borders = "soft"
    region_count = 4
    places = "hard"
    stay_close = 0.5
    joint_municipalities = [["A"]]
    keep_together = [["00-00", "00-01"]]
    keep_apart = [["00-00", "03-04"]]
    [locked]
    "00-00" = 3
    [targets.A]
    minimum = 400
    target = 500
    maximum = 600
    [current_plan]
    "00-00" = 3
    """
    constraints = read_constraints(text, drawn(SQUARE).blocks).constraints
    assert constraints.locked == {"00-00": 3}
    assert constraints.targets["A"].target == 500
    assert constraints.current_plan is not None
    assert constraints.current_plan.labels[:2].tolist() == [3, -1]


def test_every_mistake_of_a_constraints_file_is_said_at_once() -> None:
    text = """
    region_count = "four"
    unknown_key = 1
    keep_apart = [["00-00"]]
    keep_together = [["nowhere", "00-00"]]
    [targets.Z]
    minimum = 9
    target = 5
    maximum = 6
    """
    with pytest.raises(InputError) as error:
        read_constraints(text, drawn(SQUARE).blocks)
    assert {f.code for f in error.value.findings} == {
        "constraints_file.type",
        "constraints_file.key.unknown",
        "constraints.block.unknown",
        "target.order",
    }


def test_text_that_is_no_toml_is_refused_with_the_place() -> None:
    with pytest.raises(InputError) as error:
        read_constraints("region_count = ", drawn("A\n").blocks)
    assert "Invalid value" in error.value.findings[0].values["detail"]


def test_a_pocket_between_locked_regions_is_named_and_not_made_a_tiny_region() -> None:
    problem = drawn("AAAAA\nAAAAA\nAAAAA\n", target=PopulationTarget(400, 500, 1000))
    labels = np.array([1, 1, 1, 2, 2, 1, -1, 1, 2, 2, 1, 1, 1, 2, 2])
    assert repair(Plan(labels), problem, locked=(1,)).labels.tolist() == labels.tolist()
    apart = np.where(labels == -1, 2, labels)
    apart[9] = -1
    first = suggest_repairs(Plan(apart), problem, locked=(1,))[0]
    (violation,) = first.violations
    assert (violation.rule, violation.reason, violation.blocks) == ("contiguous", "enclosed_by_locked", ("01-01",))
    assert violation.unavoidable and violation.remedies[0].values["regions_named"] == "1"
    assert repair(Plan(labels), problem).labels[6] == 1


def test_a_piece_with_residents_enough_becomes_a_region_of_its_own_beside_locked_ones() -> None:
    problem = drawn("AAAAAAAAAA\n")
    repaired = repair(Plan(np.array([1, 1, 1, 1, 1, -1, -1, -1, -1, -1])), problem, locked=(1,))
    assert repaired.labels.tolist() == [1] * 5 + [2] * 5


def test_todays_regions_are_the_start_also_where_their_number_differs() -> None:
    problem = drawn(SQUARE)
    halves = Plan(np.repeat([7, 3], 10))
    for today, count in ((halves, 4), (Plan(np.repeat(np.arange(10), 2)), 4)):
        demands = Constraints(current_plan=today, stay_close=5.0)
        proposal = propose(Problem(problem.blocks, problem.contiguity, problem.target, demands))
        assert len(proposal.plan.regions) == count
        assert proposal.violations == ()
    proposal = propose(Problem(problem.blocks, problem.contiguity, problem.target, Constraints(current_plan=halves)))
    assert {3, 7} <= set(proposal.plan.labels.tolist())


def test_a_current_plan_that_misses_blocks_or_names_gone_ones_is_used_and_said_so() -> None:
    text = '[current_plan]\n"00-00" = 3\n"00-01" = 3\n"weg" = 4\n'
    file = read_constraints(text, drawn("AAA\n").blocks)
    assert {f.code: f.where for f in file.notes} == {
        "constraints.current_plan.unknown": ("weg",),
        "constraints.current_plan.missing": ("00-02",),
    }
    assert file.constraints.current_plan is not None
    assert file.constraints.current_plan.labels.tolist() == [3, 3, -1]


def test_a_current_plan_of_another_county_is_refused() -> None:
    with pytest.raises(InputError) as error:
        read_constraints('[current_plan]\n"x" = 3\n', drawn("AAA\n").blocks)
    assert "constraints.current_plan.unknown" in {f.code for f in error.value.findings}
