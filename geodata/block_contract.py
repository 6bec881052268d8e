"""What every block file has to keep to, and where it does not (Prüfung der Blöcke)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.arrays import BoolArray, FloatArray, IntArray
from spatial.errors import Finding

SMALL_OVERLAP_SHARE = 0.01  # of the smaller block: below it an overlap is inaccurate drawing, above it a double block
SMALL_OVERLAP_M2 = 1.0  # overlaps below a square metre are rounding
LARGE_OVERLAP_M2 = 10_000.0
_ZERO_AREA_M2 = 1e-6


def block_keys(column: Any) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Block keys as text with leading zeros, and the findings about missing and repeated ones.

    Parameters
    ----------
    column : (n,) any; whole numbers lose their „.0“, spaces around a key are dropped (said in a note)

    >>> block_keys(pd.Series([1.0, 2.0, 2.0], name="nr"))[0]
    ('1', '2', '2')
    """
    texts = key_texts(column)
    stripped = texts.str.strip()
    findings = []
    name = str(column.name)
    missing = (stripped == "").to_numpy(bool)
    rows = np.flatnonzero(missing) + 1
    if len(rows):
        values = {"column": name, "count": len(rows)}
        findings.append(Finding("read.id.missing", where=tuple(map(str, rows)), values=values))
    twice = stripped[~missing][stripped[~missing].duplicated(keep=False)]
    if len(twice):
        different = tuple(dict.fromkeys(twice))
        values = {"column": name, "count": len(different), "rows": len(twice)}
        findings.append(Finding("read.id.duplicate", where=different, values=values))
    if (stripped != texts).any():
        findings.append(Finding("read.id.trimmed", "note", where=tuple(stripped[stripped != texts]), values={}))
    return tuple(stripped), tuple(findings)


def key_texts(column: Any) -> pd.Series[str]:
    """A key column as text; nothing stands for missing, whole numbers are written without a decimal point."""
    series = pd.Series(column)
    if pd.api.types.is_float_dtype(series):
        whole = series.notna() & (series == series.round()) & (series.abs() < 1e15)
        texts = series.astype("string")
        texts[whole] = series[whole].astype("int64").astype("string")
        return texts.fillna("").astype(object)
    return series.astype("string").fillna("").astype(object)


def geometry_findings(shapes: NDArray[Any], ids: tuple[str, ...]) -> tuple[Finding, ...]:
    """Shapes that are missing, no areas, invalid, without area, double or overlapping.

    Parameters
    ----------
    shapes : (n,) shapely geometries in a metric CRS
    ids : n texts
    """
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = shapely.get_type_id(shapes)
    areal = np.isin(kinds, (3, 6))
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)
    valid = shapely.is_valid(shapes) & finite
    with np.errstate(all="ignore"):  # the area of a shape with infinite coordinates is no number
        flat = areal & valid & ~empty & (shapely.area(shapes) <= _ZERO_AREA_M2)
    found = [
        *_named("blocks.geometry.empty", empty, ids),
        *_named("blocks.geometry.not_areal", ~empty & ~areal, ids),
        *_invalid(shapes, areal & ~empty & ~valid, ids),
        *_named("blocks.geometry.zero_area", flat, ids),
    ]
    sound = areal & valid & ~empty & ~flat
    return (*found, *_overlaps(shapes, np.flatnonzero(sound), ids))


def _named(code: str, bad: BoolArray, ids: tuple[str, ...]) -> list[Finding]:
    where = tuple(ids[i] for i in np.flatnonzero(bad))
    return [Finding(code, where=where, values={"count": len(where)})] if where else []


def _invalid(shapes: NDArray[Any], bad: BoolArray, ids: tuple[str, ...]) -> list[Finding]:
    rows = np.flatnonzero(bad)
    if not len(rows):
        return []
    reasons = sorted({str(r).split("[")[0] for r in shapely.is_valid_reason(shapes[rows])})
    where = tuple(ids[i] for i in rows)
    values = {"count": len(where), "reasons": ", ".join(reasons), "repair": "make_valid"}
    return [Finding("blocks.geometry.invalid", where=where, values=values)]


def _overlaps(shapes: NDArray[Any], rows: IntArray, ids: tuple[str, ...]) -> list[Finding]:
    pairs, area_m2 = overlapping_pairs(shapes, rows)
    if not len(pairs):
        return []
    smaller = np.minimum(*shapely.area(shapes[pairs]).T)
    same = area_m2 >= (1 - SMALL_OVERLAP_SHARE) * np.maximum(*shapely.area(shapes[pairs]).T)
    large = ~same & ((area_m2 > SMALL_OVERLAP_SHARE * smaller) | (area_m2 > LARGE_OVERLAP_M2))
    small = ~same & ~large & (area_m2 > SMALL_OVERLAP_M2)
    found = []
    for code, chosen in (("same", same), ("overlap", large), ("small_overlap", small)):
        if chosen.any():
            found.append(_overlap(code, pairs[chosen], area_m2[chosen], ids))
    return found


def _overlap(kind: str, pairs: IntArray, area_m2: FloatArray, ids: tuple[str, ...]) -> Finding:
    where = tuple(f"{ids[a]} / {ids[b]}" for a, b in pairs[np.argsort(-area_m2, kind="stable")])
    values = {
        "count": len(pairs),
        "area_m2": float(area_m2.sum()),
        "largest_m2": float(area_m2.max()),
        "repair": "clean",
    }
    return Finding(f"blocks.geometry.{kind}", "warning" if kind == "small_overlap" else "error", where, values)


def overlapping_pairs(shapes: NDArray[Any], rows: IntArray) -> tuple[IntArray, FloatArray]:
    """Pairs of blocks whose interiors meet, with the area they share.

    Parameters
    ----------
    shapes : (n,) geometries, those in ``rows`` valid and areal
    rows : positions to look at

    Returns
    -------
    (k, 2) int64 positions, (k,) float64 square metres, > 0
    """
    used = shapes[rows]
    if len(used) < 2 or bool(shapely.coverage_is_valid(used)):
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    shapely.prepare(used)
    first, second = shapely.STRtree(used).query(used, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    inner = shapely.relate_pattern(used[first], used[second], "T********")
    first, second = first[inner], second[inner]
    area_m2: FloatArray = shapely.area(shapely.intersection(used[first], used[second]))
    kept = area_m2 > 0
    return np.c_[rows[first[kept]], rows[second[kept]]].astype(np.int64), area_m2[kept]
