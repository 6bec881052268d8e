"""Where values gather, worked out from nothing but the figures that an audience may see (Häufungen)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from indicators.hotspots import Hotspots, getis_ord, local_moran
from spatial.contiguity import Contiguity
from spatial.errors import Finding, InputError
from workspace.fine_figures import QUARTIER, FineFigures, block_figures, quartier_neighbours
from workspace.indicator_desk import SEED

SECRET = "secret"
_MOST_SECRET = 0.5


def hotspots_of_level(fine: FineFigures, indicator: str, *, level: str, date: str, statistic: str) -> Hotspots:
    """Hot and cold spots among Quartiere or blocks; secret areas take no part and are called ``secret``.

    Parameters
    ----------
    level : ``"quartier"`` or ``"block"``
    statistic : ``"moran"`` or ``"getis"``

    Returns
    -------
    One entry per area of the shown table of that level, in its order

    Errors
    ------
    InputError : no share or rate, more than half of the areas secret, too few areas, or no variety
    """
    if fine.desk.catalogue[indicator].kind not in ("proportion", "rate"):
        raise InputError(Finding("hotspots.kind", values={"kind": fine.desk.catalogue[indicator].kind}))
    contiguity = fine.desk.county.contiguity
    if level == QUARTIER:
        rows = np.array([fine.ids.index(key) for key in fine.shown.ids], dtype=np.int64)
        near = quartier_neighbours(fine.plan, contiguity).reordered(rows)
        return shown_hotspots(fine.shown, indicator, date=date, statistic=statistic, neighbours=near)
    table = block_figures(fine, indicator)
    return shown_hotspots(table, indicator, date=date, statistic=statistic, neighbours=contiguity)


def shown_hotspots(
    table: ReleasedTable, indicator: str, *, date: str, statistic: str, neighbours: Contiguity
) -> Hotspots:
    """Local statistics of the areas whose figures are shown; a secret area never enters, not even as a neighbour."""
    d, k = table.dates.index(date), table.indicators.index(indicator)
    secret = table.state[:, d, k] == CellState.SUPPRESSED
    if len(table) and secret.mean() > _MOST_SECRET:
        values = {"areas": len(table), "secret": int(secret.sum())}
        raise InputError(Finding("hotspots.secret", where=(table.level,), values=values))
    method = local_moran if statistic == "moran" else getis_ord
    result = method(table.numerator[:, d, k], table.denominator[:, d, k], neighbours, seed=SEED)
    return replace(result, classes=np.where(secret, SECRET, result.classes))
