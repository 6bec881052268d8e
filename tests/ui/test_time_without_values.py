"""Indicators over time where no value can be shown: the page says so instead of stopping."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def drawn_over_time(level: str) -> None:
    """What the page draws: blocks, or all of them, without a number of poor children."""
    import numpy as np

    from indicators.counts import CellState, CountTable
    from tests.workspace.figure_county import DATE, START, figure_counts, figure_county
    from ui.indicator_choice import Choice
    from ui.indicator_views import draw_time
    from workspace.indicator_desk import desk_of
    from workspace.workspace import Workspace

    full, county = figure_counts(), figure_county()
    k, values, states = full.indicators.index("EIN02"), full.values.copy(), full.states.copy()
    gone = slice(None, None, 9 if level == "kreis" else 1)
    values[gone, :, k], states[gone, :, k] = np.nan, CellState.MISSING
    counts = CountTable(full.ids, full.indicators, full.dates, values, states)
    desk = desk_of(county, START, counts, audience="public")
    draw_time(Workspace(county, plan=START), desk, (desk.shown[level], Choice("EIN02", level, DATE)))


@pytest.mark.parametrize(("level", "said"), [("kreis", "hat der Kreis"), ("sozialraum", "hat einer der Räume")])
def test_where_no_value_can_be_shown_over_time_the_page_says_why(level: str, said: str) -> None:
    page = AppTest.from_function(drawn_over_time, args=(level,), default_timeout=30).run()
    assert not page.exception and [said in note.value for note in page.info] == [True]
