"""The composite index under other weightings, to see how far the ranking hangs on them (Vergleichsgewichtungen)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from indicators.composite import index_findings
from indicators.composite_weights import METHODS, composite, weights
from spatial.errors import InputError, blocking
from workspace.indicator_desk import IndicatorDesk, burden_of


def ranks_by_method(desk: IndicatorDesk, status: tuple[str, ...], *, level: str, date: str) -> pd.DataFrame:
    """Rank of every shown area under equal (MSS), PCA, entropy, rank and min–max weights; rank 1 is the worst.

    Errors
    ------
    InputError : no or constant indicators, too few areas
    """
    frame = _burdens(desk, status, level=level, date=date)
    ranks = {m: rankdata(-composite(frame.to_numpy(float), m), method="min").astype(int) for m in METHODS}
    return pd.DataFrame(ranks, index=frame.index)


def weights_by_method(desk: IndicatorDesk, status: tuple[str, ...], *, level: str, date: str) -> pd.DataFrame:
    """The weight of each indicator under equal, PCA and entropy weights; each column adds up to 1."""
    frame = _burdens(desk, status, level=level, date=date)
    found = {m: weights(frame.to_numpy(float), m) for m in METHODS if m in ("equal", "pca", "entropy")}
    return pd.DataFrame(found, index=pd.Index(list(status), name="indicator"))


def _burdens(desk: IndicatorDesk, status: tuple[str, ...], *, level: str, date: str) -> pd.DataFrame:
    table = desk.shown[level]
    columns = {key: np.asarray(burden_of(table, key, date)) for key in status}
    frame = pd.DataFrame(columns, index=pd.Index(table.ids, name="area")).dropna()
    found = index_findings(frame, status=list(status), dynamic=())
    if blocking(found):
        raise InputError(*found)
    return frame
