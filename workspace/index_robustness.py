"""How far an index of a table hangs on its weights and on single indicators, as a file (raumwerk index --robust)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from scipy.stats import rankdata

from indicators.composite_weights import METHODS, composite
from indicators.robustness import rank_intervals
from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError

SEED = 1


def robustness_of(values: pd.DataFrame) -> pd.DataFrame:
    """One row per area: its rank and how it moves when weights or indicators change; rank 1 is the worst.

    Parameters
    ----------
    values : (n, k) indicators without gaps, higher = worse; z values give the same as raw ones

    Returns
    -------
    Columns rank, rank_low, rank_high, worst_share, rank_<method> for PCA, entropy, rank and min–max, and
    rank_without_<column> where there are several columns

    >>> areas = pd.DataFrame({"S1": [1.0, 2.0, 9.0], "S2": [2.0, 1.0, 8.0]}, index=["a", "b", "c"])
    >>> robustness_of(areas).loc["c", ["rank", "rank_high", "rank_pca", "rank_without_S1"]].astype(int).tolist()
    [1, 1, 1, 1]
    """
    numbers = values.to_numpy(float)
    frame = rank_intervals(numbers, seed=SEED).drop(columns="index")
    frame.index = values.index
    for method in METHODS[1:]:
        frame[f"rank_{method}"] = _ranks(composite(numbers, method))
    for name in values.columns if values.shape[1] > 1 else ():
        frame[f"rank_without_{name}"] = _ranks(composite(values.drop(columns=name).to_numpy(float)))
    return frame


def write_robustness(index: pd.DataFrame, status: Sequence[str], out: Path) -> None:
    """Write the robustness of the status of an index as CSV.

    Parameters
    ----------
    index : as ``compute_index`` returns it
    status : its status columns

    Errors
    ------
    InputError : the file cannot be written
    """
    z = index.set_index("id")[[f"z_{name}" for name in status]].set_axis(list(status), axis=1)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        robustness_of(z).reset_index().to_csv(out, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(out),))) from error


def _ranks(score: FloatArray) -> IntArray:
    ranks: IntArray = rankdata(-score, method="min").astype(int)
    return ranks
