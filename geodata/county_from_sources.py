"""A ready county from the official files: one call from AGS to GeoPackage (Kreis aus amtlichen Daten)."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import shapely

from geodata.census_grid import GRID_EPSG, CensusCells, read_census
from geodata.county import CountyBlocks, CountyForm, blocks_from_cells, county_cells, write_county
from geodata.municipalities import read_municipalities
from geodata.unpack import unpack_member
from spatial.errors import Finding, InputError

RESIDENTS = "Einwohner"
_KEY_LENGTHS = (5, 8)
_NEIGHBOURS_M = 2_000.0


def make_county(
    ags: str,
    out: Path,
    *,
    municipalities: Path,
    census: Path,
    form: CountyForm | None = None,
) -> CountyBlocks:
    """Build a block file for any county or municipality from VG250 and the census grid.

    Parameters
    ----------
    ags : 5 digits of a county or 8 of a municipality
    out : GeoPackage to write, layers ``blocks`` and ``municipalities``
    municipalities : VG250 or VG250-EW as published (zip, Shapefile, GeoPackage)
    census : grid file of 100 m or 1 km as published (CSV, or the zip it comes in)
    form : minimum of residents per block, lines to follow, official totals

    Errors
    ------
    InputError : unknown key, wrong layout, a county without residents in the grid, or a folder that cannot be written
    """
    if not (ags.isascii() and ags.isdigit() and len(ags) in _KEY_LENGTHS):
        raise InputError(Finding("county.key", where=(ags,)))
    everybody = read_municipalities(municipalities)
    ours = everybody[everybody["ags"].str.startswith(ags)].reset_index(drop=True)
    if not len(ours):
        raise InputError(Finding("county.unknown", where=(ags,)))
    cells = _cells_around(census, ours)
    near = everybody[shapely.dwithin(everybody.geometry.to_numpy(), shapely.union_all(ours.geometry), _NEIGHBOURS_M)]
    residents = county_cells(cells, cells.counts(RESIDENTS), near, ags)
    blocks = blocks_from_cells(cells, residents, ours, form=form)
    try:
        scratch = out.with_name(f".{out.stem}.part{out.suffix}")
        scratch.unlink(missing_ok=True)
        write_county(scratch, blocks, ours)
        scratch.replace(out)
    except (OSError, RuntimeError) as error:
        raise InputError(Finding("write.failed", where=(str(out),))) from error
    size = Finding("county.cells.coarse", "warning", (ags,), {"size_m": cells.size_m})
    return replace(blocks, findings=(*blocks.findings, size)) if cells.size_m > 100 else blocks


def _cells_around(census: Path, county: geopandas.GeoDataFrame) -> CensusCells:
    """The cells of the file in the extent of the county."""
    cells = _census(census)
    west, south, east, north = county.geometry.to_crs(GRID_EPSG).total_bounds
    middle = cells.corner_m + cells.size_m / 2
    inside = (middle >= [west - 1000, south - 1000]).all(axis=1) & (middle <= [east + 1000, north + 1000]).all(axis=1)
    kept = np.flatnonzero(inside)
    values = {name: column[kept] for name, column in cells.values.items()}
    return CensusCells(cells.corner_m[kept], cells.size_m, values, cells.uncertain[kept])


def _census(path: Path) -> CensusCells:
    if not zipfile.is_zipfile(path):
        return read_census(path, columns=[RESIDENTS])
    with tempfile.TemporaryDirectory() as scratch:
        return read_census(unpack_member(path, Path(scratch), wanted="100m"), columns=[RESIDENTS])
