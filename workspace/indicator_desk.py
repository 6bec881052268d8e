"""Everything the pages about indicators show for the plan on the table (Kennzahlentisch)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from geodata.read_counts import key_columns
from geodata.sample import musterkreis
from indicators.catalogue import Catalogue, standard_catalogue
from indicators.comparison import difference_from_rest
from indicators.composite import mss_index
from indicators.compute import IndicatorTable
from indicators.count_checks import counts_from_frame
from indicators.counts import CellState, CountTable
from indicators.disclosure import ReleasedTable
from indicators.robustness import leave_one_out, rank_intervals
from indicators.timeline import Timeline, timeline
from spatial.plan import Plan
from workspace.county import County
from workspace.figures import figures_of_plan
from workspace.release import Audience, Candidate, Ledger, Occasion, release

DEFAULT_STATUS = ("ARB01", "EIN02", "EIN04")
SEED = 1


@dataclass(frozen=True, eq=False)
class IndicatorDesk:
    """Counts of the county and the figures of one drawing, as one audience may see them.

    Attributes
    ----------
    county, plan : what the figures are about
    counts : per block, in block order
    figures : all levels with every cell, intern
    shown : released tables by level, ``"kreis"``, ``"gemeinde"`` (where regions nest), ``"sozialraum"``
    audience : who looks
    ledger : what was released before; the door looks at it
    modelled : (indicator, date) whose counts are estimates
    """

    county: County
    plan: Plan
    counts: CountTable
    figures: Candidate
    shown: Mapping[str, ReleasedTable]
    audience: Audience
    ledger: Ledger = field(default_factory=Ledger)
    modelled: frozenset[tuple[str, str]] = frozenset()

    @property
    def catalogue(self) -> Catalogue:
        """The indicators that have counts."""
        return self.figures.tables[0].catalogue

    @property
    def dates(self) -> tuple[str, ...]:
        """Reference dates, ascending."""
        return self.counts.dates

    def is_modelled(self, indicator: str, date: str) -> bool:
        """Are the counts of this indicator at this date estimates?"""
        return self.catalogue[indicator].modelled or (indicator, date) in self.modelled

    def intern(self, level: str) -> IndicatorTable:
        """All figures of a level, without the rest of unassigned blocks; vertraulich."""
        return next(table for table in self.figures.tables if table.level == level)


def counts_of_sample() -> CountTable | None:
    """The counts of the embedded county; None where it has none."""
    frame = pd.DataFrame(musterkreis().counts)
    area, day = key_columns(frame)
    return counts_from_frame(frame, standard_catalogue(), id_column=area, date_column=day)[0]


def desk_of(
    county: County,
    plan: Plan,
    counts: CountTable,
    *,
    audience: Audience,
    ledger: Ledger | None = None,
    modelled: frozenset[tuple[str, str]] = frozenset(),
    catalogue: Catalogue | None = None,
) -> IndicatorDesk:
    """Figures of the plan on the table on all levels, seen by one audience (nothing is written to the ledger).

    ``catalogue`` is the one the counts were read with; left out: the standard catalogue.
    """
    blocks = county.blocks
    towns = [blocks.municipalities[c].key for c in blocks.municipality]
    names = {m.key: m.name for m in blocks.municipalities}
    names |= {str(number): name for number, name in plan.names.items()}
    ordered = counts.ordered(blocks.ids)
    definitions = catalogue or standard_catalogue()
    figures = figures_of_plan(definitions, ordered, plan.labels, municipality=towns, names=names)
    return seen_beside(
        IndicatorDesk(county, plan, ordered, figures, {}, audience, modelled=modelled), ledger or Ledger()
    )


def seen_beside(desk: IndicatorDesk, ledger: Ledger) -> IndicatorDesk:
    """The same figures as the audience may see them beside what was released before."""
    tables, _, _ = release(desk.figures, Occasion(desk.audience, "", ""), ledger=ledger)
    return replace(desk, shown={table.level: table for table in tables}, ledger=ledger)


def verdicts(desk: IndicatorDesk, indicator: str, *, level: str, date: str) -> pd.DataFrame:
    """Each shown area against the rest of the county, indexed by area; secret areas have no verdict."""
    table = desk.shown[level]
    d, k = table.dates.index(date), table.indicators.index(indicator)
    definition = table.catalogue[indicator]
    frame = difference_from_rest(table.numerator[:, d, k], table.denominator[:, d, k], kind=definition.kind)
    frame.index = pd.Index(table.ids, name="area")
    frame["difference"] *= definition.per
    return frame


def series(desk: IndicatorDesk, indicator: str, *, level: str) -> Timeline:
    """The indicator over all dates as the audience may see it."""
    table = desk.shown[level]
    arrays = {n: getattr(table, n) for n in ("value", "low", "high", "numerator", "denominator")}
    seen = IndicatorTable(table.ids, table.dates, table.catalogue, **arrays, state=table.state, level=level)
    return timeline(seen, indicator)


def index_of(desk: IndicatorDesk, status: tuple[str, ...], *, level: str, date: str) -> pd.DataFrame:
    """Status, dynamic over two dates, and robustness of every shown area (MSS-Regel).

    Returns
    -------
    Indexed by area: the columns of ``mss_index`` and of ``rank_intervals``; areas with a secret value are left out

    Errors
    ------
    InputError : no usable column, too few areas
    """
    table = desk.shown[level]
    columns = {key: burden_of(table, key, date) for key in status}
    earlier = [day for day in table.dates if day < date]
    changes = {f"Δ {key}": columns[key] - burden_of(table, key, earlier[-1]) for key in status} if earlier else {}
    frame = pd.DataFrame({**columns, **changes}, index=pd.Index(table.ids, name="area")).dropna()
    result, _ = mss_index(frame, status=list(status), dynamic=list(changes))
    robust = rank_intervals(frame[list(status)].to_numpy(float), seed=SEED)
    robust.index = frame.index
    return result.join(robust.drop(columns="index"))


def left_out(desk: IndicatorDesk, status: tuple[str, ...], *, level: str, date: str) -> pd.DataFrame:
    """What the index would say without each indicator (Weglassprobe)."""
    table = desk.shown[level]
    frame = pd.DataFrame({key: burden_of(table, key, date) for key in status}).dropna()
    return leave_one_out(frame.to_numpy(float), status)


def burden_of(table: Any, indicator: str, date: str) -> Any:
    """Values turned so that higher is worse; secret or missing ones are NaN."""
    k, d = table.indicators.index(indicator), table.dates.index(date)
    known = table.state[:, d, k] == CellState.KNOWN
    sign = -1 if table.catalogue[indicator].polarity == 1 else 1
    return np.where(known, sign * table.value[:, d, k], np.nan)
