"""Counts that are a share of a base: level, how strongly they follow the burden, and their trend (Quotenregeln)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ShareRule:
    """One indicator: its base, the share at average burden, its slope on the logit scale, its shift two years back."""

    indicator: str
    base: str
    share: float
    slope: float
    earlier: float = 0.0


# Levels after DOMAIN 5.5 where a figure is known (child poverty, unemployed, minimum security), else plausible.
SHARE_RULES: tuple[ShareRule, ...] = (
    ShareRule("BEV09", "alle", 0.112, 0.45, -0.16),
    ShareRule("BEV10", "u18", 0.36, 0.50, -0.08),
    ShareRule("BEV13", "ab5", 0.68, -0.25, 0.05),
    ShareRule("HH02", "ab75", 0.41, 0.15, -0.03),
    ShareRule("HH03", "haushalte_kinder", 0.165, 0.40, -0.03),
    ShareRule("EIN07", "haushalte", 0.021, 0.40, -0.12),
    ShareRule("KIJ01", "u3", 0.31, -0.20, -0.08),
    ShareRule("KIJ02", "3_5", 0.91, -0.30, 0.06),
    ShareRule("KIJ03", "u21", 0.024, 0.60, -0.05),
    ShareRule("KIJ04", "u21", 0.009, 0.65, 0.02),
    ShareRule("KIJ05", "u18", 0.013, 0.60, -0.12),
    ShareRule("KIJ06", "14_20", 0.023, 0.55, 0.10),
    ShareRule("BIL01", "5_7", 0.23, 0.50, -0.08),
    ShareRule("BIL02", "5_7", 0.16, 0.40, -0.06),
    ShareRule("BIL03", "5_7", 0.105, 0.40, -0.06),
    ShareRule("BIL04", "5_7", 0.085, 0.45, -0.02),
    ShareRule("BIL05", "9", 0.39, -0.50, 0.02),
    ShareRule("BIL06", "16", 0.058, 0.60, -0.04),
    ShareRule("ALT04", "ab65", 0.013, 0.45, 0.05),
    ShareRule("INK01", "alle", 0.104, 0.12, 0.02),
    ShareRule("INK02", "alle", 0.009, 0.25, -0.05),
    ShareRule("INK03", "u18", 0.020, 0.35, -0.08),
    ShareRule("WOH02", "haushalte", 0.60, -0.60, 0.01),
    ShareRule("PAR01", "wahlberechtigte", 0.585, -0.35, 0.04),
)
_BLOCK_NOISE = 0.10


def drawn(
    base: NDArray[np.int64], share: float, tilt: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """(n,) cases among the base: a binomial draw whose odds follow the tilt and a little chance of each block.

    >>> drawn(np.array([0, 1000]), 0.5, np.array([0.0, 9.0]), np.random.default_rng(1)).tolist()
    [0, 1000]
    """
    logit = np.log(share / (1 - share)) + tilt + rng.normal(0.0, _BLOCK_NOISE, len(base))
    chance = np.round(1 / (1 + np.exp(-logit)), 6)
    cases: NDArray[np.int64] = rng.binomial(base, chance)
    return cases
