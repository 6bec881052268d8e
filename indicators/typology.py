"""Types of Sozialräume (Typisierung): groups of alike areas, with how stable the grouping is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from indicators.composite import z_scores
from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError

_RESAMPLES = 20
_NOTABLE = 0.5
STABLE, FAIR = 0.8, 0.6


@dataclass(frozen=True, eq=False)
class Typology:
    """A grouping of areas (Typen).

    Attributes
    ----------
    types : (n,) int64, 1 … k; type 1 has the highest mean burden
    centres : (k, f) mean z value of each feature
    silhouette : −1 … 1, how clearly the types are apart
    stability : 0 … 1, mean adjusted Rand index of groupings on random four fifths of the areas
    profiles : per type, the features notably above and below the mean of all areas
    """

    types: IntArray
    centres: FloatArray
    silhouette: float
    stability: float
    profiles: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def typology(
    values: FloatArray, names: Sequence[str], *, types: int, seed: int, burden: FloatArray | None = None
) -> Typology:
    """Group areas by their indicators with k-means on z values (Sozialraumtypen).

    Parameters
    ----------
    values : (n, f) without gaps, no constant column
    names : f features
    types : number of types, ≥ 2
    seed : of the starting points and the resampling
    burden : (f,) −1, 0 or 1: sign that turns a feature into burden, for numbering the types; default all 1

    Errors
    ------
    InputError : fewer than three areas per type

    Source
    ------
    scikit-learn KMeans and silhouette; stability after Ben-Hur, Elisseeff and Guyon (2002).
    """
    z = z_scores(np.asarray(values, dtype=float))
    if types < 2 or len(z) < 3 * types:
        raise InputError(Finding("typology.areas.few", values={"areas": len(z), "types": types}))
    signs = np.ones(z.shape[1]) if burden is None else np.asarray(burden, dtype=float)
    labels = _grouped(z, types, seed)
    numbers = _numbered(z, labels, signs)
    centres = np.array([z[numbers == t].mean(axis=0) for t in range(1, types + 1)])
    return Typology(
        types=numbers,
        centres=centres,
        silhouette=float(silhouette_score(z, labels)),
        stability=_stability(z, labels, types, seed),
        profiles=tuple(_profile(centre, names) for centre in centres),
    )


def best_number_of_types(values: FloatArray, *, seed: int, most: int = 8) -> int:
    """Number of types with the highest silhouette, from two up to ``most`` or a third of the areas."""
    z = z_scores(np.asarray(values, dtype=float))
    tried = range(2, max(3, min(most, len(z) // 3) + 1))
    return max(tried, key=lambda k: float(silhouette_score(z, _grouped(z, k, seed))))


def _grouped(z: FloatArray, types: int, seed: int) -> IntArray:
    """k-means in a canonical order of the areas, so that the order of rows does not matter."""
    order = np.lexsort(z.T[::-1])
    labels = np.empty(len(z), dtype=np.int64)
    labels[order] = KMeans(n_clusters=types, n_init=4, random_state=seed).fit_predict(z[order])
    return labels


def _numbered(z: FloatArray, labels: IntArray, signs: FloatArray) -> IntArray:
    burden = [float((z[labels == t] @ signs).mean()) for t in range(labels.max() + 1)]
    rank = np.argsort(np.argsort(-np.array(burden), kind="stable"))
    numbers: IntArray = (rank[labels] + 1).astype(np.int64)
    return numbers


def _stability(z: FloatArray, labels: IntArray, types: int, seed: int) -> float:
    rng, size = np.random.default_rng(seed), max(types + 1, int(0.8 * len(z)))
    order = np.lexsort(z.T[::-1])
    scores = []
    for _ in range(_RESAMPLES):
        part = order[np.sort(rng.choice(len(z), size=size, replace=False))]
        scores.append(adjusted_rand_score(labels[part], _grouped(z[part], types, seed)))
    return float(np.mean(scores))


def _profile(centre: FloatArray, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    order = np.argsort(-np.abs(centre), kind="stable")
    above = tuple(names[i] for i in order if centre[i] >= _NOTABLE)
    below = tuple(names[i] for i in order if centre[i] <= -_NOTABLE)
    return above, below
