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


def _kept(store: Store, record: PlanRecord) -> PlanRecord:
    store.change_plan(record)
    return record
