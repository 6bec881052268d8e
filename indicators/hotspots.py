"""Where high or low values gather (Häufungen): local Moran for rates and Getis–Ord G*, from esda."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from esda import G_Local, fdr
from esda.moran import Moran_Local, Moran_Local_Rate
from libpysal.weights import W

from indicators.kept_kernels import keep_compiled
from indicators.smoothing import between_variance
from spatial.arrays import BoolArray, FloatArray, IntArray
from spatial.contiguity import Contiguity
from spatial.errors import Finding, InputError

FEWEST_AREAS = 30
FALSE_DISCOVERY_RATE = 0.05
QUADRANTS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}


@dataclass(frozen=True, eq=False)
class Hotspots:
    """Local statistics of each area in the order given; areas left out have NaN and the class ``none``.

    Attributes
    ----------
    statistic : (n,) local Moran's I or standardised G*
    p : (n,) pseudo p from permutations, one-sided as esda counts it
    cut : largest p that counts; the false-discovery rate is taken two-sided, on twice the p, as esda recommends
    classes : (n,) ``high_high``, ``low_low``, ``high_low``, ``low_high`` (local Moran), ``hot``, ``cold`` (G*),
        ``none``, or ``excluded``
    """

    statistic: FloatArray
    p: FloatArray
    cut: float
    classes: Any
    findings: tuple[Finding, ...] = ()


def local_moran(
    numerator: FloatArray,
    denominator: FloatArray,
    contiguity: Contiguity,
    *,
    seed: int,
    permutations: int = 9999,
) -> Hotspots:
    """Clusters and outliers of a share, adjusted for the size of the areas (lokale Häufungen).

    Parameters
    ----------
    numerator, denominator : (n,) counts per block or Quartier
    contiguity : neighbourhood in the same order; barriers count as neighbourhood here
    seed, permutations : of the conditional permutation; with few permutations no p can get below a strict cut

    Errors
    ------
    InputError : fewer than 30 usable areas, or the share is the same everywhere

    Source
    ------
    Anselin (1995); Assunção and Reis (1999) for rates; esda.moran.Moran_Local_Rate, esda.fdr.
    """
    keep_compiled()
    num, den = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    kept, found = _usable(num, den, contiguity)
    weights = neighbour_weights(contiguity.reordered(kept))
    options: dict[str, Any] = {"permutations": permutations, "seed": seed, "n_jobs": 1, "keep_simulations": False}
    with _one_sided_on_purpose():
        if _rate_variance(num[kept], den[kept]).min() > 0:
            result = Moran_Local_Rate(num[kept], den[kept], weights, **options)
        else:
            result = Moran_Local(_standard_rate(num[kept], den[kept]), weights, **options)
    names = np.array([QUADRANTS[int(q)] for q in result.q], dtype=object)
    p, cut = _cut(result.p_sim, permutations)
    return _spread(len(num), kept, (result.Is, p, np.where(p <= cut, names, "none")), cut=cut, findings=found)


def getis_ord(
    numerator: FloatArray,
    denominator: FloatArray,
    contiguity: Contiguity,
    *,
    seed: int,
    permutations: int = 9999,
) -> Hotspots:
    """Hot and cold spots of a share, each area counted with its neighbours (Getis–Ord G*).

    Parameters and errors as in ``local_moran``.

    Source
    ------
    Ord and Getis (1995); esda.G_Local with ``star=True``.
    """
    keep_compiled()
    num, den = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    kept, found = _usable(num, den, contiguity)
    weights = neighbour_weights(contiguity.reordered(kept))
    share = num[kept] / den[kept]
    options: dict[str, Any] = {"permutations": permutations, "seed": seed, "n_jobs": 1, "keep_simulations": False}
    with _one_sided_on_purpose():
        result = G_Local(share, weights, transform="B", star=True, **options)
    names = np.where(result.Zs > 0, "hot", "cold").astype(object)
    p, cut = _cut(result.p_sim, permutations)
    return _spread(len(num), kept, (result.Zs, p, np.where(p <= cut, names, "none")), cut=cut, findings=found)


def neighbour_weights(contiguity: Contiguity) -> W:
    """The neighbourhood as binary weights of libpysal; rows are standardised by the statistic."""
    indptr, neighbours, _ = contiguity.csr(passable_only=False)
    lists = {i: neighbours[indptr[i] : indptr[i + 1]].tolist() for i in range(contiguity.n)}
    return W(lists, silence_warnings=True)


@contextmanager
def _one_sided_on_purpose() -> Iterator[None]:
    """esda announces that its p will become two-sided; here the cut is taken on twice the p already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", message="The weights matrix is not fully connected")
        yield


def _cut(one_sided: FloatArray, permutations: int) -> tuple[FloatArray, float]:
    """The pseudo p as esda counts it, and the cut of the false-discovery rate taken two-sided (on twice the p)."""
    p = np.round(np.asarray(one_sided, dtype=float) * (permutations + 1)) / (permutations + 1)
    return p, float(fdr(np.minimum(2 * p, 1.0), FALSE_DISCOVERY_RATE)) / 2


def _usable(num: FloatArray, den: FloatArray, contiguity: Contiguity) -> tuple[IntArray, tuple[Finding, ...]]:
    """Areas with a positive denominator and a neighbour that has one too; too few or no variety is refused."""
    present = np.isfinite(num) & (den > 0)
    kept = present & _has_neighbour(contiguity, present)
    kept &= _has_neighbour(contiguity, kept)
    if kept.sum() < FEWEST_AREAS:
        values = {"areas": int(kept.sum()), "limit": FEWEST_AREAS}
        raise InputError(Finding("hotspots.areas.few", values=values))
    share = num[kept] / den[kept]
    if share.std() <= 1e-12:
        raise InputError(Finding("hotspots.constant", values={"value": float(share[0])}))
    lonely = tuple(str(i) for i in np.flatnonzero(present & ~kept))
    found = (Finding("hotspots.neighbours.none", "note", where=lonely),) if lonely else ()
    return np.flatnonzero(kept).astype(np.int64), found


def _rate_variance(num: FloatArray, den: FloatArray) -> FloatArray:
    """Variance of each share in the model of Assunção and Reis; its moment estimate can fall below zero."""
    mean = num.sum() / den.sum()
    variance: FloatArray = between_variance(num, den) + mean / den
    return variance


def _standard_rate(num: FloatArray, den: FloatArray) -> FloatArray:
    """Standardised shares with the variance between areas set to zero, as Assunção and Reis (1999) prescribe."""
    mean = num.sum() / den.sum()
    standard: FloatArray = (num / den - mean) / np.sqrt(mean / den)
    return standard


def _has_neighbour(contiguity: Contiguity, present: BoolArray) -> BoolArray:
    both = contiguity.edges[present[contiguity.edges].all(axis=1)]
    near = np.zeros(contiguity.n, dtype=bool)
    near[both.ravel()] = True
    return near


def _spread(
    n: int, kept: IntArray, parts: tuple[Any, Any, Any], *, cut: float, findings: tuple[Finding, ...]
) -> Hotspots:
    statistic, p, classes = np.full(n, np.nan), np.full(n, np.nan), np.full(n, "excluded", dtype=object)
    statistic[kept], p[kept], classes[kept] = parts
    return Hotspots(statistic, p, cut, classes, findings)
