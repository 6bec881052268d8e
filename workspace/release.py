"""The one door for figures that leave the house (Freigabe), and the list of what went through it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from indicators.disclosure import (
    RULES_VERSION,
    DisclosureRules,
    Protection,
    ReleasedTable,
    primary_cells,
    released_table,
)
from spatial.arrays import BoolArray
from spatial.errors import Finding, InputError, blocking
from spatial.fingerprint import digest
from workspace.ledger import Ledger, Release, ledger_from_records, ledger_records, released_level
from workspace.release_audit import overlaid_masks
from workspace.release_request import AUDIENCES, Audience, Candidate, Occasion
from workspace.store import Store

__all__ = [
    "AUDIENCES",
    "Audience",
    "Candidate",
    "Ledger",
    "Occasion",
    "Release",
    "ReleaseAudit",
    "ledger_from_records",
    "ledger_records",
    "release",
    "release_into",
]


_turn = threading.RLock()  # nobody releases between another's look at the ledger and the new line in it


class ReleaseAudit(Protocol):
    """A check at the door: it may hide more cells or refuse, knowing all that was released before.

    Each mask is (m, d, k) bool per table of the candidate; an audit returns masks that hide at least as much.
    """

    def __call__(
        self, candidate: Candidate, masks: Sequence[BoolArray], ledger: Ledger, /
    ) -> tuple[list[BoolArray], tuple[Finding, ...]]: ...


def release(
    candidate: Candidate,
    occasion: Occasion,
    *,
    ledger: Ledger,
    rules: DisclosureRules | None = None,
    audits: Sequence[ReleaseAudit] = (),
) -> tuple[tuple[ReleasedTable, ...], Ledger, tuple[Finding, ...]]:
    """Take figures out of the house: apply the rules, ask every audit, write the ledger, hand out the tables.

    Parameters
    ----------
    candidate : the figures and their levels
    occasion : for whom and why; ``intern`` figures are not suppressed, marked vertraulich and listed all the same
    ledger : what was released before; figures that would tell too much beside it are hidden
    rules : limits, default 3 cases and the catalogue's denominators
    audits : further checks in order, for example the overlay of all published drawings

    Returns
    -------
    One released table per level, the ledger with the new entry, and findings that say how much was kept secret

    Errors
    ------
    InputError : an unknown audience, or an audit refuses
    """
    if occasion.audience not in AUDIENCES:
        raise InputError(Finding("release.audience.unknown", where=(occasion.audience,)))
    limits = rules or DisclosureRules()
    masks, found = _masks(candidate, occasion, ledger=ledger, rules=limits, audits=audits)
    if blocking(found):
        raise InputError(*found)
    tables = tuple(
        _printed(released_table(table, mask, audience=occasion.audience, names=names), candidate)
        for table, mask, names in zip(candidate.tables, masks, candidate.names, strict=True)
    )
    entry = _entry(candidate, tables, occasion, number=len(ledger.releases) + 1, rules=limits)
    return tables, Ledger((*ledger.releases, entry)), (*found, *_balance(candidate, masks, limits))


def release_into(
    store: Store,
    candidate: Candidate,
    occasion: Occasion,
    *,
    rules: DisclosureRules | None = None,
    audits: Sequence[ReleaseAudit] = (),
) -> tuple[tuple[ReleasedTable, ...], Release, tuple[Finding, ...]]:
    """Take figures out of a project: its ledger is consulted and grows before anything is handed out.

    Parameters as for ``release``.

    Errors
    ------
    InputError : as ``release``
    StoreError : the ledger cannot be read or written; nothing is handed out
    """
    with _turn:
        tables, ledger, found = release(candidate, occasion, ledger=store.ledger(), rules=rules, audits=audits)
        return tables, store.append_release(ledger.releases[-1]), found


def _masks(
    candidate: Candidate,
    occasion: Occasion,
    *,
    ledger: Ledger,
    rules: DisclosureRules,
    audits: Sequence[ReleaseAudit],
) -> tuple[list[BoolArray], tuple[Finding, ...]]:
    if occasion.audience == "intern":
        return [np.zeros(table.state.shape, dtype=bool) for table in candidate.tables], ()
    protection = Protection(candidate.tables, candidate.parents, rules)
    masks, said = overlaid_masks(candidate, protection.cells(), ledger, protection=protection)
    found = list(said)
    for audit in audits:
        stricter, said = audit(candidate, masks, ledger)
        masks = [old | new for old, new in zip(masks, stricter, strict=True)]
        found += said
    return masks, tuple(found)


def _printed(table: ReleasedTable, candidate: Candidate) -> ReleasedTable:
    """The table without the areas and indicators that only stood by for the protection of the others."""
    rows = [i for i, key in enumerate(table.ids) if key not in candidate.withheld]
    columns = [k for k, key in enumerate(table.indicators) if key not in candidate.unprinted]
    if len(rows) == len(table) and len(columns) == len(table.indicators):
        return table
    names = ("value", "low", "high", "numerator", "denominator", "state")
    arrays = {name: getattr(table, name)[rows][:, :, columns] for name in names}
    catalogue = table.catalogue.only([table.indicators[k] for k in columns])
    ids, printed = tuple(table.ids[i] for i in rows), tuple(table.names[i] for i in rows)
    return replace(table, ids=ids, names=printed, catalogue=catalogue, **arrays)


def _entry(
    candidate: Candidate,
    tables: Sequence[ReleasedTable],
    occasion: Occasion,
    *,
    number: int,
    rules: DisclosureRules,
) -> Release:
    applied = {} if occasion.audience == "intern" else {"version": RULES_VERSION, **vars(rules)}
    members = {
        (table.level, area): blocks
        for table, areas in zip(candidate.tables, candidate.members, strict=True)
        for area, blocks in zip(table.ids, areas, strict=True)
        if area not in candidate.withheld
    }
    levels = tuple(released_level(table) for table in tables)
    content = digest(*(table.fingerprint for table in candidate.tables))
    return Release(number, occasion, applied, candidate.plan, content, levels, members)


def _balance(candidate: Candidate, masks: Sequence[BoolArray], rules: DisclosureRules) -> list[Finding]:
    """How many cells were kept secret per level, for themselves and to protect others."""
    found = []
    for table, mask in zip(candidate.tables, masks, strict=True):
        if mask.any():
            small = int((primary_cells(table, rules) & mask).sum())
            values = {"cells": int(mask.size), "primary": small, "secondary": int(mask.sum()) - small}
            found.append(Finding("release.suppressed", "note", where=(table.level,), values=values))
    return found
