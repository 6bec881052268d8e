"""From the lines a constraints file names to borders between blocks (Barrieren und bevorzugte Grenzen)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from geodata.barriers import barriers_from_lines, shares_along
from geodata.line_layer import read_shapes
from regionalization.line_demands import LineBorders, LineDemand, Pairs, ReadLines
from spatial.arrays import BoolArray
from spatial.errors import Finding
from workspace.county import County

MOSTLY = 0.5  # share of a common border that has to run along a line


def line_reader(county: County, folder: Path) -> ReadLines:
    """The reader of line layers for ``read_constraints``; ``folder`` is where the constraints file lies."""

    def read(demand: LineDemand) -> LineBorders:
        return _barriers(county, folder, demand) if demand.kind == "barriers" else _preferred(county, folder, demand)

    return read


def _barriers(county: County, folder: Path, demand: LineDemand) -> LineBorders:
    lines = read_shapes(folder / demand.file, layer=demand.layer, epsg=county.epsg)
    crossings = None
    if demand.crossings is not None or demand.crossings_file is not None:
        file = folder / (demand.crossings_file or demand.file)
        crossings = read_shapes(file, layer=demand.crossings, epsg=county.epsg, kind="crossings")
    found = barriers_from_lines(county.polygons, county.contiguity, lines, ids=county.blocks.ids, crossings=crossings)
    along = found.closed | found.crossed
    note = () if along.any() else (_nothing(demand),)
    return LineBorders(_pairs(county, along), _pairs(county, found.closed), (*found.findings, *note))


def _preferred(county: County, folder: Path, demand: LineDemand) -> LineBorders:
    lines = read_shapes(folder / demand.file, layer=demand.layer, epsg=county.epsg)
    along = shares_along(county.polygons, county.contiguity, lines) >= MOSTLY
    values = {"count": int(along.sum()), "kilometres": float(county.contiguity.border_m[along].sum() / 1000)}
    said = Finding("prefer_cuts.edges", "note", (_name(demand),), values) if along.any() else _nothing(demand)
    return LineBorders(_pairs(county, along), findings=(said,))


def _nothing(demand: LineDemand) -> Finding:
    return Finding(f"{demand.kind}.nothing", "warning", (_name(demand),))


def _name(demand: LineDemand) -> str:
    return f"{demand.file}: {demand.layer}" if demand.layer else demand.file


def _pairs(county: County, chosen: BoolArray) -> Pairs:
    ids = county.blocks.ids
    return tuple((ids[int(a)], ids[int(b)]) for a, b in county.contiguity.edges[np.flatnonzero(chosen)])
