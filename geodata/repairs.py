"""Repairs that are offered, never made silently, each with its balance (Reparaturen)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.arrays import BoolArray
from spatial.errors import Finding, InputError

REPAIRS = ("drop_empty", "make_valid", "snap", "clean")
RESTORE_ZEROS = "restore_zeros"  # of keys; made while the columns are read
SNAP_M = 0.05  # vertices closer than five centimetres are one
GAP_M = 1.0  # gaps narrower than a metre are inaccurate drawing, no streets
_UNCHANGED_M2 = 1.0  # below a square metre a shape counts as unchanged


def repaired(
    frame: geopandas.GeoDataFrame, repairs: Sequence[str], *, ids: Sequence[str], residents: Any = None
) -> tuple[geopandas.GeoDataFrame, tuple[Finding, ...]]:
    """The layer with the accepted repairs made, in a fixed order, and the balance of each.

    Parameters
    ----------
    frame : (n rows) layer in metres
    repairs : any of ``"drop_empty"`` (rows without shape and without residents), ``"make_valid"`` (self-crossing
        borders), ``"snap"`` (vertices up to 5 cm apart), ``"clean"`` (overlaps to one side, gaps below 1 m)
    ids : n texts to name blocks with
    residents : (n,) whole numbers; without it only areas are balanced

    Returns
    -------
    layer, findings ``repair.<name>`` (warnings) with area and residents before and after and the blocks changed

    Errors
    ------
    InputError : an unknown repair
    """
    unknown = tuple(name for name in repairs if name not in REPAIRS)
    if unknown:
        raise InputError(
            Finding("repair.unknown", where=unknown, values={"known": ", ".join((*REPAIRS, RESTORE_ZEROS))})
        )
    counts = np.zeros(len(frame), dtype=np.int64) if residents is None else np.asarray(residents, dtype=np.int64)
    names = np.array(ids, dtype=object)
    shapes: NDArray[Any] = np.array(frame.geometry.to_numpy(), dtype=object)
    kept = np.ones(len(frame), dtype=bool)
    findings = []
    for name in (repair for repair in REPAIRS if repair in repairs):
        before, stayed = shapes.copy(), kept.copy()
        shapes, kept = _applied(name, shapes, kept, counts)
        changed = _changed(before, shapes, stayed & kept) | (stayed & ~kept)
        if changed.any():
            findings.append(_balance(name, (before, stayed), (shapes, kept), names=names[changed], counts=counts))
    result = frame.set_geometry(geopandas.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    return result[kept].reset_index(drop=True), tuple(findings)


def _applied(
    name: str, shapes: NDArray[Any], kept: BoolArray, counts: NDArray[np.int64]
) -> tuple[NDArray[Any], BoolArray]:
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if name == "drop_empty":
        return shapes, kept & ~(empty & (counts == 0))
    fixed = shapes.copy()
    if name == "make_valid":
        broken = ~empty & ~shapely.is_valid(shapes) & np.isfinite(shapely.bounds(shapes)).all(axis=1)
        fixed[broken] = [
            _areal(s) for s in shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
        ]
        return fixed, kept
    sound = ~empty & shapely.is_valid(shapes) & np.isin(shapely.get_type_id(shapes), (3, 6))
    gap_m = GAP_M if name == "clean" else 0.0
    if sound.any():
        fixed[sound] = shapely.coverage_clean(  # type: ignore[attr-defined]
            shapes[sound], gap_width=gap_m, snapping_distance=SNAP_M
        )
    lost = sound & shapely.is_empty(fixed) & (counts > 0)
    fixed[lost] = shapes[lost]  # a block with residents is never cleaned away
    return fixed, kept & ~(sound & shapely.is_empty(fixed))


def _areal(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _changed(before: NDArray[Any], after: NDArray[Any], kept: BoolArray) -> BoolArray:
    """Blocks whose shape covers other ground than before, or was invalid."""
    changed: BoolArray = kept & ~shapely.equals_exact(before, after, tolerance=0.0)
    rows = np.flatnonzero(changed)
    valid = shapely.is_valid(before[rows])
    moved = np.ones(len(rows), dtype=bool)
    difference = shapely.symmetric_difference(before[rows][valid], after[rows][valid])
    moved[valid] = shapely.area(difference) > _UNCHANGED_M2
    changed[rows] = moved
    return changed


def _balance(
    name: str,
    before: tuple[NDArray[Any], BoolArray],
    after: tuple[NDArray[Any], BoolArray],
    *,
    names: NDArray[Any],
    counts: NDArray[np.int64],
) -> Finding:
    areas = [float(shapely.area(shapes[kept]).sum()) for shapes, kept in (before, after)]
    sums = [int(counts[kept].sum()) for _, kept in (before, after)]
    values = {
        "count": len(names),
        "area_before_m2": areas[0],
        "area_after_m2": areas[1],
        "residents_before": sums[0],
        "residents_after": sums[1],
    }
    return Finding(f"repair.{name}", "warning", where=tuple(map(str, names)), values=values)
