"""The composite index of social need after the rule of Berlin's Monitoring Soziale Stadtentwicklung (MSS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError, blocking

MINUS = "\u2212"
STATUS_CUTS = (-1.0, 1.0, 1.5)
DYNAMIC_CUTS = (-1.0, 1.0)
DYNAMIC_CODES = (1, 3, 5)
DYNAMIC_SIGNS = {1: "+", 3: f"+/{MINUS}", 5: MINUS}
_MINIMUM_AREAS = 3


@dataclass(frozen=True, eq=False)
class IndexPart:
    """One half of the index, status or dynamic (Statusindex, Dynamikindex); a higher value is worse.

    Attributes
    ----------
    z : (n, k) z values of the indicators, population SD
    total : (n,) plain sum of the z values
    index : (n,) the sum divided by its own population SD
    classes : (n,) int64 codes
    """

    z: FloatArray
    total: FloatArray
    index: FloatArray
    classes: IntArray


def mss_index(
    values: pd.DataFrame, *, status: Sequence[str], dynamic: Sequence[str]
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Status, dynamic and group of each area (Gesamtindex Soziale Ungleichheit).

    Parameters
    ----------
    values : one row per eligible area, indexed by area id; shares or changes in percentage points, higher = worse
    status, dynamic : columns of the two parts, any number each; without dynamic columns only the status is computed

    Returns
    -------
    A frame in the order of ``values`` with the columns ``z_<column>``, ``status_sum``, ``status_index``,
    ``status_class`` (1 hoch, 2 mittel, 3 niedrig, 4 sehr niedrig), ``dynamic_sum``, ``dynamic_index``,
    ``dynamic_class`` (1 positiv, 3 stabil, 5 negativ) and ``group`` such as ``"4−"``; and the findings.

    Raises
    ------
    InputError : no column, unknown or doubled columns, missing values, a constant indicator, too few areas

    Source
    ------
    Senatsverwaltung für Stadtentwicklung Berlin, MSS 2021: z with the unweighted mean and population SD, equal
    weights, sum divided by its SD; status cut at −1, +1, +1.5, dynamic at −1 and +1.

    >>> areas = pd.DataFrame({"S1": [1.0, 2.0, 3.0, 14.0], "D1": [0.0, 0.0, 1.0, 5.0]}, index=list("abcd"))
    >>> result, _ = mss_index(areas, status=["S1"], dynamic=["D1"])
    >>> result["group"].tolist()
    ['2+/−', '2+/−', '2+/−', '4−']
    """
    found = index_findings(values, status=status, dynamic=dynamic)
    if blocking(found):
        raise InputError(*found)
    parts = {"status": index_part(values[list(status)].to_numpy(float), STATUS_CUTS, (1, 2, 3, 4))}
    if dynamic:
        parts["dynamic"] = index_part(values[list(dynamic)].to_numpy(float), DYNAMIC_CUTS, DYNAMIC_CODES)
    columns: dict[str, object] = {}
    for name, names in (("status", status), ("dynamic", dynamic)):
        if name in parts:
            columns |= {f"z_{column}": parts[name].z[:, i] for i, column in enumerate(names)}
    for name, part in parts.items():
        columns |= {f"{name}_sum": part.total, f"{name}_index": part.index, f"{name}_class": part.classes}
    frame = pd.DataFrame(columns, index=values.index)
    if dynamic:
        signs = frame["dynamic_class"].map(DYNAMIC_SIGNS)
        frame["group"] = frame["status_class"].astype(str) + signs
    return frame, found


def index_part(values: FloatArray, cuts: Sequence[float], codes: Sequence[int]) -> IndexPart:
    """One half of the index from an (n, k) array without gaps; k ≥ 1, no constant column."""
    z = z_scores(values)
    total = z.sum(axis=1)
    index = z_scores(total[:, None])[:, 0]
    return IndexPart(z, total, index, classes_of(index, cuts, codes))


def z_scores(values: FloatArray) -> FloatArray:
    """Distance from the unweighted mean in population standard deviations (ddof 0), per column.

    >>> z_scores(np.array([[1.0], [3.0]])).ravel().tolist()
    [-1.0, 1.0]
    """
    scores: FloatArray = (values - values.mean(axis=0)) / values.std(axis=0)
    return scores


def classes_of(index: FloatArray, cuts: Sequence[float], codes: Sequence[int]) -> IntArray:
    """Class code of each value; a value exactly on −1, +1 or +1.5 belongs to the middle-ward class.

    >>> classes_of(np.array([-1.01, -1.0, 1.0, 1.2, 1.6]), STATUS_CUTS, (1, 2, 3, 4)).tolist()
    [1, 2, 2, 3, 4]
    """
    below = (np.asarray(index)[:, None] < cuts[0]).ravel()
    above = np.searchsorted(np.asarray(cuts[1:]), index, side="left")
    classes: IntArray = np.asarray(codes, dtype=np.int64)[np.where(below, 0, above + 1)]
    return classes


def index_findings(values: pd.DataFrame, *, status: Sequence[str], dynamic: Sequence[str]) -> tuple[Finding, ...]:
    """What forbids or weakens an index: columns, gaps, constants, few areas."""
    names = [*status, *dynamic]
    unknown = tuple(name for name in names if name not in values.columns)
    found = [] if status else [Finding("index.status.none")]
    found += [Finding("index.column.unknown", where=unknown)] if unknown else []
    twice = tuple(sorted({name for name in names if names.count(name) > 1}))
    found += [Finding("index.column.duplicate", where=twice)] if twice else []
    if len(values) < _MINIMUM_AREAS:
        limits = {"areas": len(values), "limit": _MINIMUM_AREAS}
        return (*found, Finding("index.areas.few", values=limits))
    for name in dict.fromkeys(n for n in names if n in values.columns):
        found += _column_findings(values, name)
    doubled = tuple(str(key) for key in values.index[values.index.duplicated()].unique())
    return (*found, Finding("index.area.duplicate", where=doubled)) if doubled else tuple(found)


def _column_findings(values: pd.DataFrame, name: str) -> list[Finding]:
    column = pd.to_numeric(values[name], errors="coerce").to_numpy(float)
    gaps = ~np.isfinite(column)
    if gaps.any():
        where = tuple(str(key) for key in values.index[gaps])
        return [Finding("index.value.missing", where=where, values={"column": name, "count": int(gaps.sum())})]
    spread = float(column.std())
    if spread <= 1e-12 * max(1.0, float(np.abs(column).max())):
        return [Finding("index.column.constant", where=(name,), values={"value": float(column[0])})]
    return []
