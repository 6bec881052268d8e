"""What a user can do with official data and with an imperfect file: fetch, make a county, accept repairs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geodata.county import CountyForm
from geodata.county_from_sources import make_county
from geodata.fetch import Fetched, Progress, Source, fetch, read_sources
from geodata.repairs import REPAIRS
from spatial.errors import Finding, InputError

MUNICIPALITIES, CENSUS = "vg250_ew", "zensus2022_100m"


def official_sources() -> dict[str, Source]:
    """The official files that can be fetched, by key, with title and licence line."""
    return read_sources()


def fetch_official(
    keys: Iterable[str], cache: Path, *, progress: Progress | None = None, sources: dict[str, Source] | None = None
) -> tuple[Fetched, ...]:
    """Bring official files into the cache; what is there already and unchanged is not fetched again.

    Parameters
    ----------
    keys : of ``official_sources``
    cache : folder, made where it is missing
    progress : called with bytes so far and bytes in all
    sources : other addresses than the built-in ones

    Errors
    ------
    InputError : an unknown key, or a file that cannot be had
    """
    known = sources or read_sources()
    wanted = tuple(keys)
    unknown = tuple(key for key in wanted if key not in known)
    if unknown:
        raise InputError(Finding("fetch.unknown", where=unknown, values={"known": ", ".join(sorted(known))}))
    return tuple(fetch(known[key], cache, progress=progress) for key in wanted)


def county_from_official(
    ags: str,
    out: Path,
    *,
    cache: Path,
    minimum_residents: int = 100,
    progress: Progress | None = None,
    sources: dict[str, Source] | None = None,
) -> tuple[Finding, ...]:
    """A block file for any county or municipality, made from VG250-EW and the census grid.

    Parameters
    ----------
    ags : 5 digits of a county or 8 of a municipality
    out : GeoPackage to write
    cache : folder with the official files; what is missing is fetched
    minimum_residents : every block holds at least so many
    sources : other addresses than the built-in ones

    Returns
    -------
    findings : the balance, and the licence line of each source

    Errors
    ------
    InputError : unknown key, no network and no file in the cache, or a folder that cannot be written
    """
    areas, cells = fetch_official((MUNICIPALITIES, CENSUS), cache, progress=progress, sources=sources)
    form = CountyForm(minimum_residents=minimum_residents)
    made = make_county(ags, out, municipalities=areas.path, census=cells.path, form=form)
    licences = (
        Finding("fetch.licence", "note", (f.source.title,), {"licence": f.source.licence}) for f in (areas, cells)
    )
    return (*made.findings, *licences)


def offered_repairs(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The repairs that would remove findings of a file, in the order in which they are made.

    >>> offered_repairs([Finding("blocks.geometry.invalid", values={"repair": "make_valid"})])
    ('make_valid',)
    """
    offered = {str(f.values["repair"]) for f in findings if f.severity == "error" and "repair" in f.values}
    return tuple(name for name in REPAIRS if name in offered)
