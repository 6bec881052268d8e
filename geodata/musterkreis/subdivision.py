"""Cutting land into blocks the way streets do: across the long side, again and again (Baublöcke)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.ops import split

from geodata.musterkreis.wobble import FloatArray, wobbled

_TOO_LARGE = 1.45  # a piece is cut while it is larger than this multiple of the size wanted there
_STEP_M = 60.0


def cuts_in(
    face: Polygon, wanted_m2: Callable[[float, float], float], rng: np.random.Generator, *, settled: bool
) -> list[LineString]:
    """Lines that cut one face of land into pieces of about the wanted size.

    Parameters
    ----------
    face : land between roads and borders, metres
    wanted_m2 : size of a block at (x, y)
    settled : streets in settled land are straighter than tracks in the fields
    """
    waiting: list[Polygon] = [face]
    cuts: list[LineString] = []
    while waiting:
        piece = waiting.pop()
        middle = piece.representative_point()
        if piece.area < _TOO_LARGE * wanted_m2(middle.x, middle.y):
            continue
        street = _across(piece, rng, roughness=0.025 if settled else 0.09)
        parts: list[Any] = [part for part in split(piece, street).geoms if part.area > 1.0]
        if len(parts) > 1:
            cuts += _lines_inside(street, piece)
            waiting += parts
    return cuts


def _across(piece: Polygon, rng: np.random.Generator, *, roughness: float) -> LineString:
    """A line across the long side of the piece, near its middle, longer than the piece is wide."""
    corners: FloatArray = shapely.get_coordinates(shapely.oriented_envelope(piece))
    along, aside = corners[1] - corners[0], corners[2] - corners[1]
    if np.hypot(*along) < np.hypot(*aside):
        along, aside, corners = aside, -along, corners[1:]
    share, slant = rng.uniform(0.4, 0.6), rng.normal(0.0, 0.05)
    foot = corners[0] + along * (share - slant) - aside * 0.08
    head = corners[0] + along * (share + slant) + aside * 1.08
    return LineString(wobbled(np.array([foot, head]), rng, step_m=_STEP_M, roughness=roughness))


def _lines_inside(street: LineString, piece: Polygon) -> list[LineString]:
    parts: Any = shapely.get_parts(street.intersection(piece))
    return [part for part in parts if part.geom_type == "LineString" and part.length > 1.0]
