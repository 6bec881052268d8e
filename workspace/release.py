"""The one door for figures that leave the house (Freigabe), and the list of what went through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

import numpy as np

from indicators.compute import IndicatorTable
from indicators.counts import CellState
from indicators.disclosure import (
    RULES_VERSION,
    DisclosureRules,
    ReleasedTable,
    primary_cells,
    released_table,
    suppressed_cells,
)
from spatial.arrays import BoolArray, IntArray
from spatial.errors import Finding, InputError, blocking
from spatial.fingerprint import digest

Audience = Literal["intern", "workshop", "public"]
AUDIENCES: tuple[Audience, ...] = ("intern", "workshop", "public")


@dataclass(frozen=True, eq=False)
class Candidate:
    """Figures that somebody wants to take out: nested levels of one drawing of boundaries (Freigabeantrag).

    Attributes
    ----------
    tables : from the coarsest level to the finest, same dates and indicators
    parents : for each table but the first, the index of each area's parent in the table before, −1 for none
    members : for each table, the ids of the blocks of each area; what an audit across drafts needs
    plan : fingerprint of the drawing
    names : for each table, the printed names of its areas
    withheld : areas of the finest table that are only derivable (unassigned rest): protected but never printed
    """

    tables: tuple[IndicatorTable, ...]
    parents: tuple[IntArray, ...]
    members: tuple[tuple[tuple[str, ...], ...], ...]
    plan: str
    names: tuple[tuple[str, ...], ...]
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Occasion:
    """Who takes figures out, for whom, why and when; time is an argument, never read from the clock."""

    audience: Audience
    released_by: str
    released_at: str
    purpose: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure in the ledger: where it stands and whether it was shown; never its value."""

    level: str
    area: str
    indicator: str
    date: str
    shown: bool


@dataclass(frozen=True)
class Release:
    """One passage through the door (Freigabe).

    Attributes
    ----------
    number : running number in the ledger, from 1
    occasion : audience, person, time, purpose
    rules : limits that were applied; empty for intern
    plan, content : fingerprints of the drawing and of the figures
    figures : every cell, shown or kept secret
    members : blocks of each area by (level, area), so that a later audit can overlay the drawings
    """

    number: int
    occasion: Occasion
    rules: Mapping[str, Any]
    plan: str
    content: str
    figures: tuple[Figure, ...]
    members: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """All releases so far, oldest first; append-only (Freigabeverzeichnis)."""

    releases: tuple[Release, ...] = ()

    def shown_outside(self) -> tuple[tuple[Release, Figure], ...]:
        """Every figure that the workshop or the public has seen, with its release."""
        outside = (r for r in self.releases if r.occasion.audience != "intern")
        return tuple((r, f) for r in outside for f in r.figures if f.shown)


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
    ledger : what was released before
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
        _printed(released_table(table, mask, audience=occasion.audience, names=names), candidate.withheld)
        for table, mask, names in zip(candidate.tables, masks, candidate.names, strict=True)
    )
    entry = _entry(candidate, tables, occasion, number=len(ledger.releases) + 1, rules=limits)
    return tables, Ledger((*ledger.releases, entry)), (*found, *_balance(candidate, masks, limits))


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
    masks = suppressed_cells(candidate.tables, candidate.parents, rules=rules)
    found: list[Finding] = []
    for audit in audits:
        stricter, said = audit(candidate, masks, ledger)
        masks = [old | new for old, new in zip(masks, stricter, strict=True)]
        found += said
    return masks, tuple(found)


def _printed(table: ReleasedTable, withheld: frozenset[str]) -> ReleasedTable:
    kept = np.array([key not in withheld for key in table.ids], dtype=bool)
    if kept.all():
        return table
    arrays = {name: getattr(table, name)[kept] for name in ("value", "low", "high", "numerator", "denominator")}
    ids = tuple(key for key, keep in zip(table.ids, kept, strict=True) if keep)
    names = tuple(name for name, keep in zip(table.names, kept, strict=True) if keep)
    return replace(table, ids=ids, names=names, state=table.state[kept], **arrays)


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
    }
    content = digest(*(table.fingerprint for table in candidate.tables))
    return Release(number, occasion, applied, candidate.plan, content, _figures(tables), members)


def _figures(tables: Sequence[ReleasedTable]) -> tuple[Figure, ...]:
    return tuple(
        Figure(table.level, area, indicator, date, bool(table.state[i, d, k] == CellState.KNOWN))
        for table in tables
        for i, area in enumerate(table.ids)
        for d, date in enumerate(table.dates)
        for k, indicator in enumerate(table.indicators)
    )


def _balance(candidate: Candidate, masks: Sequence[BoolArray], rules: DisclosureRules) -> list[Finding]:
    """How many cells were kept secret per level, for themselves and to protect others."""
    found = []
    for table, mask in zip(candidate.tables, masks, strict=True):
        if mask.any():
            small = int((primary_cells(table, rules) & mask).sum())
            values = {"cells": int(mask.size), "primary": small, "secondary": int(mask.sum()) - small}
            found.append(Finding("release.suppressed", "note", where=(table.level,), values=values))
    return found


def ledger_records(ledger: Ledger) -> list[dict[str, Any]]:
    """The ledger as plain records for the project file or JSON; it holds no value of any figure."""
    return [_record(entry) for entry in ledger.releases]


def ledger_from_records(records: Sequence[Mapping[str, Any]]) -> Ledger:
    """The ledger back from its records."""
    return Ledger(tuple(_release_from(record) for record in records))


def _record(entry: Release) -> dict[str, Any]:
    return {
        "number": entry.number,
        "occasion": vars(entry.occasion),
        "rules": dict(entry.rules),
        "plan": entry.plan,
        "content": entry.content,
        "figures": [[f.level, f.area, f.indicator, f.date, f.shown] for f in entry.figures],
        "members": [[level, area, list(blocks)] for (level, area), blocks in entry.members.items()],
    }


def _release_from(record: Mapping[str, Any]) -> Release:
    return Release(
        number=record["number"],
        occasion=Occasion(**record["occasion"]),
        rules=record["rules"],
        plan=record["plan"],
        content=record["content"],
        figures=tuple(Figure(*row) for row in record["figures"]),
        members={(level, area): tuple(blocks) for level, area, blocks in record["members"]},
    )
