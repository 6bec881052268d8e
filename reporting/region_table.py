"""The table of regions as the screens show it: German headings and numbers, sortable by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from regionalization.scores import RegionScore
from reporting.numbers_de import count, decimal, signed_share
from reporting.text_de import app as text
from reporting.text_de.plan_map import band_sign


def region_table(scores: Sequence[RegionScore], municipality_names: Mapping[str, str]) -> Any:
    """One row per region with number, municipality, residents, deviation, its own band and compactness.

    Returns
    -------
    pandas Styler: values stay numbers (so that a screen can sort), shown as ``12.345``
    """
    rows = [
        {
            "region": score.region,
            "municipality": ", ".join(municipality_names.get(key, key) for key in score.municipalities),
            "residents": score.residents,
            "deviation": score.deviation,
            "band": band_sign(score.residents, score.target.minimum, score.target.maximum),
            "polsby_popper": score.polsby_popper,
            "n_blocks": score.n_blocks,
        }
        for score in scores
    ]
    frame = pd.DataFrame(rows, columns=list(text.REGION_TABLE)).rename(columns=text.REGION_TABLE)
    writers: dict[str, Any] = {
        "residents": count,
        "deviation": signed_share,
        "polsby_popper": lambda value: decimal(value, 2),
        "n_blocks": count,
    }
    return frame.style.hide(axis="index").format({text.REGION_TABLE[key]: write for key, write in writers.items()})
