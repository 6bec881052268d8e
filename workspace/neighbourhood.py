"""Who is a neighbour of whom, as the planner decides it: streets, barriers, bridges (Nachbarschaft prüfen)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.barriers import barriers_from_lines, suggested_bridges
from geodata.line_layer import read_shapes
from geodata.outlines import to_degrees
from spatial.arrays import LabelArray
from spatial.contiguity import Contiguity
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.errors import Finding
from spatial.fingerprint import county_fingerprint
from spatial.outlines import Outlines
from workspace.county import County
from workspace.workspace import Workspace

KEPT = "refused_bridges"  # the setting of the project file
_THIN = 0.0025  # a bridge is drawn with this share of the county's width
Pair = tuple[str, str]


@dataclass(frozen=True)
class Bridge:
    """A connection between two blocks that do not touch: suggested by the machine, decided by a person."""

    pair: Pair
    gap_m: float
    municipality: str


@dataclass(frozen=True)
class Cohesion:
    """How the blocks hang together under the present decisions.

    Attributes
    ----------
    pieces : connected parts over all blocks
    islands : blocks without any neighbour
    split : municipality keys whose own blocks are more than one piece
    """

    pieces: int
    islands: int
    split: tuple[str, ...]


def decided(workspace: Workspace) -> Contiguity:
    """The neighbourhood with the closed borders and declared bridges of the settings."""
    return _decided(workspace.county, workspace)


def cohesion(workspace: Workspace) -> Cohesion:
    """Pieces, islands and municipalities in several parts, as they stand."""
    return _cohesion(workspace.county, decided(workspace))


def cohesion_with_gap(workspace: Workspace, gap_m: float) -> Cohesion:
    """The same if blocks over streets of this width were neighbours; nothing is changed."""
    return _cohesion(workspace.county, _decided(county_with_gap(workspace.county, gap_m), workspace))


def with_gap(workspace: Workspace, gap_m: float) -> Workspace:
    """The county with neighbours over streets up to this width; plans stay, proposals for the old one go."""
    return replace(workspace, county=county_with_gap(workspace.county, gap_m), proposals=())


def county_with_gap(county: County, gap_m: float) -> County:
    """The county with its neighbourhood worked out anew."""
    contiguity = contiguity_from_polygons(county.polygons, tolerance_m=gap_m)
    steps = () if county.provenance is None else tuple(s for s in county.provenance.steps if not s.startswith("gap "))
    origin = county.provenance and replace(county.provenance, steps=(*steps, *([f"gap {gap_m}"] if gap_m else ())))
    return replace(
        county,
        contiguity=contiguity,
        choice=replace(county.choice, gap_m=gap_m),
        fingerprint=county_fingerprint(county.blocks, contiguity),
        findings=tuple(f for f in county.findings if f.code not in ("topology.pieces", "topology.streets_between")),
        provenance=origin,
    )


def suggestions(workspace: Workspace, *, refused: Sequence[Pair] = ()) -> tuple[Bridge, ...]:
    """The shortest bridges that would still join islands and exclaves inside their municipality, undecided ones only.

    Parameters
    ----------
    refused : pairs that were looked at and not wanted
    """
    county = workspace.county
    blocks, ids = county.blocks, county.blocks.ids
    pairs, gap_m = suggested_bridges(county.polygons, decided(workspace), within=blocks.municipality)
    away = {tuple(sorted(pair)) for pair in refused}
    names = [blocks.municipalities[int(blocks.municipality[a])].name for a, _ in pairs]
    found = [
        Bridge((ids[int(a)], ids[int(b)]), float(gap), name)
        for (a, b), gap, name in zip(pairs, gap_m, names, strict=True)
    ]
    return tuple(bridge for bridge in found if tuple(sorted(bridge.pair)) not in away)


def with_bridge(workspace: Workspace, pair: Pair) -> Workspace:
    """A bridge is declared; the engine may lead a region over it."""
    bridges = workspace.settings.constraints.bridge_edges
    return _with(workspace, bridge_edges=(*bridges, pair)) if pair not in bridges else workspace


def without_bridge(workspace: Workspace, pair: Pair) -> Workspace:
    """A declared bridge is taken back."""
    return _with(workspace, bridge_edges=tuple(p for p in workspace.settings.constraints.bridge_edges if p != pair))


def barriers_of(
    county: County, path: Path, *, layer: str | None = None, crossings: str | None = None
) -> tuple[tuple[Pair, ...], tuple[Finding, ...]]:
    """The neighbouring blocks that the lines of a file separate; nothing is changed yet.

    Parameters
    ----------
    path : file with lines of motorways, railways or rivers
    layer : its layer; None = the only one with lines
    crossings : layer of the same file with bridges and underpasses (points, or lines that cross)

    Errors
    ------
    InputError : no such file or layer, no lines in it, or no coordinate system
    """
    lines = read_shapes(path, layer=layer, epsg=county.epsg)
    points = None if crossings is None else read_shapes(path, layer=crossings, epsg=county.epsg, kind="crossings")
    found = barriers_from_lines(county.polygons, county.contiguity, lines, ids=county.blocks.ids, crossings=points)
    ids, edges = county.blocks.ids, county.contiguity.edges[found.closed]
    return tuple((ids[int(a)], ids[int(b)]) for a, b in edges), found.findings


def with_barriers(workspace: Workspace, pairs: Sequence[Pair]) -> Workspace:
    """These borders are closed from now on, in place of those closed before; none = all are open again."""
    return _with(workspace, barrier_edges=tuple(pairs))


def pair_outlines(county: County, pairs: Sequence[Pair]) -> Outlines:
    """The connections as thin shapes for the map, in longitude and latitude; ids are both blocks with „ / “ between."""
    place = {block_id: i for i, block_id in enumerate(county.blocks.ids)}
    west, south, east, north = shapely.total_bounds(county.polygons)
    width_m = max(_THIN * max(east - west, north - south), 1.0)
    one = county.polygons[[place[a] for a, _ in pairs]] if pairs else np.empty(0, dtype=object)
    other = county.polygons[[place[b] for _, b in pairs]] if pairs else np.empty(0, dtype=object)
    shapes = shapely.buffer(_links(one, other, width_m), width_m, quad_segs=4)
    return Outlines(tuple(f"{a} / {b}" for a, b in pairs), to_degrees(shapes, county.epsg), 4326)


def closed_outlines(county: County, pairs: Sequence[Pair]) -> Outlines:
    """The closed borders as thin shapes for the map, in longitude and latitude."""
    place = {block_id: i for i, block_id in enumerate(county.blocks.ids)}
    known = [(a, b) for a, b in pairs if a in place and b in place]
    if not known:
        return Outlines((), np.empty(0, dtype=object), 4326)
    west, south, east, north = shapely.total_bounds(county.polygons)
    reach = max(county.choice.gap_m, 0.5)
    one, other = (county.polygons[[place[pair[side]] for pair in known]] for side in (0, 1))
    border = shapely.intersection(shapely.boundary(one), shapely.buffer(other, reach))
    shapes = shapely.buffer(border, max(0.001 * max(east - west, north - south), 1.0), quad_segs=1)
    return Outlines(tuple(f"{a} / {b}" for a, b in known), to_degrees(shapes, county.epsg), 4326)


def kept_refusals(refused: Sequence[Pair]) -> dict[str, Any]:
    """The bridges that nobody wants, for the settings of the project file; the declared ones are demands."""
    return {KEPT: [list(pair) for pair in refused]}


def refusals(county: County, settings: Mapping[str, Any]) -> tuple[Pair, ...]:
    """The refused bridges of a project file; those of unknown blocks fall out."""
    known = set(county.blocks.ids)
    return tuple((a, b) for a, b in settings.get(KEPT, ()) if {a, b} <= known)


def _with(workspace: Workspace, **demands: tuple[Pair, ...]) -> Workspace:
    settings = workspace.settings
    return workspace.with_settings(replace(settings, constraints=replace(settings.constraints, **demands)))  # type: ignore[arg-type]


def _decided(county: County, workspace: Workspace) -> Contiguity:
    demands = workspace.settings.constraints
    place = {block_id: i for i, block_id in enumerate(county.blocks.ids)}
    contiguity = county.contiguity
    if demands.barrier_edges:
        closed = {tuple(sorted((place[a], place[b]))) for a, b in demands.barrier_edges}
        contiguity = contiguity.with_barriers(np.array([tuple(edge) in closed for edge in contiguity.edges.tolist()]))
    if demands.bridge_edges:
        contiguity = contiguity.with_bridges([(place[a], place[b]) for a, b in demands.bridge_edges])
    return contiguity


def _cohesion(county: County, contiguity: Contiguity) -> Cohesion:
    blocks = county.blocks
    linked = np.zeros(len(blocks), dtype=bool)
    linked[contiguity.edges[contiguity.passable].ravel()] = True
    foreign = blocks.municipality[contiguity.edges[:, 0]] != blocks.municipality[contiguity.edges[:, 1]]
    inside = contiguity.with_barriers(foreign).components()
    parts = [len(np.unique(inside[blocks.municipality == k])) for k in range(len(blocks.municipalities))]
    split = tuple(m.key for m, count in zip(blocks.municipalities, parts, strict=True) if count > 1)
    return Cohesion(_count(contiguity.components()), int((~linked).sum()), split)


def _count(labels: LabelArray) -> int:
    return int(labels.max(initial=-1)) + 1


def _links(one: NDArray[Any], other: NDArray[Any], width_m: float) -> NDArray[Any]:
    """The shortest way between two blocks; where it is too short to be seen, the way between their middles."""
    shortest = shapely.shortest_line(one, other)
    middles = np.stack([shapely.get_coordinates(shapely.point_on_surface(side)) for side in (one, other)], axis=1)
    direct: Any = shapely.linestrings(middles) if len(one) else np.empty(0, dtype=object)
    links: NDArray[Any] = np.where(shapely.length(shortest) > 3 * width_m, shortest, direct)
    return links
