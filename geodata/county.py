"""A county made from official open data: municipalities and census cells become blocks (Kreis aus Zensusgitter)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.barriers import barriers_from_lines
from geodata.cell_shares import raked_counts, shared_counts
from geodata.cell_tiles import adaptive_tiles, cell_squares, faces
from geodata.census_grid import GRID_EPSG, CensusCells
from geodata.dissolve import dissolved
from geodata.merge_small import merged_labels
from geodata.write_plan import write_layers
from spatial.arrays import IntArray, LabelArray
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.errors import Finding, InputError

SMALLEST_BLOCK_M2 = 2_000.0  # less is a sliver of the cutting
_CROWDED = 3  # a tile is divided from so many times the wanted minimum of residents on


@dataclass(frozen=True)
class CountyForm:
    """How blocks are made from cells.

    Attributes
    ----------
    minimum_residents : every block holds at least so many, unless its municipality has fewer; 0 = only slivers join
    lines : streets, railways, rivers that blocks should not cross, in the CRS of the municipalities
    totals : AGS → official residents; each municipality is brought to exactly this sum
    """

    minimum_residents: int = 100
    lines: NDArray[Any] | None = None
    totals: Mapping[str, int] | None = None


@dataclass(frozen=True, eq=False)
class CountyBlocks:
    """Blocks of a county and the balance of their making.

    ``frame`` has block_id, ags, gemeinde, einwohner, geometry; ``findings`` holds the balance per municipality.
    """

    frame: geopandas.GeoDataFrame
    findings: tuple[Finding, ...]


def blocks_from_cells(
    cells: CensusCells, residents: IntArray, municipalities: geopandas.GeoDataFrame, *, form: CountyForm | None = None
) -> CountyBlocks:
    """Statistical blocks for a county that has none: census cells cut by municipal borders, joined to a minimum.

    Parameters
    ----------
    cells : cells of 100 m or 1 km, all of the county's residents and nobody else's
    residents : (n,) int64
    municipalities : columns ags, name, geometry in a metric CRS, as ``read_municipalities`` gives them
    form : minimum of residents, lines to follow, official totals

    Returns
    -------
    CountyBlocks: gap-free blocks inside one municipality each; the residents of all cells, to the last one

    Errors
    ------
    InputError : no cell has a resident
    """
    wanted = form or CountyForm()
    if not residents.sum():
        raise InputError(Finding("county.nobody"))
    extent = np.array(municipalities.geometry.to_crs(GRID_EPSG).total_bounds)
    tiles = adaptive_tiles(cells, residents, extent, crowded=_CROWDED * max(wanted.minimum_residents, 20))
    pieces, owner = faces(tiles, municipalities, lines=wanted.lines)
    counts, strays = shared_counts(cell_squares(cells, municipalities.crs), residents, pieces)
    findings = _stray_findings(cells, residents, strays)
    if wanted.totals is not None:
        counts, more = _to_totals(counts, owner, municipalities, wanted.totals)
        findings += more
    labels = _merged(pieces, counts, owner, wanted)
    frame = _frame(pieces, counts, owner, labels=labels, municipalities=municipalities)
    balance = {"before": int(residents.sum()), "after": int(frame["einwohner"].sum()), "block_count": len(frame)}
    return CountyBlocks(frame, (Finding("county.balance", "note", values=balance), *findings))


def county_cells(
    cells: CensusCells, residents: IntArray, municipalities: geopandas.GeoDataFrame, county: str
) -> IntArray:
    """The residents of each cell that live inside the county; cells on its border are split by area.

    Parameters
    ----------
    municipalities : those of the county and of its neighbours, so that border cells can be split
    county : first digits of the AGS

    Returns
    -------
    (n,) int64, ≤ residents
    """
    squares = cell_squares(cells, municipalities.crs)
    shapes = municipalities.geometry.to_numpy()
    inside = municipalities["ags"].str.startswith(county).to_numpy(bool)
    ours, others = shapely.union_all(shapes[inside]), shapely.union_all(shapes[~inside])
    shapely.prepare(ours)
    near = np.flatnonzero(shapely.intersects(ours, squares) & (residents > 0))
    area = shapely.area(shapely.intersection(squares[near], ours))
    foreign = shapely.area(shapely.intersection(squares[near], others))
    result = np.zeros(len(cells), dtype=np.int64)
    with np.errstate(invalid="ignore"):
        share = np.nan_to_num(area / (area + foreign))
    result[near] = np.round(residents[near] * share).astype(np.int64)
    return result


def write_county(path: Path, blocks: CountyBlocks, municipalities: geopandas.GeoDataFrame) -> None:
    """Write the blocks and the municipalities as a GeoPackage that ``raumwerk propose`` reads without options."""
    write_layers(path, {"blocks": blocks.frame, "municipalities": municipalities})


def _merged(pieces: NDArray[Any], counts: IntArray, owner: LabelArray, form: CountyForm) -> LabelArray:
    contiguity = contiguity_from_polygons(pieces)
    if form.lines is not None and len(form.lines):
        names = [str(i) for i in range(len(pieces))]
        contiguity = contiguity.with_barriers(barriers_from_lines(pieces, contiguity, form.lines, ids=names).closed)
    least = (form.minimum_residents, SMALLEST_BLOCK_M2)
    return merged_labels(contiguity, counts, shapely.area(pieces), group=owner, minimum=least)


def _frame(
    pieces: NDArray[Any],
    counts: IntArray,
    owner: LabelArray,
    *,
    labels: LabelArray,
    municipalities: geopandas.GeoDataFrame,
) -> geopandas.GeoDataFrame:
    """One row per block, numbered inside its municipality from north to south."""
    shapes = dissolved(pieces, labels)
    first = np.unique(labels, return_index=True)[1]
    columns = {
        "ags": municipalities["ags"].to_numpy()[owner[first]],
        "gemeinde": municipalities["name"].to_numpy()[owner[first]],
        "einwohner": np.bincount(labels, weights=counts, minlength=len(shapes)).astype(np.int64),
    }
    frame = geopandas.GeoDataFrame(pd.DataFrame(columns), geometry=shapes, crs=municipalities.crs)
    centre = shapely.centroid(shapes)
    order = np.lexsort(
        (shapely.get_x(centre).round(), -shapely.get_y(centre).round(), frame["ags"].to_numpy(dtype=str))
    )
    frame = frame.iloc[order].reset_index(drop=True)
    number = frame.groupby("ags").cumcount() + 1
    frame.insert(0, "block_id", [f"{ags}-{k:04d}" for ags, k in zip(frame["ags"], number, strict=True)])
    return frame


def _stray_findings(cells: CensusCells, residents: IntArray, strays: IntArray) -> tuple[Finding, ...]:
    if not len(strays):
        return ()
    where = tuple(f"N{north}E{east}" for east, north in cells.corner_m[strays])
    values = {"count": len(strays), "residents": int(residents[strays].sum())}
    return (Finding("county.cells.stray", "warning", where=where, values=values),)


def _to_totals(
    counts: IntArray, owner: LabelArray, municipalities: geopandas.GeoDataFrame, totals: Mapping[str, int]
) -> tuple[IntArray, tuple[Finding, ...]]:
    """Each municipality brought to its official sum, with the difference said for every one."""
    keys = list(municipalities["ags"])
    missing = tuple(key for key in keys if key not in totals)
    if missing:
        raise InputError(Finding("county.totals.missing", where=missing, values={"count": len(missing)}))
    wanted = np.array([int(totals[key]) for key in keys], dtype=np.int64)
    before = np.bincount(owner, weights=counts, minlength=len(keys)).astype(np.int64)
    findings = tuple(
        Finding("county.totals.difference", "note", (key,), {"cells": int(b), "official": int(w)})
        for key, b, w in zip(keys, before, wanted, strict=True)
        if b != w
    )
    return raked_counts(counts, owner.astype(np.int64), wanted), findings
