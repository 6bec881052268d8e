"""Irregular lines: nothing in a landscape is straight (Linienführung)."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_LEVEL_M = 3.5  # a point that moves the line less than this is left out: nobody sees it, and every map carries it
_SHARPEST = 0.28  # largest displacement of a midpoint, as a share of its segment


def smoothed(points: FloatArray, *, parts: int = 4) -> FloatArray:
    """A curve through the points (Catmull–Rom), both ends kept.

    Parameters
    ----------
    points : (k, 2) metres, k ≥ 2
    parts : pieces per segment

    >>> smoothed(np.array([[0.0, 0.0], [1.0, 0.0]]), parts=2).tolist()
    [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]
    """
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = (np.arange(1, parts + 1) / parts)[:, None]
    pieces = [points[:1]]
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        linear, square, cube = c - a, 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
        pieces.append(0.5 * (2 * b + linear * t + square * t**2 + cube * t**3))
    curve: FloatArray = np.vstack(pieces).round(1)
    return curve


def wobbled(points: FloatArray, rng: np.random.Generator, *, step_m: float, roughness: float = 0.12) -> FloatArray:
    """The line with random midpoints moved sideways about every ``step_m``; both ends kept, needless points not.

    Parameters
    ----------
    points : (k, 2) metres
    roughness : typical displacement of a midpoint as a share of its segment, 0 = straight

    >>> wobbled(np.array([[0.0, 0.0], [4.0, 0.0]]), np.random.default_rng(0), step_m=2.0, roughness=0.0).tolist()
    [[0.0, 0.0], [4.0, 0.0]]
    """
    line = points
    while np.hypot(*np.diff(line, axis=0).T).max() > step_m:
        along = np.diff(line, axis=0)
        aside = np.column_stack([-along[:, 1], along[:, 0]])
        shift = np.clip(rng.normal(0.0, roughness, len(along)), -_SHARPEST, _SHARPEST)
        finer = np.empty((2 * len(line) - 1, 2))
        finer[::2], finer[1::2] = line, (line[1:] + line[:-1]) / 2 + aside * shift[:, None]
        line = finer
    course: FloatArray = shapely.get_coordinates(shapely.simplify(shapely.LineString(np.round(line, 1)), _LEVEL_M))
    return course
