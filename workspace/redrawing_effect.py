"""What a new drawing does to the indicators (Wirkung eines Entwurfs): before and after of the regions that change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from indicators.aggregate import aggregate
from indicators.catalogue import Catalogue
from indicators.counts import DENOMINATOR, NUMERATOR, CellState, CountTable
from indicators.disclosure import ReleasedTable
from indicators.redrawing import TESTED_KINDS, recognisable, redrawing_p
from spatial.arrays import BoolArray, FloatArray, LabelArray
from spatial.plan import UNASSIGNED, Plan
from workspace.county import County
from workspace.figures import figures_of_plan, redrawn
from workspace.ledger import Ledger
from workspace.release import release
from workspace.release_request import Audience, Candidate, Occasion


class Onlooker(NamedTuple):
    """Who looks at an effect, what was released before, and which indicators there are."""

    audience: Audience
    ledger: Ledger
    catalogue: Catalogue


@dataclass(frozen=True, eq=False)
class Starting:
    """The drawing a draft is held against, with its figures; made once and kept while the draft moves on.

    Attributes
    ----------
    labels : (n,) region of each block, blocks outside every region have the number ``rest``
    figures : every cell at one date, intern
    shown : the regions as the audience may see them
    ledger : what is known outside once these figures have been seen
    """

    county: County
    counts: CountTable
    labels: LabelArray
    rest: int
    figures: Candidate
    shown: ReleasedTable
    audience: Audience
    ledger: Ledger


@dataclass(frozen=True, eq=False)
class RedrawingEffect:
    """Figures of the regions that change (Wirkung auf die Kennzahlen).

    Attributes
    ----------
    regions : m numbers: regions whose blocks change
    new, gone : those of them that exist only after, or only before
    before, after : the same tables for all regions as the audience may see them; look a region up by its number
    difference : (m, k) after minus before in the unit of the indicator, NaN where one of them is not known
    verdict : (m, k) ``higher``, ``lower``, ``same``, ``untested`` or ``""`` where there is nothing to compare
    labels : (n,) region of each block after, under the numbers used here
    numbers : those numbers → the number the region has in the plan after
    """

    regions: tuple[int, ...]
    new: frozenset[int]
    gone: frozenset[int]
    before: ReleasedTable
    after: ReleasedTable
    difference: FloatArray
    verdict: Any
    labels: LabelArray
    numbers: Mapping[int, int]

    @property
    def catalogue(self) -> Catalogue:
        """The indicators in the order of the columns."""
        return self.before.catalogue

    def cell(self, region: int, indicator: str) -> tuple[float, str]:
        """Difference and verdict of one region."""
        where = self.regions.index(region), self.catalogue.ids.index(indicator)
        return float(self.difference[where]), str(self.verdict[where])

    def count(self, *verdicts: str, indicators: Sequence[str] = ()) -> int:
        """How many cells have one of these verdicts, in all or in some indicators."""
        columns = [k for k, key in enumerate(self.catalogue.ids) if not indicators or key in indicators]
        return int(np.isin(self.verdict[:, columns], verdicts).sum())


def starting_point(
    county: County,
    counts: CountTable,
    before: Plan,
    *,
    date: str,
    seen: Onlooker,
) -> Starting:
    """The figures a draft is held against, at one date and for one audience.

    Parameters
    ----------
    seen : who looks, what was released before, and the indicators of the project
    """
    catalogue = seen.catalogue.only(counts.indicators)
    one_date = at_date(counts.ordered(county.blocks.ids), date).only(catalogue.ids)
    rest = int(before.labels.max(initial=0)) + 1_000
    labels = np.where(before.labels == UNASSIGNED, rest, before.labels).astype(np.int32)
    figures = figures_of_plan(catalogue, one_date, labels, municipality=_towns(county))
    figures = replace(figures, withheld=frozenset({str(rest)}))
    tables, ledger, _ = release(figures, Occasion(seen.audience, "", ""), ledger=seen.ledger)
    return Starting(county, one_date, labels, rest, figures, tables[-1], seen.audience, ledger)


def effect_of_redrawing(start: Starting, after: Plan, *, names: Mapping[int, int] | None = None) -> RedrawingEffect:
    """Before and after of every region whose blocks change; only those are worked out anew.

    What the audience may see of the new drawing depends on what it has seen of the old one: where both together would
    tell a small number, the new figure is secret.

    Parameters
    ----------
    names : number of each region of ``after`` that goes by another number in the starting point; left out: the same
    """
    labels = _renumbered(after.labels, names or {}, start)
    moved = start.labels != labels
    touched = {int(r) for r in np.unique(np.concatenate([start.labels[moved], labels[moved]]))} - {start.rest}
    existed, exist = set(np.unique(start.labels).tolist()), set(np.unique(labels).tolist())
    figures = redrawn(start.figures, start.counts, (start.labels, labels), municipality=_towns(start.county))
    shown = release(figures, Occasion(start.audience, "", ""), ledger=start.ledger)[0][-1]
    regions = tuple(sorted(touched))
    difference, verdict = _compared(start, labels, regions, shown)
    new, gone = frozenset(touched - existed), frozenset(touched - exist)
    numbers = dict(zip(labels.tolist(), after.labels.tolist(), strict=True))
    return RedrawingEffect(regions, new, gone, start.shown, shown, difference, verdict, labels, numbers)


def at_date(counts: CountTable, date: str) -> CountTable:
    """The counts of one date."""
    day = counts.dates.index(date)
    values, states = counts.values[:, day : day + 1], counts.states[:, day : day + 1]
    return CountTable(counts.ids, counts.indicators, (date,), values, states, counts.geography)


def _towns(county: County) -> list[str]:
    return [county.blocks.municipalities[c].key for c in county.blocks.municipality]


def _renumbered(labels: LabelArray, names: Mapping[int, int], start: Starting) -> LabelArray:
    """The labels under the numbers of the starting point; a region that is new there gets a number of its own."""
    numbers, where = np.unique(labels, return_inverse=True)
    used = set(np.unique(start.labels).tolist())
    given = []
    for number in numbers.tolist():
        if number == UNASSIGNED:
            given.append(start.rest)
        elif not names or number in names:
            given.append(names.get(number, number))
        else:
            given.append(number if number not in used else start.rest + 1 + number)
    return np.array(given, dtype=np.int32)[where]


def _compared(
    start: Starting, labels: LabelArray, regions: Sequence[int], shown: ReleasedTable
) -> tuple[FloatArray, Any]:
    """Difference and verdict per region and indicator; the false-discovery rate is taken over all cells."""
    catalogue = start.figures.tables[-1].catalogue
    both = np.where(start.labels == labels, labels, UNASSIGNED)
    common = aggregate(start.counts.only(catalogue.ids), both, regions=np.array(regions, dtype=np.int64))
    before, after = _rows(start.shown, regions), _rows(shown, regions)
    known = (before["state"] == CellState.KNOWN) & (after["state"] == CellState.KNOWN)
    difference = np.where(known, after["value"] - before["value"], np.nan)
    p = np.full(known.shape, np.nan)
    for kind in TESTED_KINDS:
        cells = known & (np.array([indicator.kind for indicator in catalogue]) == kind)
        p[cells] = _p(kind, cells, (before, after), common)
    direction = np.where(difference > 0, "higher", "lower")
    said = np.where(np.isfinite(p), "same", np.where(known, "untested", ""))
    return difference, np.where(recognisable(p), direction, said)


def _p(kind: str, cells: BoolArray, sides: tuple[Any, Any], common: CountTable) -> FloatArray:
    before, after = ((side["numerator"][cells], side["denominator"][cells]) for side in sides)
    shared = np.nan_to_num(common.values[:, 0])[cells]
    return redrawing_p(before, after, (shared[:, NUMERATOR], shared[:, DENOMINATOR]), kind=kind)


def _rows(table: ReleasedTable, regions: Sequence[int]) -> dict[str, Any]:
    """The arrays of these regions, (m, k); a region the table does not have has no state and no number."""
    position = {key: i for i, key in enumerate(table.ids)}
    rows = np.array([position.get(str(region), -1) for region in regions], dtype=np.int64)
    found: dict[str, Any] = {}
    for name in ("value", "numerator", "denominator", "state"):
        cells = getattr(table, name)[:, 0]
        blank = np.full(cells.shape[1], 0 if name == "state" else np.nan)
        found[name] = np.where((rows >= 0)[:, None], cells[rows], blank)
    return found
