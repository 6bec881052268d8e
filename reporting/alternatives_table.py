"""Several proposals side by side: what distinguishes them, in one table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from regionalization.compare import Difference
from regionalization.proposal import Proposal
from reporting.numbers_de import NOTHING, count, decimal, metres, share
from reporting.text_de import alternatives as text


def alternatives_table(
    proposals: Sequence[Proposal], differences: Sequence[Difference], *, residents: int, places: bool
) -> Any:
    """One row per proposal with its measures and how far it is from the first.

    Parameters
    ----------
    proposals : k proposals, the best first
    differences : k differences to the first one
    residents : of the county, for the share that would live in another region
    places : does the county name places that could be cut?

    Returns
    -------
    pandas Styler with German headings and numbers
    """
    rows = [
        {
            "number": text.name(number),
            "in_band": f"{count(p.scores['in_band_regions'])} / {count(p.scores['regions'])}",
            "mean_deviation": p.scores["mean_deviation"],
            "polsby_popper": p.scores["polsby_popper"],
            "ssd_ratio": float("nan") if "no_features" in p.notes else p.scores["ssd_ratio"],
            "cut_m": p.scores["cut_m"],
            "places_cut": p.scores["places_cut"] if places else float("nan"),
            "moved": d.residents / max(residents, 1),
            "distance": p.extra.get("distance", float("nan")) if number else float("nan"),
            "gap": p.extra.get("gap", float("nan")) if number else float("nan"),
            "strength": text.strength(p),
        }
        for number, (p, d) in enumerate(zip(proposals, differences, strict=True))
    ]
    frame = pd.DataFrame(rows, columns=list(text.COLUMNS)).dropna(axis="columns", how="all")
    shown = {key: heading for key, heading in text.COLUMNS.items() if key in frame.columns}
    writers: dict[str, Any] = {
        "mean_deviation": share,
        "polsby_popper": lambda value: decimal(value, 2),
        "ssd_ratio": share,
        "cut_m": metres,
        "places_cut": count,
        "moved": share,
        "distance": _share_or_dash,
        "gap": _share_or_dash,
    }
    written = {heading: writers[key] for key, heading in shown.items() if key in writers}
    return frame.rename(columns=shown).style.hide(axis="index").format(written)


def _share_or_dash(value: float) -> str:
    """The first has none before it and none better."""
    return share(value) if math.isfinite(value) else NOTHING
