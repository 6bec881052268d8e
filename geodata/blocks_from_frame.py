"""From a checked layer to the nouns of the house: blocks and their polygons (Blöcke aus einer Ebene)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.column_choice import NONE
from geodata.read_blocks import ReadResult
from spatial.blocks import BlockSet, Municipality, block_set


def blocks_from_frame(result: ReadResult) -> tuple[BlockSet, NDArray[Any]]:
    """The blocks of a file in file order, with area, perimeter and centroid in metres, and their polygons.

    Returns
    -------
    BlockSet with n blocks, and (n,) object array of shapely polygons in the CRS of ``result.frame``
    """
    frame, used = result.frame, result.choice
    polygons: NDArray[Any] = np.array(frame.geometry.to_numpy(), dtype=object)
    within = _texts(frame, used.within)
    blocks = block_set(
        list(frame[used.id]),
        population=frame[used.population].to_numpy(np.int64),
        municipality=within,
        shapes=(shapely.area(polygons), shapely.length(polygons), _centroids(polygons)),
        place=_texts(frame, used.places),
    )
    names = _names(within, _texts(frame, used.name))
    named = tuple(Municipality(m.key, names.get(m.key, m.key), m.residents) for m in blocks.municipalities)
    return replace(blocks, municipalities=named), polygons


def _texts(frame: Any, column: str | None) -> list[str] | None:
    return None if column in (None, NONE) else [str(value) for value in frame[column]]


def _centroids(polygons: NDArray[Any]) -> NDArray[np.float64]:
    centroids = shapely.centroid(polygons)
    points: NDArray[np.float64] = np.c_[shapely.get_x(centroids), shapely.get_y(centroids)]
    return points


def _names(keys: list[str] | None, names: list[str] | None) -> dict[str, str]:
    """Municipality key → name, where every block of the municipality says the same."""
    if keys is None or names is None:
        return {}
    said: dict[str, set[str]] = {}
    for key, name in zip(keys, names, strict=True):
        said.setdefault(key, set()).add(name)
    return {key: next(iter(found)) for key, found in said.items() if len(found) == 1 and "" not in found}
