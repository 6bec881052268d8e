"""Figures made from files on their way out: a project's list of releases is asked and grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indicators.disclosure import DisclosureRules, ReleasedTable
from spatial.errors import Finding, InputError
from workspace.project import open_project
from workspace.release import Candidate, Ledger, Occasion, release, release_into

Passed = tuple[tuple[ReleasedTable, ...], Ledger, tuple[Finding, ...]]


def release_from_files(
    candidate: Candidate, occasion: Occasion, *, project: Path | None, rules: DisclosureRules | None = None
) -> Passed:
    """Through the door; with a project file its list is written before anything is handed out.

    Parameters
    ----------
    project : the file whose list of releases is consulted and grows; None = there is none, and the findings say so

    Returns
    -------
    One released table per level, the whole list with the new entry at its end, and the findings

    Errors
    ------
    InputError : as ``release``, or the project is about other blocks
    StoreError : the project file cannot be used; nothing may be written
    """
    if project is None:
        tables, ledger, found = release(candidate, occasion, ledger=Ledger(), rules=rules)
        alone = (Finding("release.ledger.none", "note"),) if occasion.audience != "intern" else ()
        return tables, ledger, (*found, *alone)
    opened = open_project(project)
    try:
        _must_know(opened.county.blocks.ids, candidate)
        tables, entry, found = release_into(opened.store, candidate, occasion, rules=rules)
        return tables, opened.store.ledger().up_to(entry), found
    finally:
        opened.close()


def leaving_alone(candidate: Candidate, area: str) -> Candidate:
    """The figures with one area of the finest level leaving; the others stay protected and are not printed."""
    others = frozenset(key for key in candidate.tables[-1].ids if key != area)
    return replace(candidate, withheld=candidate.withheld | others)


def _must_know(ids: Sequence[str], candidate: Candidate) -> None:
    """The list of releases overlays drawings by their blocks: those of another county would never be found."""
    known = set(ids)
    unknown = tuple(sorted({block for area in candidate.members[-1] for block in area} - known))
    if unknown:
        raise InputError(Finding("release.project.other", where=unknown, values={"count": len(unknown)}))
