"""Areas to compare with (Vergleichsräume): alike in their conditions, and values from outside."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from indicators.composite import z_scores
from spatial.arrays import FloatArray

CONDITIONS = ("BEV04", "BEV05", "BEV02", "BEV09", "WOH02")


@dataclass(frozen=True)
class ReferenceValue:
    """A published value from outside the county, with its source; never recomputed (Vergleichswert)."""

    indicator: str
    area: str
    date: str
    value: float
    source: str


def similar_areas(features: FloatArray, ids: Sequence[str], area: str, *, count: int = 3) -> tuple[str, ...]:
    """The areas most alike in their conditions, nearest first (ähnliche Räume).

    Parameters
    ----------
    features : (n, f) conditions, not outcomes: age structure, density, owners; columns that are constant or have
        gaps are left out
    ids : n areas
    area : the one to compare; it is not in the result
    count : how many

    >>> similar_areas(np.array([[1.0], [1.1], [5.0]]), ["a", "b", "c"], "a", count=1)
    ('b',)
    """
    usable = np.isfinite(features).all(axis=0)
    usable &= np.nan_to_num(features).std(axis=0) > 1e-12
    here = list(ids).index(area)
    if not usable.any():
        return ()
    z = z_scores(features[:, usable])
    distance = np.sqrt(((z - z[here]) ** 2).sum(axis=1))
    order = sorted((i for i in range(len(ids)) if i != here), key=lambda i: (round(float(distance[i]), 9), ids[i]))
    return tuple(ids[i] for i in order[:count])


def reference_values(indicator: str, text: str | None = None) -> tuple[ReferenceValue, ...]:
    """Values from outside for an indicator, from the built-in list or a TOML text with tables ``[[reference]]``."""
    raw = text if text is not None else files("indicators").joinpath("reference_values.toml").read_text("utf-8")
    entries = (ReferenceValue(**entry) for entry in tomllib.loads(raw).get("reference", []))
    return tuple(entry for entry in entries if entry.indicator == indicator)
