"""What the later layers need to know of the land, however its blocks were made (Grundlage)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.sample_land.landscape import Landscape


@dataclass(frozen=True, eq=False)
class Ground:
    """The blocks as plain arrays in block order; n blocks.

    Attributes
    ----------
    ids, ags, place : (n,) text: block key, municipality key, name of the place (Ortsteil)
    polygons : (n,) polygons in metres, gap-free, neighbours share every vertex
    middle_m : (n, 2) a point inside each block
    built_up : (n,) 1 in places, 0 in fields
    settled_ha : (n,) settlement area in hectares
    ages : (n, 2, 19) residents, men and women by five-year group up to 90 and older
    """

    ids: NDArray[Any]
    ags: NDArray[Any]
    place: NDArray[Any]
    polygons: NDArray[Any]
    middle_m: NDArray[np.float64]
    built_up: NDArray[np.int8]
    settled_ha: NDArray[np.float64]
    ages: NDArray[np.int64]

    @property
    def residents(self) -> NDArray[np.int64]:
        """(n,) residents of each block."""
        total: NDArray[np.int64] = self.ages.sum(axis=(1, 2))
        return total


def ground_of(land: Landscape) -> Ground:
    """The blocks of the land as plain arrays."""
    net = land.net
    return Ground(
        ids=np.array(land.block_ids(), dtype=object),
        ags=net.ags,
        place=np.array(land.place_names(), dtype=object),
        polygons=net.polygons,
        middle_m=shapely.get_coordinates(shapely.point_on_surface(net.polygons)),
        built_up=net.built_up,
        settled_ha=settled_hectares(shapely.area(net.polygons), net.built_up, land.residents),
        ages=land.ages.reshape(len(net.polygons), 2, -1),
    )


_MOST_HA = 9.0  # of a block at the edge of a place the rest is garden and field
_FARM_HA_PER_RESIDENT = 0.06


def settled_hectares(
    area_m2: NDArray[np.float64], built_up: NDArray[np.int8], residents: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Settlement area of each block: nearly all of it in a place, some yards in the fields (Siedlungsfläche).

    >>> settled_hectares(np.array([50_000.0, 900_000.0]), np.array([1, 0], dtype=np.int8), np.array([200, 10])).tolist()
    [5.0, 0.6]
    """
    hectares = area_m2 / 10_000
    in_fields = np.minimum(residents * _FARM_HA_PER_RESIDENT, hectares)
    settled = np.where(built_up == 1, np.minimum(hectares, _MOST_HA), in_fields)
    return np.asarray(np.round(settled, 2), dtype=np.float64)
