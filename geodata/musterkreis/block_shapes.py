"""From lines to blocks: a gap-free cover of the county whose neighbours share every vertex (Blockgeometrie)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import LineString

from geodata.musterkreis.borders import GRID_M
from geodata.musterkreis.wobble import FloatArray

_SMALLEST_SETTLED_M2 = 9_000.0
_SMALLEST_OPEN_M2 = 60_000.0
_THINNEST = 0.14  # compactness (Polsby–Popper) below which a small face is a sliver
_LARGE_M2 = 250_000.0
_ROUNDS = 8
_OVER_A_BARRIER = 1e-4  # only where nothing else is left


@dataclass(frozen=True, eq=False)
class Faces:
    """Pieces of land: (n,) polygons, and for each its municipality (position), its yard and whether it is settled.

    A yard is the land of a municipality on one side of motorway and railway.
    """

    shapes: NDArray[Any]
    town: NDArray[np.int64]
    yard: NDArray[np.int64]
    settled: NDArray[np.bool_]


def faces_between(lines: list[LineString]) -> NDArray[Any]:
    """The faces between lines, on the decimetre grid; (n,) polygons, gap-free and without overlap."""
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=GRID_M)
    return np.asarray(shapely.get_parts(shapely.polygonize([noded])))


def common_borders(shapes: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], FloatArray]:
    """Pairs of touching faces and the length of their common border, found by identical segments.

    Returns
    -------
    (e,) first, (e,) second, first < second; (e,) metres
    """
    xy, owner = shapely.get_coordinates(shapely.get_rings(shapes), return_index=True)
    ring_of = shapely.get_rings(shapes, return_index=True)[1]
    grid = np.round(xy / GRID_M).astype(np.int64)
    code = grid[:, 0] * 100_000_000 + grid[:, 1]
    same = owner[1:] == owner[:-1]
    low, high = np.minimum(code[1:], code[:-1])[same], np.maximum(code[1:], code[:-1])[same]
    face, length = ring_of[owner[1:][same]], np.hypot(*np.diff(xy, axis=0).T)[same]
    order = np.lexsort((face, high, low))
    low, high, face, length = low[order], high[order], face[order], length[order]
    twin = (low[1:] == low[:-1]) & (high[1:] == high[:-1]) & (face[1:] != face[:-1])
    n = len(shapes)
    table = coo_matrix((length[1:][twin], (face[:-1][twin], face[1:][twin])), shape=(n, n)).tocsr().tocoo()
    pairs = np.lexsort((table.col, table.row))
    return table.row[pairs].astype(np.int64), table.col[pairs].astype(np.int64), table.data[pairs]


def without_slivers(faces: Faces) -> Faces:
    """The faces after slivers and crumbs have joined the neighbour they share most border with.

    A face joins only inside its municipality, rather on its side of motorway and railway, and rather land of its own
    kind (settled or open).
    """
    for _ in range(_ROUNDS):
        joins = _joins(faces)
        if not len(joins):
            break
        faces = _merged(faces, joins)
    return faces


def _joins(faces: Faces) -> NDArray[np.int64]:
    """(k, 2) crumb and host; a crumb without a neighbour in its municipality stays."""
    area, round_enough = shapely.area(faces.shapes), _compactness(faces.shapes) >= _THINNEST
    smallest = np.where(faces.settled, _SMALLEST_SETTLED_M2, _SMALLEST_OPEN_M2)
    crumb = (area < smallest) | (~round_enough & (area < _LARGE_M2))
    first, second, border_m = common_borders(faces.shapes)
    a, b = np.concatenate([first, second]), np.concatenate([second, first])
    worth = np.concatenate([border_m, border_m]) * np.where(faces.settled[a] == faces.settled[b], 1.0, 0.4)
    worth = worth * np.where(faces.yard[a] == faces.yard[b], 1.0, _OVER_A_BARRIER)
    usable = crumb[a] & (faces.town[a] == faces.town[b])
    a, b, worth = a[usable], b[usable], worth[usable]
    best = np.lexsort((b, -worth, a))
    _, start = np.unique(a[best], return_index=True)
    return np.column_stack([a[best][start], b[best][start]])


def _merged(faces: Faces, joins: NDArray[np.int64]) -> Faces:
    n = len(faces.shapes)
    graph = coo_matrix((np.ones(len(joins)), joins.T), shape=(n, n))
    count, label = connected_components(graph, directed=False)
    order = np.lexsort((-shapely.area(faces.shapes), label))
    largest = order[np.unique(label[order], return_index=True)[1]]  # the largest member lends its attributes
    shapes = faces.shapes[largest].copy()
    for group in np.flatnonzero(np.bincount(label, minlength=count) > 1):
        shapes[group] = shapely.coverage_union_all(faces.shapes[label == group])
    return Faces(shapes, faces.town[largest], faces.yard[largest], faces.settled[largest])


def _compactness(shapes: NDArray[Any]) -> FloatArray:
    ratio: FloatArray = 4.0 * np.pi * shapely.area(shapes) / shapely.length(shapes) ** 2
    return ratio
