"""Other ways to build a composite, for comparison with the rule of the MSS (Vergleichsverfahren)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.stats import rankdata
from sklearn.decomposition import PCA

from indicators.composite import z_scores
from spatial.arrays import FloatArray

Method = Literal["equal", "pca", "entropy", "rank", "minmax"]
METHODS: tuple[Method, ...] = ("equal", "pca", "entropy", "rank", "minmax")


def composite(values: FloatArray, method: Method = "equal") -> FloatArray:
    """A composite score of each area, mean 0 and population SD 1; higher = worse (Vergleichsindex).

    Parameters
    ----------
    values : (n, k) indicators without gaps, all turned so that higher = worse, no constant column
    method : ``equal`` z-sum (MSS), ``pca`` loadings of the first component, ``entropy`` weights, ``rank`` mean rank,
        ``minmax`` mean of the values scaled to 0–1

    Source
    ------
    OECD/JRC Handbook on Constructing Composite Indicators (2008); entropy: Shannon weights on min–max values.

    >>> values = np.array([[1.0, 2.0], [2.0, 1.0], [6.0, 9.0]])
    >>> [int(composite(values, m).argmax()) for m in METHODS]
    [2, 2, 2, 2, 2]
    """
    scaled = {"rank": rankdata(values, axis=0), "minmax": min_max(values)}.get(method, z_scores(values))
    score = scaled @ weights(values, method)
    if score.std() <= 1e-12:
        return np.zeros(len(score))
    standard: FloatArray = z_scores(score[:, None])[:, 0]
    return standard


def weights(values: FloatArray, method: Method = "equal") -> FloatArray:
    """(k,) weights that sum to 1; equal for ``equal``, ``rank`` and ``minmax``."""
    if method == "pca":
        return pca_weights(values)
    if method == "entropy":
        return entropy_weights(values)
    return np.full(values.shape[1], 1 / values.shape[1])


def pca_weights(values: FloatArray) -> FloatArray:
    """Loadings of the first principal component of the z values, turned to the positive side, summing to 1.

    An indicator that runs against the others gets weight 0, not a negative one.
    """
    loadings = PCA(n_components=1, svd_solver="full").fit(z_scores(values)).components_[0]
    positive = np.maximum(loadings * np.sign(loadings.sum() or 1.0), 0)
    result: FloatArray = positive / positive.sum()
    return result


def entropy_weights(values: FloatArray) -> FloatArray:
    """Weights by how unevenly each indicator is spread over the areas; uneven ones count more."""
    parts = min_max(values)
    parts = parts / parts.sum(axis=0)
    logs = np.log(parts, out=np.zeros_like(parts), where=parts > 0)
    diversity = 1 + (parts * logs).sum(axis=0) / np.log(len(values))
    result: FloatArray = diversity / diversity.sum()
    return result


def min_max(values: FloatArray) -> FloatArray:
    """Each column scaled to 0 (best) to 1 (worst)."""
    low, high = values.min(axis=0), values.max(axis=0)
    scaled: FloatArray = (values - low) / (high - low)
    return scaled
