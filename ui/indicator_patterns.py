"""Views that look for patterns: hot spots among Quartiere or blocks, and types of areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from indicators.typology import Typology, typology
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import indicators as words
from spatial.errors import InputError
from ui.cache import blocks_of, fine_of, hotspots_of
from ui.indicator_choice import FINE_LEVELS, Choice, in_url
from ui.indicator_frames import said
from workspace import indicator_desk as desks
from workspace.fine_figures import BLOCK
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace

_STATISTICS = {"moran": text.MORAN, "getis": text.GETIS}
_CALM = ("none", "excluded", "secret")


@dataclass(frozen=True, eq=False)
class HotspotMap:
    """Classes of the areas of one level, in the order of its table."""

    level: str
    table: ReleasedTable
    classes: Any


def draw_hotspots(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> HotspotMap | None:
    """Where values gather, on Quartiere or blocks; an audience sees only what its figures allow."""
    _, choice = shown
    first, second = st.columns(2)
    default = "block" if desk.audience == "intern" else "quartier"
    with first:
        level = in_url("einheit", text.HOTSPOT_UNIT, FINE_LEVELS, text.LEVELS.__getitem__, default=default)
    with second:
        statistic = in_url("verfahren", text.STATISTIC, list(_STATISTICS), _STATISTICS.__getitem__)
    try:
        with st.spinner(say.HOTSPOTS_COMPUTING):
            result = hotspots_of(workspace, desk, choice.indicator, date=choice.date, how=(level, statistic))
    except InputError as error:
        said(error.findings)
        return None
    counts = pd.Series(result.classes).value_counts()
    if not set(counts.index) - set(_CALM):
        st.markdown(say.NO_HOTSPOTS)
    lines = [
        f"- {words_of}: {words.count_text(float(counts[key]), state=words.KNOWN)}"
        for key, words_of in text.HOTSPOT_CLASSES.items()
        if key in counts
    ]
    st.markdown("\n".join(lines))
    table = blocks_of(workspace, desk, choice.indicator) if level == BLOCK else fine_of(workspace, desk).shown
    return HotspotMap(level, table, result.classes)


def draw_types(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> dict[str, int] | None:
    """Types of areas in words, with their stability; returns the type of each area for the map."""
    table, choice = shown
    if choice.level in ("block", "kreis"):
        st.info(say.TYPES_LEVEL)
        return None
    kept, rows = _usable(table, choice.date)
    number = int(st.number_input(text.TYPES, 2, 6, 3))
    indicators = [tuple(table.catalogue)[k] for k in kept]
    values = table.value[np.ix_(rows, [table.dates.index(choice.date)], kept)][:, 0]
    try:
        with st.spinner(text.COMPUTING):
            result = typology(
                values,
                [i.name_de for i in indicators],
                types=number,
                seed=desks.SEED,
                burden=np.array([-i.polarity for i in indicators]),
            )
    except InputError as error:
        said(error.findings)
        return None
    _type_profiles(result, number)
    st.caption(say.types_from(len(kept), len(table) - len(rows)))
    ids = [table.ids[i] for i in rows]
    return dict(zip(ids, (int(t) for t in result.types), strict=True))


def _usable(table: ReleasedTable, date: str) -> tuple[list[int], list[int]]:
    """Indicators known nearly everywhere, and the areas where all of those are known."""
    d = table.dates.index(date)
    offered = [k for k, i in enumerate(table.catalogue) if i.polarity != 0 and i.kind == "proportion"]
    known = np.isfinite(table.value[:, d])
    kept = [k for k in offered if known[:, k].mean() >= 0.9 and np.nanstd(table.value[:, d, k]) > 1e-9]
    return kept, [int(i) for i in np.flatnonzero(known[:, kept].all(axis=1))]


def _type_profiles(result: Typology, number: int) -> None:
    lines = []
    for kind in range(1, number + 1):
        above, below = result.profiles[kind - 1]
        areas = int((result.types == kind).sum())
        lines.append(f"- {text.type_words(kind, areas, list(above[:4]), list(below[:4]))}")
    st.markdown("\n".join(lines))
    st.caption(text.stability_words(result.stability))
