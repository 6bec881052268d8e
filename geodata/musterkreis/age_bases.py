"""Residents by the age cuts that indicators use, now and two years before each date (Bezugsgrößen)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.musterkreis.facts import CARE_MEN, CARE_WOMEN

Bases = dict[str, NDArray[np.int64]]

# Name → first and last year of age; single years are a fair draw within their five-year group.
CUTS: dict[str, tuple[int, int]] = {
    "alle": (0, 94), "u3": (0, 2), "3_5": (3, 5), "u6": (0, 5), "u15": (0, 14), "u18": (0, 17), "u20": (0, 19),
    "u21": (0, 20), "u66": (0, 65), "ab5": (5, 94), "5_7": (5, 7), "9": (9, 9), "6_24": (6, 24), "14_20": (14, 20),
    "15_24": (15, 24), "25_64": (25, 64), "15_64": (15, 64), "16": (16, 16), "20_64": (20, 64), "45_64": (45, 64),
    "ab18": (18, 94), "ab20": (20, 94), "ab65": (65, 94), "ab66": (66, 94), "ab75": (75, 94), "ab80": (80, 94),
}  # fmt: skip
_STAYED = 0.93  # share of the residents who already lived in the block two years before
_EARLIER = np.r_[
    np.full(3, 0.985), np.full(10, 0.997), np.full(6, 0.975)
]  # two years earlier: fewer children and fewer elderly


def bases_of(ages: NDArray[np.int64], rng: np.random.Generator) -> Bases:
    """Residents of each block for every name in ``CUTS``, and women of 45 to 64 as ``f_45_64``; (n,) each.

    Parameters
    ----------
    ages : (n, 2, 19) men and women by five-year group
    """
    both = ages.sum(axis=1)
    years = rng.multinomial(both, np.full(5, 0.2)).reshape(len(both), -1)
    bases = {name: years[:, first : last + 1].sum(axis=1) for name, (first, last) in CUTS.items()}
    bases["f_45_64"] = ages[:, 1, 9:13].sum(axis=1)
    return bases


def two_years_before(
    ages: NDArray[np.int64], growth: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """(n, 2, 19) residents of the earlier date: most lived here already, others have left since.

    Parameters
    ----------
    growth : (n,) growth of each block over the two years, 0.01 = one per cent
    """
    expected = ages * _EARLIER / (1.0 + growth[:, None, None])
    stayed = rng.binomial(ages, _STAYED)
    left = rng.poisson(np.maximum(np.round(expected - _STAYED * ages, 6), 0.0))
    earlier: NDArray[np.int64] = stayed + left
    return earlier


def in_need_of_care(ages: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n,) modelled persons in need of care: residents times care rate by age and sex (Pflegestatistik 2021).

    >>> ages = np.zeros((1, 2, 19), dtype=np.int64); ages[0, 1, 18] = 100
    >>> in_need_of_care(ages).tolist()
    [86.4]
    """
    persons: NDArray[np.float64] = np.round((ages * np.array([CARE_MEN, CARE_WOMEN])).sum(axis=(1, 2)), 2)
    return persons
