"""Coordinate systems: everything is brought to metres, and what the file does not say is asked (Koordinatensystem)."""

from __future__ import annotations

import geopandas
import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError

from spatial.errors import Finding, InputError

ETRS89_UTM32, ETRS89_UTM33, WGS84, WEB_MERCATOR = 25832, 25833, 4326, 3857
_ZONE_BORDER = 12.0  # degrees east: west of it UTM zone 32, east of it zone 33
_FARTHEST = 1e8  # metres: no coordinate of an earthly projection is larger

Box = tuple[float, float, float, float]

# EPSG → smallest and largest x and y that occur in Germany; more than one may fit, the first is guessed
_EXTENTS: dict[int, Box] = {
    WGS84: (5.5, 47.0, 15.6, 55.3),
    ETRS89_UTM32: (200_000, 5_200_000, 950_000, 6_150_000),
    3035: (4_000_000, 2_600_000, 4_700_000, 3_620_000),
    31466: (2_480_000, 5_200_000, 2_700_000, 6_150_000),
    31467: (3_280_000, 5_200_000, 3_950_000, 6_150_000),
    31468: (4_280_000, 5_200_000, 4_720_000, 6_150_000),
    31469: (5_250_000, 5_200_000, 5_520_000, 6_150_000),
    4647: (32_200_000, 5_200_000, 32_950_000, 6_150_000),
    5650: (33_200_000, 5_200_000, 33_950_000, 6_150_000),
    WEB_MERCATOR: (610_000, 5_940_000, 1_740_000, 7_420_000),
}


def guessed_epsg(bounds: Box) -> tuple[int, ...]:
    """Coordinate systems under which the extent lies in Germany, most likely first.

    >>> guessed_epsg((290_000, 5_640_000, 320_000, 5_670_000)), guessed_epsg((6.0, 50.9, 6.4, 51.2))
    ((25832,), (4326,))
    """
    return tuple(epsg for epsg, extent in _EXTENTS.items() if _inside(bounds, extent))


def metric_frame(
    frame: geopandas.GeoDataFrame, *, crs: int | None = None
) -> tuple[geopandas.GeoDataFrame, int | None, tuple[Finding, ...]]:
    """The layer in metres, with the EPSG code it came in and what was noticed on the way.

    Parameters
    ----------
    frame : layer as read; ``frame.crs`` may be None
    crs : EPSG code that the planner says it has; goes before what the file says

    Errors
    ------
    InputError : no coordinate system (a question, with a guess from the extent), one that contradicts the numbers,
        or swapped axes
    """
    named, said = _with_crs(frame, crs)
    _refuse_contradictions(named)
    source = named.crs.to_epsg()
    target = _metric_target(named)
    if target is None:
        return named, source, said
    moved = _moved(named, target)
    if np.isinf(moved.geometry.bounds.to_numpy(float)).any():
        raise InputError(_contradiction(named))
    values = {"from": source or named.crs.name, "to": int(target.to_epsg() or 0)}
    degrees = "read.crs.degrees" if named.crs.is_geographic else "read.crs.transformed"
    return moved, source, (*said, Finding(degrees, "note", values=values))


def _with_crs(frame: geopandas.GeoDataFrame, crs: int | None) -> tuple[geopandas.GeoDataFrame, tuple[Finding, ...]]:
    if crs is not None:
        try:
            chosen = pyproj.CRS.from_epsg(crs)
        except CRSError as error:
            raise InputError(Finding("read.crs.unknown", where=(str(crs),))) from error
        differs = frame.crs is not None and frame.crs.to_epsg() != crs
        note = (
            (Finding("read.crs.overridden", "note", values={"file": frame.crs.name, "epsg": crs}),) if differs else ()
        )
        return frame.set_crs(chosen, allow_override=True), note
    if frame.crs is None:
        raise InputError(_question(_bounds(frame)))
    return frame, ()


def _question(bounds: Box) -> Finding:
    guesses = guessed_epsg(bounds)
    if guesses:
        values = {"guess": guesses[0], "guesses": ", ".join(map(str, guesses)), **_numbers(bounds)}
        return Finding("read.crs.missing", "question", values=values)
    if _inside((bounds[1], bounds[0], bounds[3], bounds[2]), _EXTENTS[WGS84]):
        return Finding("read.crs.swapped", values=_numbers(bounds))
    return Finding("read.crs.missing_no_guess", "question", values=_numbers(bounds))


def _refuse_contradictions(frame: geopandas.GeoDataFrame) -> None:
    bounds = _bounds(frame)
    west, south, east, north = bounds
    if frame.crs.is_geographic:
        if not (-180.001 <= west <= east <= 180.001 and -90.001 <= south <= north <= 90.001):
            raise InputError(_contradiction(frame))
        if _inside((south, west, north, east), _EXTENTS[WGS84]) and not _inside(bounds, _EXTENTS[WGS84]):
            raise InputError(Finding("read.crs.swapped", values=_numbers(bounds)))
    elif guessed_epsg(bounds) == (WGS84,) or max(map(abs, bounds)) > _FARTHEST:
        raise InputError(_contradiction(frame))


def _contradiction(frame: geopandas.GeoDataFrame) -> Finding:
    bounds = _bounds(frame)
    guesses = guessed_epsg(bounds)
    values = {"crs": frame.crs.name, "guess": guesses[0] if guesses else 0, **_numbers(bounds)}
    return Finding("read.crs.contradicts" if guesses else "read.crs.impossible", "error", values=values)


def _metric_target(frame: geopandas.GeoDataFrame) -> pyproj.CRS | None:
    """ETRS89/UTM where the layer is in degrees, in another unit or without a code; None where it may stay."""
    crs = frame.crs
    in_metres = crs.is_projected and all(axis.unit_conversion_factor == 1.0 for axis in crs.axis_info[:2])
    if in_metres and crs.to_epsg() not in (None, WEB_MERCATOR):
        return None
    with np.errstate(invalid="ignore"):
        west, south, east, north = _moved(frame, pyproj.CRS.from_epsg(WGS84)).total_bounds
    if not np.isfinite([west, south, east, north]).all():
        raise InputError(_contradiction(frame))
    middle = (west + east) / 2
    if _inside((middle, (south + north) / 2, middle, (south + north) / 2), (5.0, 46.0, 16.0, 56.0)):
        return pyproj.CRS.from_epsg(ETRS89_UTM32 if middle < _ZONE_BORDER else ETRS89_UTM33)
    estimated: pyproj.CRS = frame.estimate_utm_crs()
    return estimated


def _moved(frame: geopandas.GeoDataFrame, target: pyproj.CRS) -> geopandas.GeoDataFrame:
    try:
        with np.errstate(invalid="ignore"):
            return frame.to_crs(target)
    except ProjError as error:
        raise InputError(_contradiction(frame)) from error


def _bounds(frame: geopandas.GeoDataFrame) -> Box:
    values = frame.geometry.bounds.to_numpy(float)
    finite = values[np.isfinite(values).all(axis=1)]
    if not len(finite):
        raise InputError(Finding("read.geometry.all_empty", values={"count": len(frame)}))
    west, south = finite[:, :2].min(axis=0)
    east, north = finite[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _inside(bounds: Box, extent: Box) -> bool:
    return bounds[0] >= extent[0] and bounds[1] >= extent[1] and bounds[2] <= extent[2] and bounds[3] <= extent[3]


def _numbers(bounds: Box) -> dict[str, float]:
    return dict(zip(("west", "south", "east", "north"), bounds, strict=True))
