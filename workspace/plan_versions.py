"""Versions and scenarios of a plan (Fassungen, Szenarien): copied, named, archived, never lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from workspace.store import PlanRecord, Scenario, Store


def renamed(store: Store, record: PlanRecord, name: str) -> PlanRecord:
    """Give a plan another name; an empty one changes nothing."""
    wanted = name.strip()[:80]
    return record if not wanted else _kept(store, replace(record, name=wanted))


def archived(store: Store, record: PlanRecord, *, back: bool = False) -> PlanRecord:
    """Take a plan out of the lists, or bring it back; its journal stays."""
    return _kept(store, replace(record, archived=not back))


def put_into_scenario(
    store: Store, record: PlanRecord, name: str, *, author: str, now: Callable[[], str]
) -> PlanRecord:
    """Make a plan part of a named scenario, made when there is none of that name."""
    wanted = name.strip()[:80]
    known = next((s for s in store.scenarios() if s.name == wanted), None)
    scenario = known or Scenario(str(uuid.uuid4()), wanted, author, now())
    if known is None:
        store.put_scenario(scenario)
    return _kept(store, replace(record, scenario_id=scenario.id))


def archived_scenario(store: Store, scenario: Scenario, *, back: bool = False) -> Scenario:
    """Take a scenario with all its plans out of the lists, or bring it back; nothing of it is lost."""
    changed = replace(scenario, archived=not back)
    store.put_scenario(changed)
    return changed


def new_scenario(store: Store, name: str, *, author: str, now: Callable[[], str]) -> Scenario:
    """A new scenario; where the name is taken a number is added, so that two lines never look the same."""
    wanted, taken = name.strip()[:76], {scenario.name for scenario in store.scenarios()}
    names = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
    scenario = Scenario(str(uuid.uuid4()), next(n for n in names if n not in taken), author, now())
    store.put_scenario(scenario)
    return scenario


def on_offer(store: Store) -> tuple[PlanRecord, ...]:
    """The plans that lists show, newest first: not archived, alone or with their scenario."""
    gone = {scenario.id for scenario in store.scenarios() if scenario.archived}
    return tuple(r for r in reversed(store.plans()) if not r.archived and r.scenario_id not in gone)


def _kept(store: Store, record: PlanRecord) -> PlanRecord:
    store.change_plan(record)
    return record
