"""How the blocks lie together: islands, gaps, slivers, parts, strays (Lage der Blöcke zueinander)."""

from __future__ import annotations

import bisect
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.arrays import BoolArray
from spatial.contiguity import Contiguity
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.errors import Finding

TOLERANCES_M = (5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0)
_SLIVER_COMPACTNESS, _SLIVER_M2 = 0.05, 500.0
_FAR = 10.0  # a block ten times as far from the middle as half of the blocks lies astray


def topology_findings(
    polygons: NDArray[Any], ids: tuple[str, ...], *, contiguity: Contiguity, county: Any = None
) -> tuple[Finding, ...]:
    """What is worth knowing about the way the blocks lie together; nothing here forbids going on.

    Parameters
    ----------
    polygons : (n,) valid shapes in metres
    ids : n texts
    contiguity : their neighbourhood
    county : shape of the county, to find blocks outside of it; None = not checked

    Returns
    -------
    findings: blocks without neighbours and separate pieces (with a tolerance that would join them), gaps inside,
    slivers, blocks of several parts, blocks far away or outside the county
    """
    parts = shapely.get_num_geometries(polygons) > 1
    area_m2, length_m = shapely.area(polygons), shapely.length(polygons)
    with np.errstate(divide="ignore", invalid="ignore"):
        thin = 4 * np.pi * area_m2 / length_m**2 < _SLIVER_COMPACTNESS
    found = [
        *_pieces(polygons, ids, contiguity),
        *_gaps(polygons),
        *_named("topology.sliver", thin & (area_m2 < _SLIVER_M2), ids, "warning"),
        *_named("topology.multipart", parts, ids, "note"),
        *_named("topology.astray", _astray(polygons), ids, "warning"),
    ]
    if county is not None:
        outside = ~shapely.intersects(polygons, county)
        found += _named("topology.outside", outside, ids, "warning")
    return tuple(found)


def suggested_tolerance_m(polygons: NDArray[Any], *, pieces: int = 1) -> float | None:
    """The smallest street width in metres over which the blocks hang together in so many pieces; None if too wide.

    >>> suggested_tolerance_m(np.array([shapely.box(0, 0, 90, 90), shapely.box(102, 0, 190, 90)]))
    15.0
    """

    def joins(tolerance_m: float) -> bool:
        found = contiguity_from_polygons(polygons, tolerance_m=tolerance_m)
        return int(found.components().max(initial=-1)) + 1 <= pieces

    place = bisect.bisect_left(TOLERANCES_M[:-1], True, key=joins)
    return TOLERANCES_M[place] if joins(TOLERANCES_M[place]) else None


def _pieces(polygons: NDArray[Any], ids: tuple[str, ...], contiguity: Contiguity) -> list[Finding]:
    labels = contiguity.components(passable_only=False)
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return []
    lonely = sizes[labels] == 1
    many = bool(lonely.mean() > 0.2)  # then streets lie between the blocks and not water between islands
    tolerance_m = suggested_tolerance_m(polygons) if many else None
    values = {"pieces": len(sizes), "islands": int(lonely.sum()), "largest": int(sizes.max())}
    if tolerance_m is not None:
        values["tolerance_m"] = int(tolerance_m)
    where = tuple(ids[i] for i in np.flatnonzero(labels != np.argmax(sizes)))
    code = "topology.streets_between" if tolerance_m is not None else "topology.pieces"
    return [Finding(code, "warning", where=where, values=values)]


def _gaps(polygons: NDArray[Any]) -> list[Finding]:
    """Holes in the covered ground; only where the blocks fit together exactly otherwise."""
    if len(polygons) < 2 or not shapely.coverage_is_valid(polygons):
        return []
    ground = shapely.get_parts(shapely.coverage_union_all(polygons))
    rings = [ring for part in ground for ring in part.interiors]
    if not rings:
        return []
    holes = shapely.polygons(rings)
    points = shapely.point_on_surface(holes)
    where = tuple(f"{x:.0f} / {y:.0f}" for x, y in zip(shapely.get_x(points), shapely.get_y(points), strict=True))
    values = {"count": len(holes), "area_m2": float(shapely.area(holes).sum())}
    return [Finding("topology.gap", "warning", where=where, values=values)]


def _astray(polygons: NDArray[Any]) -> BoolArray:
    centres = shapely.get_coordinates(shapely.centroid(polygons))
    distance = np.hypot(*(centres - np.median(centres, axis=0)).T)
    far: BoolArray = distance > _FAR * max(float(np.median(distance)), 1.0)
    return far


def _named(code: str, bad: BoolArray, ids: tuple[str, ...], severity: Any) -> list[Finding]:
    where = tuple(ids[i] for i in np.flatnonzero(bad))
    return [Finding(code, severity, where=where, values={"count": len(where)})] if where else []
