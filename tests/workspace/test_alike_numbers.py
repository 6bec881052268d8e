"""Alternatives carry the numbers and colours of the first proposal where they share its residents."""

from __future__ import annotations

import numpy as np

from regionalization.proposal import Parameters, Proposal
from regionalization.violation import Violation
from spatial.plan import Plan
from tests.workspace.small_county import START, small_county
from workspace.actions import choose_proposal, take_proposals
from workspace.alike_numbers import numbered_alike
from workspace.workspace import Workspace, chosen_proposal

COUNTY = small_county()


def proposal(labels: list[int], *violations: Violation) -> Proposal:
    return Proposal(Plan(np.array(labels)), "hand", "1", Parameters(), 1, {}, violations, (), "f", 0.0)


FIRST = proposal(START.labels.tolist())
# The same halves with other numbers, one block moved, and a corner of its own.
OTHER = proposal([5, 5, 3, 3, 5, 5, 3, 3, 9, 5, 3, 3], Violation("population", region=9), Violation("place"))


def test_the_same_place_has_the_same_number_in_every_alternative() -> None:
    _, other = numbered_alike((FIRST, OTHER), COUNTY.blocks)
    assert other.plan.labels.tolist() == [1, 1, 2, 2, 1, 1, 2, 2, 10, 1, 2, 2]
    assert [violation.region for violation in other.violations] == [10, None]


def test_the_same_place_has_the_same_colour_whichever_proposal_lies_on_the_table() -> None:
    table = take_proposals(Workspace(COUNTY), (FIRST, OTHER))
    assert table.plan is not None
    changed = choose_proposal(table, 1)
    assert changed.plan is not None
    assert {r: changed.plan.colours[r] for r in (1, 2)} == {r: table.plan.colours[r] for r in (1, 2)}
    assert len(set(changed.plan.colours.values())) == 3
    assert chosen_proposal(changed) is changed.proposals[1]
