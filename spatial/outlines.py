"""Drawable shapes (Umrisse): the only polygons that the screen and the documents see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Outlines:
    """Simplified shapes in one fixed order, shared borders kept.

    Attributes
    ----------
    ids : n texts, in the order of the shapes
    shapes : (n,) object array of shapely geometries
    epsg : coordinate system of the shapes; 4326 is longitude, latitude
    """

    ids: tuple[str, ...]
    shapes: NDArray[Any]
    epsg: int

    def __post_init__(self) -> None:
        shapes = np.array(self.shapes, dtype=object)
        shapes.setflags(write=False)
        object.__setattr__(self, "shapes", shapes)

    def __len__(self) -> int:
        return len(self.ids)
