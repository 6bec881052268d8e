"""Residents from rasters onto given blocks, also with a mask of where people live (Raster, dasymetrisch)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import rasterio
import shapely
from exactextract import exact_extract
from numpy.typing import NDArray
from rasterio.errors import RasterioError

from geodata.cell_shares import shared_counts
from geodata.resident_counts import LARGEST_BLOCK, whole_numbers
from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError

_UNREADABLE = (RasterioError, RuntimeError, ValueError, OSError, ArithmeticError, MemoryError, TypeError, KeyError)


def counts_from_raster(
    path: Path, blocks: geopandas.GeoDataFrame, *, band: int = 1
) -> tuple[IntArray, tuple[Finding, ...]]:
    """Residents of each block from a population raster, cells on a border counted by the part inside.

    Parameters
    ----------
    path : GeoTIFF whose cells hold residents (not residents per km²)
    blocks : (n rows) layer in any CRS
    band : band of the raster, from 1

    Returns
    -------
    (n,) int64 summing to the rounded sum over all blocks, and a finding with the sum of the raster and of the blocks

    Errors
    ------
    InputError : no raster, no coordinate system, no such band, or negative cells
    """
    sums = covered_sums(path, blocks, band=band)
    if (sums < 0).any():
        raise InputError(Finding("raster.negative", where=(Path(path).name,)))
    if not (sums <= LARGEST_BLOCK).all():
        raise InputError(Finding("raster.too_large", where=(Path(path).name,)))
    counts = whole_numbers(sums)
    values = {"raster": float(raster_total(path, band=band)), "blocks_sum": int(counts.sum())}
    return counts, (Finding("raster.balance", "note", where=(Path(path).name,), values=values),)


def covered_sums(path: Path, blocks: geopandas.GeoDataFrame, *, band: int = 1) -> FloatArray:
    """(n,) float64: the sum of the cells under each block, weighted by the covered part of each cell."""
    try:
        with _quiet(), rasterio.open(path) as raster:
            _refuse_odd(raster, path, band)
            layer = blocks.geometry.to_frame("geometry").to_crs(raster.crs)
            table = exact_extract(raster, layer, ["sum"], output="pandas")
    except InputError:
        raise
    except _UNREADABLE as error:
        raise InputError(Finding("raster.unreadable", where=(Path(path).name,))) from error
    column = "sum" if "sum" in table else f"band_{band}_sum"
    sums: FloatArray = np.nan_to_num(table[column].to_numpy(np.float64))
    return sums


def raster_total(path: Path, *, band: int = 1) -> float:
    """The sum of all cells of a raster that hold a value."""
    with _quiet(), rasterio.open(path) as raster:
        return float(raster.read(band, masked=True).astype(np.float64).sum())


def dasymetric_counts(
    areas: NDArray[Any],
    counts: IntArray,
    blocks: geopandas.GeoDataFrame,
    *,
    settled: geopandas.GeoDataFrame | Path,
) -> IntArray:
    """Counts of larger areas handed to the blocks by where people can live in them.

    Parameters
    ----------
    areas : (a,) polygons, for example municipalities, in the CRS of the blocks
    counts : (a,) int64
    blocks : (n rows) layer in a metric CRS
    settled : settlement areas as a layer of polygons, or as a raster whose cells say how much is lived in them

    Returns
    -------
    (n,) int64 with exactly the sum of the counts; an area without any settled ground is shared out by area

    Source
    ------
    Eicher and Brewer (2001), Dasymetric Mapping and Areal Interpolation, CaGIS 28(2); binary mask
    """
    shapes = blocks.geometry.to_numpy()
    if isinstance(settled, Path):
        lived = covered_sums(settled, blocks)
    else:
        mask = shapely.union_all(shapely.make_valid(settled.geometry.to_crs(blocks.crs).to_numpy()))
        lived = shapely.area(shapely.intersection(shapes, mask))
    area = shapely.area(shapes)
    weight = np.divide(lived, area, out=np.zeros_like(area), where=area > 0)
    return shared_counts(areas, counts, shapes, weight=weight)[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Warnings of the raster libraries are about their own insides."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _refuse_odd(raster: Any, path: Path, band: int) -> None:
    if raster.crs is None:
        raise InputError(Finding("raster.crs", "question", where=(Path(path).name,)))
    if not 1 <= band <= raster.count:
        raise InputError(Finding("raster.band", where=(str(band),), values={"bands": raster.count}))
