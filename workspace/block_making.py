"""Blocks where there are none: from census cells and municipalities, or residents from a raster (Blöcke bilden)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from geodata.cell_files import CellFile, read_cell_file
from geodata.county import CountyBlocks, CountyForm, blocks_from_cells, county_cells
from geodata.crs import metric_frame
from geodata.line_layer import read_shapes
from geodata.municipalities import read_municipalities
from geodata.open_layer import open_layer
from geodata.provenance import PROVENANCE_LAYER, Provenance, provenance_rows, sha256_of
from geodata.raster_counts import counts_from_raster
from geodata.write_plan import write_layers
from reporting.text_de import provenance as words
from spatial.errors import Finding, InputError

FILE = "bloecke.gpkg"
RESIDENTS = "einwohner"


@dataclass(frozen=True)
class CellSources:
    """What blocks are made from.

    Attributes
    ----------
    cells : census cells with residents
    municipalities : layer with key (AGS), name and borders, for example VG250-EW
    key : first digits of the AGS to keep, empty = all municipalities of the layer
    column : column of the cells with the residents, None = guess
    lines : file with streets, railways or rivers that blocks should not cross, None = none
    minimum : every block holds at least so many residents
    to_totals : bring every municipality to its official sum (needs one in the layer)
    """

    cells: Path
    municipalities: Path
    key: str = ""
    column: str | None = None
    lines: Path | None = None
    minimum: int = 100
    to_totals: bool = False


@dataclass(frozen=True, eq=False)
class MadeBlocks:
    """A block file that was made, with its balance.

    Attributes
    ----------
    path : GeoPackage with the layers ``blocks``, ``municipalities`` and ``provenance``
    balance : one row per municipality: ags, gemeinde, bloecke, zellen, amtlich (missing = unknown), einwohner
    findings : sums before and after, stray cells, differences
    """

    path: Path
    balance: pd.DataFrame
    findings: tuple[Finding, ...]


def blocks_from_census(sources: CellSources, folder: Path) -> MadeBlocks:
    """Blocks from census cells cut by municipal borders, written to ``folder``; nobody is lost.

    Errors
    ------
    InputError : a file cannot be used, no such municipality, or nobody lives in the cells
    """
    towns = read_municipalities(sources.municipalities, county=sources.key)
    found = read_cell_file(sources.cells, column=sources.column)
    residents = _ours(found, sources, towns)
    form = CountyForm(sources.minimum, _lines(sources, towns), _totals(towns) if sources.to_totals else None)
    made = blocks_from_cells(found.cells, residents, towns, form=form)
    origin = _origin(sources, found, towns)
    path = _written(folder, made.frame, towns=towns, origin=origin)
    size = Finding("county.cells.coarse", "warning", (found.provenance.source,), {"size_m": found.cells.size_m})
    findings = (*made.findings, *((size,) if found.cells.size_m > 100 else ()))
    return MadeBlocks(path, _balance(made, towns), findings)


def blocks_from_raster(raster: Path, areas: Path, folder: Path, *, layer: str | None = None) -> MadeBlocks:
    """The areas of a file with residents from a population raster, cells on a border counted by the part inside.

    Errors
    ------
    InputError : the raster or the areas cannot be used
    """
    opened = open_layer(areas, layer=layer)
    frame, _, _ = metric_frame(opened.frame, crs=None)
    counts, findings = counts_from_raster(raster, frame)
    made = frame.drop(columns=[c for c in frame.columns if str(c).lower() == RESIDENTS])
    made[RESIDENTS] = counts
    part = Provenance(raster.name, "", sha256_of(raster))
    origin = opened.provenance.after(f"raster {raster.name}").together_with(part)
    return MadeBlocks(_written(folder, made, towns=None, origin=origin), pd.DataFrame(), findings)


def cell_columns(path: Path) -> tuple[str, ...]:
    """The columns of a cell file for a choice; empty where it cannot be opened or needs none."""
    try:
        frame = open_layer(path).frame
    except InputError:
        return ()
    return tuple(str(c) for c in frame.columns if c != frame.active_geometry_name)


def _ours(found: CellFile, sources: CellSources, towns: geopandas.GeoDataFrame) -> Any:
    """The residents that live inside the wanted municipalities; with their neighbours known, border cells are split."""
    everybody = read_municipalities(sources.municipalities)
    if len(everybody) == len(towns):
        return found.residents
    return county_cells(found.cells, found.residents, everybody, sources.key)


def _lines(sources: CellSources, towns: geopandas.GeoDataFrame) -> Any:
    return None if sources.lines is None else read_shapes(sources.lines, layer=None, epsg=int(towns.crs.to_epsg() or 0))


def _totals(towns: geopandas.GeoDataFrame) -> dict[str, int]:
    known = towns[towns["residents"].notna()]
    return {str(key): int(count) for key, count in zip(known["ags"], known["residents"], strict=True)}


def _origin(sources: CellSources, found: CellFile, towns: geopandas.GeoDataFrame) -> Provenance:
    steps = [f"cells {found.cells.size_m} {sources.minimum}"]
    steps += ["lines"] if sources.lines is not None else []
    steps += ["totals"] if sources.to_totals else []
    parts = [found.provenance, towns.attrs["provenance"]]
    if sources.lines is not None:
        parts.append(Provenance(sources.lines.name, "", sha256_of(sources.lines)))
    return Provenance(FILE, steps=tuple(steps)).together_with(*parts)


def _written(folder: Path, blocks: Any, *, towns: Any, origin: Provenance) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.unlink(missing_ok=True)
    rows = provenance_rows(origin, ["blocks"], described=lambda part: words.steps(part.steps))
    layers = {"blocks": blocks, "municipalities": towns, PROVENANCE_LAYER: pd.DataFrame(rows)}
    try:
        write_layers(path, {name: frame for name, frame in layers.items() if frame is not None})
    except (OSError, RuntimeError) as error:
        raise InputError(Finding("write.failed", where=(str(path),))) from error
    return path


def _balance(made: CountyBlocks, towns: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Per municipality: blocks, residents of the cells, official ones, residents of the blocks."""
    table = towns[["ags", "name"]].rename(columns={"name": "gemeinde"}).set_index("ags")
    table["bloecke"] = made.frame.groupby("ags").size()
    table[RESIDENTS] = made.frame.groupby("ags")[RESIDENTS].sum()
    moved = {f.where[0]: f.values["cells"] for f in made.findings if f.code == "county.totals.difference"}
    table["zellen"] = [moved.get(key, sum_) for key, sum_ in table[RESIDENTS].items()]
    table["amtlich"] = towns.set_index("ags")["residents"]
    counts = ["bloecke", "zellen", RESIDENTS]
    return pd.DataFrame(table.assign(**table[counts].fillna(0).astype(np.int64))).reset_index()
