"""Irregular lines: nothing in a landscape is straight (Linienführung)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SHARPEST = 0.28  # largest displacement of a midpoint, as a share of its segment


def smoothed(points: NDArray[np.float64], *, parts: int = 4) -> NDArray[np.float64]:
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
    pieces: list[NDArray[np.float64]] = [points[:1]]
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        linear, square, cube = c - a, 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
        pieces.append(0.5 * (2 * b + linear * t + square * t**2 + cube * t**3))
    curve = np.vstack(pieces).astype(np.float64)
    return np.asarray(np.round(curve, 1), dtype=np.float64)


def wobbled(
    points: NDArray[np.float64], rng: np.random.Generator, *, step_m: float, roughness: float = 0.12
) -> NDArray[np.float64]:
    """The line with random midpoints moved sideways until no segment is longer than ``step_m``; both ends kept.

    Parameters
    ----------
    points : (k, 2) metres
    roughness : typical displacement of a midpoint as a share of its segment, 0 = straight
    """
    line = points
    while np.hypot(*np.diff(line, axis=0).T).max() > step_m:
        along = np.diff(line, axis=0)
        aside = np.column_stack([-along[:, 1], along[:, 0]])
        shift = np.clip(rng.normal(0.0, roughness, len(along)), -_SHARPEST, _SHARPEST)
        middle = (line[1:] + line[:-1]) / 2 + aside * shift[:, None]
        finer = np.empty((len(line) + len(middle), 2))
        finer[::2], finer[1::2] = line, middle
        line = finer
    return np.round(line, 1)
