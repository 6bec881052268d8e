"""Counts of an earlier territorial status on the blocks of today (früherer Gebietsstand)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geodata.crosswalk import crosswalk_from_table
from geodata.read_counts import key_columns, read_frame
from indicators.catalogue import Catalogue
from indicators.count_checks import counts_from_frame
from indicators.counts import CountTable, joined_dates
from indicators.crosswalked import on_new_areas
from spatial.errors import Finding, InputError
from workspace.store import StoredCounts

_OLD, _NEW, _SHARE = ("alt", "old", "alter_schluessel"), ("neu", "new", "neuer_schluessel"), ("anteil", "share")


def earlier_counts(
    counts_path: Path, crosswalk_path: Path, *, ids: Sequence[str], catalogue: Catalogue
) -> tuple[CountTable, tuple[Finding, ...]]:
    """Counts of earlier areas moved to the blocks of today by a crosswalk; sums stay, divided counts are modelled.

    Parameters
    ----------
    counts_path : like any table of counts, with the earlier keys
    crosswalk_path : columns alt, neu and anteil (share of the persons of the old area); without anteil every old area
        goes to one new one
    ids : the blocks of today

    Errors
    ------
    InputError : with every finding of both files
    """
    frame = read_frame(counts_path)
    area, day = key_columns(frame)
    old, found = counts_from_frame(frame, catalogue, id_column=area, date_column=day)
    if old is None:
        raise InputError(*found)
    walk = crosswalk_from_table(crosswalk_path, columns=_columns(crosswalk_path))
    links = [
        (walk.old_keys[o], walk.new_keys[n], float(s)) for o, n, s in zip(walk.old, walk.new, walk.share, strict=True)
    ]
    moved = on_new_areas(old, links, ids=ids, geography="")
    divided = tuple(sorted({old_key for old_key, _, share in links if share < 1}))
    note = Finding("crosswalk.moved", "note", where=old.dates, values={"areas": len(old), "divided": len(divided)})
    return moved, (*found, note)


def both_or_none(counts: Path | None, crosswalk: Path | None) -> tuple[Path, Path] | None:
    """The two files that belong together.

    Errors
    ------
    InputError : one of them is missing
    """
    if counts is None and crosswalk is None:
        return None
    if counts is None or crosswalk is None:
        raise InputError(Finding("crosswalk.pair"))
    return counts, crosswalk


def with_earlier(counts: CountTable, earlier: CountTable) -> CountTable:
    """Both in one table in the order of today's blocks; a date that both have comes from today's counts.

    Errors
    ------
    InputError : the earlier table has no date of its own
    """
    fresh = [day for day in earlier.dates if day not in counts.dates]
    if not fresh:
        raise InputError(Finding("crosswalk.dates.none", where=earlier.dates))
    days = [earlier.dates.index(day) for day in fresh]
    kept = CountTable(
        earlier.ids,
        earlier.indicators,
        tuple(fresh),
        earlier.values[:, days],
        earlier.states[:, days],
        earlier.geography,
    )
    return joined_dates([counts, kept])


def lengthened(present: StoredCounts, earlier: CountTable, *, taken_at: str) -> StoredCounts:
    """The counts of a project with earlier dates added, which are marked as estimates.

    Errors
    ------
    InputError : the earlier table has no date of its own
    """
    table = with_earlier(present.table, earlier)
    fresh = [day for day in table.dates if day not in present.table.dates]
    estimates = {(key, day) for key in earlier.indicators for day in fresh}
    source = replace(present.source, taken_at=taken_at, fingerprint=table.fingerprint)
    return replace(present, table=table, source=source, modelled=present.modelled | estimates)


def _columns(path: Path) -> tuple[str, str, str | None]:
    lower = {str(name).strip().lower(): str(name) for name in read_frame(path).columns}
    found = [next((lower[name] for name in names if name in lower), None) for names in (_OLD, _NEW, _SHARE)]
    return found[0] or _OLD[0], found[1] or _NEW[0], found[2]
