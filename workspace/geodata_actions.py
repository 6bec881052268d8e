"""What a user can do with official data and with an imperfect file: fetch, make a county, accept repairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from geodata.barriers import barriers_from_lines, suggested_bridges
from geodata.county import CountyForm
from geodata.county_from_sources import make_county
from geodata.fetch import Fetched, Progress, Source, fetch, read_sources
from geodata.open_layer import open_layer
from geodata.repairs import REPAIRS, RESTORE_ZEROS
from spatial.errors import Finding, InputError
from workspace.county import County

MUNICIPALITIES, CENSUS = "vg250_ew", "zensus2022_100m"


@dataclass(frozen=True)
class Downloads:
    """Where official files are kept and how they are fetched.

    Attributes
    ----------
    folder : cache, made where it is missing
    progress : called with bytes so far and bytes in all
    sources : other addresses than the built-in ones, for tests and mirrors
    """

    folder: Path
    progress: Progress | None = None
    sources: Mapping[str, Source] | None = None


def official_sources() -> dict[str, Source]:
    """The official files that can be fetched, by key, with title and licence line."""
    return read_sources()


def fetch_official(keys: Iterable[str], downloads: Downloads) -> tuple[Fetched, ...]:
    """Bring official files into the cache; what is there already and unchanged is not fetched again.

    Parameters
    ----------
    keys : of ``official_sources``

    Errors
    ------
    InputError : an unknown key, or a file that cannot be had
    """
    known = downloads.sources or read_sources()
    wanted = tuple(keys)
    unknown = tuple(key for key in wanted if key not in known)
    if unknown:
        raise InputError(Finding("fetch.unknown", where=unknown, values={"known": ", ".join(sorted(known))}))
    return tuple(fetch(known[key], downloads.folder, progress=downloads.progress) for key in wanted)


def county_from_official(
    ags: str, out: Path, *, downloads: Downloads, minimum_residents: int = 100
) -> tuple[Finding, ...]:
    """A block file for any county or municipality, made from VG250-EW and the census grid.

    Parameters
    ----------
    ags : 5 digits of a county or 8 of a municipality
    out : GeoPackage to write
    downloads : the official files; what is missing is fetched
    minimum_residents : every block holds at least so many

    Returns
    -------
    findings : the balance, and the licence line of each source

    Errors
    ------
    InputError : unknown key, no network and no file in the cache, or a folder that cannot be written
    """
    areas, cells = fetch_official((MUNICIPALITIES, CENSUS), downloads)
    form = CountyForm(minimum_residents=minimum_residents)
    made = make_county(ags, out, municipalities=areas.path, census=cells.path, form=form)
    licences = (
        Finding("fetch.licence", "note", (f.source.title,), {"licence": f.source.licence}) for f in (areas, cells)
    )
    return (*made.findings, *licences)


def barrier_pairs(
    county: County, path: Path, *, layer: str | None = None, crossings: str | None = None
) -> tuple[tuple[tuple[str, str], ...], tuple[Finding, ...]]:
    """The neighbouring blocks that a motorway, railway or river separates, for ``Constraints.barrier_edges``.

    Parameters
    ----------
    path : file with a layer of barrier lines
    layer : its layer; None = the only one
    crossings : layer of the same file with the points of bridges and underpasses; None = there are none

    Returns
    -------
    pairs of block ids, findings: how many borders are closed and kept open, and blocks that a barrier cuts

    Errors
    ------
    InputError : no such file or layer, or no coordinate system
    """
    lines = _metric_shapes(path, layer, county.epsg)
    points = None if crossings is None else _metric_shapes(path, crossings, county.epsg)
    ids = county.blocks.ids
    found = barriers_from_lines(county.polygons, county.contiguity, lines, ids=ids, crossings=points)
    return _pairs(ids, county.contiguity.edges[found.closed]), found.findings


def bridge_pairs(county: County) -> tuple[tuple[str, str, float], ...]:
    """The shortest connections that would make each municipality one piece, with metres: to be reviewed, not declared.

    The chosen ones belong into ``Constraints.bridge_edges``.
    """
    pairs, gap_m = suggested_bridges(county.polygons, county.contiguity, within=county.blocks.municipality)
    return tuple((a, b, float(gap)) for (a, b), gap in zip(_pairs(county.blocks.ids, pairs), gap_m, strict=True))


def _metric_shapes(path: Path, layer: str | None, epsg: int) -> NDArray[Any]:
    frame = open_layer(path, layer=layer).frame
    if frame.crs is None:
        raise InputError(Finding("layer.crs", where=(layer or path.name,)))
    shapes: NDArray[Any] = frame.to_crs(epsg).geometry.to_numpy()
    return shapes


def _pairs(ids: tuple[str, ...], edges: NDArray[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((ids[int(a)], ids[int(b)]) for a, b in edges)


def offered_repairs(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The repairs that would remove findings of a file, in the order in which they are made.

    >>> offered_repairs([Finding("blocks.geometry.invalid", values={"repair": "make_valid"})])
    ('make_valid',)
    """
    offered = {str(f.values["repair"]) for f in findings if "repair" in f.values and _needed(f)}
    return tuple(name for name in (*REPAIRS, RESTORE_ZEROS) if name in offered)


def _needed(finding: Finding) -> bool:
    return finding.severity in ("error", "question") or finding.code == "read.within.lost_zero"
