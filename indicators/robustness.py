"""How far an index hangs on its weights and on single indicators (Robustheit); no rank without it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from indicators.composite import STATUS_CUTS, classes_of, z_scores
from spatial.arrays import FloatArray

_CODES = (1, 2, 3, 4)
WORST = 4


def rank_intervals(
    values: FloatArray, *, seed: int, runs: int = 1000, concentration: float = 4.0, confidence: float = 0.9
) -> pd.DataFrame:
    """Ranks under many random weightings (Rangbereiche); rank 1 is the worst area.

    Parameters
    ----------
    values : (n, k) indicators without gaps, higher = worse
    seed : of the random weights
    runs : number of weightings
    concentration : of the Dirichlet law per indicator; 1 = any weighting is as likely, higher = closer to equal weights
    confidence : part of the runs inside the interval

    Returns
    -------
    A frame with the columns index and rank (equal weights), rank_low, rank_high, and worst_share, the share of the
    runs in the worst class (sehr niedrig)

    Source
    ------
    OECD/JRC Handbook on Constructing Composite Indicators (2008), ch. 7; Saisana, Saltelli and Tarantola (2005).
    """
    z = z_scores(np.asarray(values, dtype=float))
    draws = np.random.default_rng(seed).dirichlet(np.full(z.shape[1], concentration), size=runs)
    scores = z_scores(z @ draws.T)
    ranks = rankdata(-scores, axis=0, method="min")
    worst = classes_of(scores.ravel(), STATUS_CUTS, _CODES).reshape(scores.shape) == WORST
    tail = (1 - confidence) / 2
    base = z_scores(z.sum(axis=1)[:, None])[:, 0]
    return pd.DataFrame(
        {
            "index": base,
            "rank": rankdata(-base, method="min").astype(int),
            "rank_low": np.quantile(ranks, tail, axis=1, method="lower").astype(int),
            "rank_high": np.quantile(ranks, 1 - tail, axis=1, method="higher").astype(int),
            "worst_share": worst.mean(axis=1),
        }
    )


def leave_one_out(values: FloatArray, names: Sequence[str]) -> pd.DataFrame:
    """What happens when one indicator is left out (Weglassprobe).

    Returns
    -------
    Indexed by the indicator left out: correlation of the ranks with the full index, the largest move of a rank, and
    how many areas change their class. A single indicator cannot be left out; the frame is then empty.

    >>> leave_one_out(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), ["a", "b"])["largest_move"].tolist()
    [0, 0]
    """
    full = _standard(values)
    ranks, classes = rankdata(-full), classes_of(full, STATUS_CUTS, _CODES)
    rows = []
    for k in range(values.shape[1] if values.shape[1] > 1 else 0):
        part = _standard(np.delete(values, k, axis=1))
        other = rankdata(-part)
        changed = int((classes_of(part, STATUS_CUTS, _CODES) != classes).sum())
        correlation = float(np.corrcoef(ranks, other)[0, 1])
        rows.append((correlation, int(np.abs(ranks - other).max()), changed))
    columns = ["rank_correlation", "largest_move", "class_changes"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(list(names)[: len(rows)], name="left_out"))


def _standard(values: FloatArray) -> FloatArray:
    standard: FloatArray = z_scores(z_scores(values).sum(axis=1)[:, None])[:, 0]
    return standard
