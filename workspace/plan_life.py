"""The life of a plan: Entwurf → abgestimmt → beschlossen → historisch; a decided plan is only succeeded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from workspace.store import PlanRecord, PlanState

NEXT_STATES: Mapping[PlanState, tuple[PlanState, ...]] = MappingProxyType(
    {
        "entwurf": ("abgestimmt",),
        "abgestimmt": ("beschlossen", "entwurf"),
        "beschlossen": ("historisch",),
        "historisch": (),
    }
)


class LifeError(ValueError):
    """A step the life of a plan does not know; ``code`` is a key of ``reporting.text_de.plan_page.LIFE_PROBLEMS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def may_edit(record: PlanRecord) -> bool:
    """Only a draft can be changed."""
    return record.state == "entwurf" and not record.archived


def moved_on(record: PlanRecord, state: PlanState, *, valid_from: str = "") -> PlanRecord:
    """The plan one step further in its life.

    Parameters
    ----------
    valid_from : ISO date, needed for ``"beschlossen"``

    Errors
    ------
    LifeError : ``life.step`` for a step that does not exist, ``life.date`` without a date of validity

    >>> draft = PlanRecord("1", "Entwurf A", "sozialraum", "2026-01-01T00:00:00Z", "Kern")
    >>> agreed = moved_on(draft, "abgestimmt")
    >>> moved_on(agreed, "beschlossen", valid_from="2026-07-01").valid_from
    '2026-07-01'
    """
    if state not in NEXT_STATES[record.state]:
        raise LifeError("life.step")
    if state != "beschlossen":
        return replace(record, state=state)
    try:
        date.fromisoformat(valid_from)
    except ValueError as error:
        raise LifeError("life.date") from error
    return replace(record, state=state, valid_from=valid_from)
