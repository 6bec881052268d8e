"""Compile the search for neighbours ahead, so that no planner waits for a compiler."""

from __future__ import annotations

import numpy as np
import shapely

from spatial.contiguity_from_polygons import contiguity_from_polygons


def neighbours_of_polygons() -> None:
    """Run every kernel once: a common border, one with more points on one side, and a street between two blocks."""
    wide, with_point = shapely.box(0, 0, 10, 10), shapely.segmentize(shapely.box(10, 0, 20, 10), 5)
    contiguity_from_polygons(np.array([wide, with_point, shapely.box(0, 15, 10, 25)]), tolerance_m=10.0)
