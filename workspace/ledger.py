"""The list of all figures that left the house (Freigabeverzeichnis): who, when, why, which cells, never a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from spatial.arrays import BoolArray
from spatial.fingerprint import digest
from workspace.release_request import Occasion

SHOWN, SECRET, EMPTY = "1", ".", "x"


@dataclass(frozen=True)
class Figure:
    """One figure in the ledger: where it stands and whether it was shown; never its value."""

    level: str
    area: str
    indicator: str
    date: str
    shown: bool


@dataclass(frozen=True)
class ReleasedLevel:
    """The cells of one level in one release.

    Attributes
    ----------
    cells : one text per area with a sign per date and indicator (dates outside): ``1`` shown, ``.`` secret,
        ``x`` without a value
    """

    level: str
    areas: tuple[str, ...]
    dates: tuple[str, ...]
    indicators: tuple[str, ...]
    cells: tuple[str, ...]

    def marked(self, sign: str) -> BoolArray:
        """(m, d, k) bool: the cells with this sign."""
        shape = (len(self.areas), len(self.dates), len(self.indicators))
        letters = np.frombuffer("".join(self.cells).encode(), dtype=np.uint8)
        found: BoolArray = (letters == ord(sign)).reshape(shape)
        return found

    def figures(self) -> Iterator[Figure]:
        """Every cell as a figure."""
        shown = self.marked(SHOWN)
        for i, area in enumerate(self.areas):
            for d, date in enumerate(self.dates):
                for k, indicator in enumerate(self.indicators):
                    yield Figure(self.level, area, indicator, date, bool(shown[i, d, k]))


@dataclass(frozen=True)
class Release:
    """One passage through the door (Freigabe).

    Attributes
    ----------
    number : running number in the ledger, from 1
    occasion : audience, person, time, purpose
    rules : limits that were applied; empty for intern
    plan, content : fingerprints of the drawing and of the figures
    levels : every cell, shown or kept secret
    members : blocks of each area by (level, area), so that a later audit can overlay the drawings
    """

    number: int
    occasion: Occasion
    rules: Mapping[str, Any]
    plan: str
    content: str
    levels: tuple[ReleasedLevel, ...]
    members: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of this release."""
        return tuple(figure for level in self.levels for figure in level.figures())

    def count(self, sign: str) -> int:
        """How many cells carry this sign."""
        return sum(cells.count(sign) for level in self.levels for cells in level.cells)

    @property
    def outside(self) -> bool:
        """Did it leave the house?"""
        return self.occasion.audience != "intern"


@dataclass(frozen=True)
class Ledger:
    """All releases so far, oldest first; append-only (Freigabeverzeichnis)."""

    releases: tuple[Release, ...] = ()

    @property
    def outside(self) -> tuple[Release, ...]:
        """The releases for workshop and public, oldest first."""
        return tuple(entry for entry in self.releases if entry.outside)

    def up_to(self, entry: Release) -> Ledger:
        """The list as it was when this release had been entered; others may have followed since."""
        return Ledger(tuple(known for known in self.releases if known.number <= entry.number))

    @property
    def fingerprint(self) -> str:
        """Of what is known outside; the same figures taken out again change nothing."""
        return digest(sorted({(entry.plan, entry.content, entry.count(SHOWN)) for entry in self.outside}))

    def shown_outside(self) -> tuple[tuple[Release, Figure], ...]:
        """Every figure that the workshop or the public has seen, with its release."""
        return tuple((entry, figure) for entry in self.outside for figure in entry.figures if figure.shown)


def released_level(table: ReleasedTable) -> ReleasedLevel:
    """The cells of a released table as the ledger keeps them."""
    signs = np.full(table.state.shape, EMPTY)
    signs[table.state == CellState.KNOWN] = SHOWN
    signs[table.state == CellState.SUPPRESSED] = SECRET
    cells = tuple("".join(row) for row in signs.reshape(len(table), -1))
    return ReleasedLevel(table.level, table.ids, table.dates, table.indicators, cells)


def ledger_records(ledger: Ledger) -> list[dict[str, Any]]:
    """The ledger as plain records for the project file or JSON; it holds no value of any figure."""
    return [release_record(entry) for entry in ledger.releases]


def ledger_from_records(records: Sequence[Mapping[str, Any]]) -> Ledger:
    """The ledger back from its records."""
    return Ledger(tuple(release_from_record(record) for record in records))


def release_record(entry: Release) -> dict[str, Any]:
    """One release as plain values."""
    return {
        "number": entry.number,
        "occasion": vars(entry.occasion),
        "rules": dict(entry.rules),
        "plan": entry.plan,
        "content": entry.content,
        "levels": [{name: _listed(value) for name, value in vars(level).items()} for level in entry.levels],
        "members": [[level, area, list(blocks)] for (level, area), blocks in entry.members.items()],
    }


def release_from_record(record: Mapping[str, Any]) -> Release:
    """One release back from plain values."""
    levels = tuple(
        ReleasedLevel(**{name: _as_tuple(value) for name, value in level.items()}) for level in record["levels"]
    )
    return Release(
        number=record["number"],
        occasion=Occasion(**record["occasion"]),
        rules=record["rules"],
        plan=record["plan"],
        content=record["content"],
        levels=levels,
        members={(level, area): tuple(blocks) for level, area, blocks in record["members"]},
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
