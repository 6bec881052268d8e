"""A remedy taken with one click really helps."""

from __future__ import annotations

import pytest

from regionalization.feasibility import feasibility
from regionalization.problem import Problem
from regionalization.violation import Remedy, Violation
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges
from workspace.remedies import can_take, take_remedy
from workspace.workspace import Settings


def county(settings: Settings) -> Problem:
    """Two municipalities in a row: a small one with 8,000 residents beside one with 24,000."""
    ids = [f"{i:02d}" for i in range(8)]
    blocks = block_set(ids, population=[4000] * 8, municipality=["klein"] * 2 + ["gross"] * 6)
    row = contiguity_from_edges(8, [(i, i + 1) for i in range(7)], [100.0] * 7)
    return Problem(blocks, row, settings.target, settings.constraints)


def remedies() -> list[tuple[Violation, Remedy]]:
    return [(v, r) for v in feasibility(county(Settings())) for r in v.remedies if can_take(r)]


def test_the_small_municipality_has_remedies_that_a_click_can_take() -> None:
    assert {remedy.code for _violation, remedy in remedies()} >= {"widen_band", "join_municipality"}


@pytest.mark.parametrize("number", range(len(remedies())))
def test_after_a_remedy_was_taken_the_demand_can_be_kept(number: int) -> None:
    violation, remedy = remedies()[number]
    after = feasibility(county(take_remedy(Settings(), violation, remedy)))
    assert [v for v in after if v.municipality == violation.municipality] == []


def test_a_remedy_that_needs_the_planners_own_hand_changes_nothing() -> None:
    settings = Settings()
    assert take_remedy(settings, Violation("population"), Remedy("divide_block", {"block": "01"})) is settings
