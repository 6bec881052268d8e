"""What the layers of counts, facilities and addresses need to know of the land (Grundlage)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.musterkreis.county import County


@dataclass(frozen=True, eq=False)
class Ground:
    """The blocks as plain arrays in block order; n blocks.

    Attributes
    ----------
    ids, ags, place : (n,) text: block key, municipality key, name of the place (Ortsteil)
    polygons : (n,) polygons in metres, gap-free, neighbours share every vertex
    middle_m : (n, 2) a point inside each block
    settled : (n,) True in places, False in fields
    settled_ha : (n,) settlement area in hectares
    ages : (n, 2, 19) residents, men and women by five-year group up to 90 and older
    """

    ids: NDArray[Any]
    ags: NDArray[Any]
    place: NDArray[Any]
    polygons: NDArray[Any]
    middle_m: NDArray[np.float64]
    settled: NDArray[np.bool_]
    settled_ha: NDArray[np.float64]
    ages: NDArray[np.int64]

    @property
    def residents(self) -> NDArray[np.int64]:
        """(n,) residents of each block."""
        total: NDArray[np.int64] = self.ages.sum(axis=(1, 2))
        return total


def ground_of(county: County) -> Ground:
    """The blocks of the county as plain arrays."""
    named, residents = county.ground, county.residents
    shapes = named.land.blocks.shapes
    return Ground(
        ids=np.array(named.block_ids, dtype=object),
        ags=np.array(named.ags, dtype=object),
        place=np.array([named.land.places[number].quarter for number in named.place], dtype=object),
        polygons=shapes,
        middle_m=np.round(shapely.get_coordinates(shapely.point_on_surface(shapes)), 3),
        settled=named.land.blocks.settled,
        settled_ha=residents.settled_ha,
        ages=residents.ages.reshape(len(shapes), -1, 2).transpose(0, 2, 1),
    )
