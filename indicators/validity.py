"""The validity meter (Aussagekraft): what a drafted size allows to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.intervals import wilson
from spatial.arrays import FloatArray

Grade = Literal["good", "limited", "weak"]
GOOD_POINTS, LIMITED_POINTS = 2.0, 4.0


@dataclass(frozen=True)
class Validity:
    """Half-width of the interval in percentage points, and what it means.

    ``good``: differences of a few points between areas are visible; ``limited``: only large ones; ``weak``: the
    figure is for orientation.
    """

    half_width_points: float
    grade: Grade


def validity(residents: float, *, group_share: float, share: float, confidence: float = 0.95) -> Validity:
    """How exactly a share can be known in an area of this size (Aussagekraft eines Zuschnitts).

    Parameters
    ----------
    residents : persons in the area
    group_share : part of the residents the indicator is about, 0–1 (under 15s: about 0.13)
    share : expected share in that group, 0–1

    >>> [validity(n, group_share=0.13, share=0.12).half_width_points for n in (3000, 10_000, 15_000)]
    [3.2, 1.8, 1.4]
    """
    width = float(
        half_width(np.array([share * group_share * residents]), np.array([group_share * residents]), confidence)
    )
    points = round(100 * width, 1)
    return Validity(points, grade_of(points))


def grade_of(points: float) -> Grade:
    """What a half-width in percentage points means.

    >>> grade_of(1.8), grade_of(3.2), grade_of(9.0)
    ('good', 'limited', 'weak')
    """
    return "good" if points <= GOOD_POINTS else "limited" if points <= LIMITED_POINTS else "weak"


def half_width(numerator: FloatArray, denominator: FloatArray, confidence: float = 0.95) -> FloatArray:
    """Half of the Wilson interval of each cell, as a share."""
    low, high = wilson(numerator, denominator, confidence=confidence)
    width: FloatArray = ((high - low) / 2).squeeze()
    return width
