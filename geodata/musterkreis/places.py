"""The places of the county, from hamlet to town (Ortsteile)."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shapely

from geodata.musterkreis.borders import municipality_shapes
from geodata.musterkreis.facts import MUNICIPALITIES

_ORIGIN = (280_000, 5_640_000)
_FROM_BORDER_M = 400.0


@dataclass(frozen=True)
class Place:
    """One place: name, municipality, centre (EPSG 25832, metres) and rough number of residents."""

    name: str
    ags: str
    x: float
    y: float
    size: int
    is_seat: bool

    @property
    def quarter(self) -> str:
        """Name of the part of the municipality (Ortsteil); the core of a town is told from the town.

        >>> Place("Erkelenz", "05370004", 0, 0, 17500, True).quarter, Place("Baal", "", 0, 0, 3900, False).quarter
        ('Erkelenz-Mitte', 'Baal')
        """
        town = next((town.name for town in MUNICIPALITIES if town.ags == self.ags and town.is_town), "")
        return f"{self.name}-Mitte" if self.name == town else self.name

    @property
    def density_per_ha(self) -> float:
        """Residents per hectare of settled land: 12 in a hamlet, 28 in the largest town.

        >>> [round(Place("", "", 0, 0, size, False).density_per_ha) for size in (300, 3000, 17500)]
        [12, 20, 28]
        """
        return 10.0 * math.pow(self.size / 100.0, 0.2)

    @property
    def radius_m(self) -> float:
        """Radius of the settled land if it were a circle."""
        return math.sqrt(self.size / self.density_per_ha * 1e4 / math.pi)


@cache
def all_places() -> tuple[Place, ...]:
    """Every place of the county; the first of each municipality carries its name or its town hall."""
    table = tomllib.loads((Path(__file__).with_name("places.toml")).read_text(encoding="utf-8"))
    return tuple(
        _place(ags, row, is_seat=number == 0)
        for ags, town in table.items()
        for number, row in enumerate(town["places"])
    )


def _place(ags: str, row: tuple[str, float, float, int], *, is_seat: bool) -> Place:
    """A place near the border is moved inwards, so that a village does not lie in two municipalities."""
    name, east_km, north_km, size = row
    point = shapely.Point(_ORIGIN[0] + east_km * 1000, _ORIGIN[1] + north_km * 1000)
    inside = _inner_parts()[ags]
    nearest = shapely.line_interpolate_point(shapely.shortest_line(inside, point), 0.0)
    return Place(name, ags, round(nearest.x, 1), round(nearest.y, 1), size, is_seat)


@cache
def _inner_parts() -> dict[str, shapely.Geometry]:
    return {ags: shape.simplify(20.0).buffer(-_FROM_BORDER_M) for ags, shape in municipality_shapes().items()}
