"""Where the county on the table comes from, for every screen and every file (Herkunft)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geodata.provenance import Provenance, provenance_rows
from reporting.text_de import provenance as words
from workspace.county import County
from workspace.store import StoredCounts


def source_line(county: County) -> str:
    """Source note and reference date in one line, as it stands below maps and tables."""
    origin = county.provenance
    if origin is None:
        return words.source_line([], "")
    dates = (part.reference_date for part in origin.every)
    return words.source_line(origin.licences, next((date for date in dates if date), ""))


def origin_cells(county: County) -> list[tuple[str, ...]]:
    """One row per source: file, layer, date, source note, what was done, hash; as ``HEADER`` of the words says."""
    origin = county.provenance
    return [] if origin is None else [cells_of(part) for part in origin.every]


def cells_of(part: Provenance) -> tuple[str, ...]:
    """One source in words, without those that went into it."""
    done = words.steps(part.steps)
    return part.source, part.layer, words.date(part.reference_date), part.licence, done, part.sha256


def counts_cells(stored: StoredCounts | None) -> list[tuple[str, ...]]:
    """One row about the counts of a project, cells as ``HEADER`` of the words says; none where it has no counts."""
    if stored is None:
        return []
    source, statistics = stored.source, dict.fromkeys(stored.statistics.values())
    dates = ", ".join(words.date(day) for day in stored.table.dates)
    done = words.MODELLED if source.modelled else words.steps(())
    return [(source.source, "", dates, "; ".join(name for name in statistics if name), done, source.sha256)]


def origin_rows(county: County, layers: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the table ``provenance`` for the layers of a GeoPackage made from the county."""
    if county.provenance is None:
        return []
    return rows_of(county.provenance, layers)


def rows_of(part: Provenance, layers: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the table ``provenance`` for layers that were made from one file."""
    return provenance_rows(part, layers, described=lambda one: words.steps(one.steps))


def companion_text(county: County, name: str) -> str:
    """The text that lies beside a CSV, whose own columns are a contract."""
    return words.companion(name, origin_cells(county) or [("", "", "", words.UNKNOWN, "", "")])
