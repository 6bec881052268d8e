"""Ground pieces for a county without blocks: grid tiles cut by municipal borders and given lines (Kacheln)."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.census_grid import GRID_EPSG, CensusCells
from spatial.arrays import FloatArray, IntArray, LabelArray

TILE_SIZES_M = (1000, 500, 100)
_CENTIMETRE = 0.01


def adaptive_tiles(cells: CensusCells, residents: IntArray, extent: FloatArray, *, crowded: int) -> NDArray[Any]:
    """Squares over an extent, small where people live close together and large in the fields.

    Parameters
    ----------
    cells : census cells
    residents : (n,) residents of each cell
    extent : west, south, east, north in metres of EPSG:3035
    crowded : a square with more residents is divided, down to the size of the cells

    Returns
    -------
    (t,) boxes in EPSG:3035
    """
    largest = max(TILE_SIZES_M[0], cells.size_m)
    low = np.floor(extent[:2] / largest).astype(np.int64) * largest
    high = np.ceil(extent[2:] / largest).astype(np.int64) * largest
    east, north = np.meshgrid(np.arange(low[0], high[0], largest), np.arange(low[1], high[1], largest))
    corners = np.c_[east.ravel(), north.ravel()]
    finished = []
    for size, smaller in zip(TILE_SIZES_M, (*TILE_SIZES_M[1:], 0), strict=True):
        people = _people(corners, size, cells, residents)
        divide = (people > crowded) & (smaller >= cells.size_m)
        finished.append(shapely.box(*corners[~divide].T, *(corners[~divide] + size).T))
        if not divide.any():
            break
        corners = _divided(corners[divide], size, smaller)
    return np.concatenate(finished)


def faces(
    tiles: NDArray[Any], municipalities: geopandas.GeoDataFrame, *, lines: NDArray[Any] | None = None
) -> tuple[NDArray[Any], LabelArray]:
    """The pieces into which tiles, municipal borders and given lines cut the ground.

    Parameters
    ----------
    tiles : (t,) boxes in EPSG:3035
    municipalities : polygons in a metric CRS
    lines : streets, railways, rivers in the CRS of the municipalities

    Returns
    -------
    (f,) polygons in the CRS of the municipalities, without gaps or overlaps, and (f,) int32 row of their municipality
    """
    transformer = pyproj.Transformer.from_crs(GRID_EPSG, municipalities.crs, always_xy=True)
    moved = shapely.transform(tiles, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1])))
    borders = municipalities.geometry.to_numpy()
    work = [shapely.boundary(moved), shapely.boundary(borders)]
    if lines is not None and len(lines):
        work.append(np.asarray(lines, dtype=object))
    noded = shapely.union_all(np.concatenate(work), grid_size=_CENTIMETRE)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    owner = _owner(pieces, borders)
    return pieces[owner >= 0], owner[owner >= 0]


def cell_squares(cells: CensusCells, crs: Any) -> NDArray[Any]:
    """The cells as polygons in another CRS; (n,) object array."""
    corner = cells.corner_m
    squares: Any = shapely.box(*corner.T, *(corner + cells.size_m).T)
    transformer = pyproj.Transformer.from_crs(GRID_EPSG, crs, always_xy=True)
    moved: NDArray[Any] = shapely.transform(
        squares, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )
    return moved


def _people(corners: IntArray, size: int, cells: CensusCells, residents: IntArray) -> IntArray:
    """Residents of each square: the cells whose corner lies in it."""
    scale = 1 << 32
    squares = (corners[:, 0] // size) * scale + corners[:, 1] // size
    homes = (cells.corner_m[:, 0] // size) * scale + cells.corner_m[:, 1] // size
    known, where = np.unique(homes, return_inverse=True)
    sums = np.append(np.bincount(where.ravel(), weights=residents, minlength=len(known)), 0)
    place = np.searchsorted(known, squares)
    hit = np.append(known, -1)[place] == squares
    people: IntArray = np.where(hit, sums[place], 0).astype(np.int64)
    return people


def _divided(corners: IntArray, size: int, smaller: int) -> IntArray:
    steps = np.arange(0, size, smaller)
    shift = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    return (corners[:, None, :] + shift[None, :, :]).reshape(-1, 2)


def _owner(pieces: NDArray[Any], borders: NDArray[Any]) -> LabelArray:
    """The municipality that holds a point inside each piece, −1 for none."""
    points = shapely.point_on_surface(pieces)
    piece, border = shapely.STRtree(borders).query(points, predicate="intersects")
    owner: LabelArray = np.full(len(pieces), -1, dtype=np.int32)
    owner[piece[::-1]] = border[::-1]
    return owner
