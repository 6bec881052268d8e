"""Methode: what each indicator means, where it comes from, how it is computed and what it cannot say."""

from __future__ import annotations

import streamlit as st

from indicators.similar_areas import reference_values
from reporting.indicator_pages import indicator_page
from reporting.numbers_de import decimal
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import methods as method_text
from reporting.text_de import validity as say
from ui import session
from ui.address import project_key
from ui.indicator_choice import desk_if_any, draw_link_notes, in_url, indicator_name
from ui.project_link import county_project
from workspace.county_catalogue import catalogue_of
from workspace.validity_meter import Meter, meter_of


def draw() -> None:
    """Draw the page."""
    project = county_project(session.current(), key=project_key())
    catalogue = catalogue_of(project.project.store if project is not None else None)
    left, right = st.columns([1, 2], gap="medium")
    with left:
        st.title(app_text.PAGES["methode"])
        view = in_url("ansicht", text.VIEW, list(text.VIEWS), text.VIEWS.__getitem__)
        offered = [k for k in catalogue.ids if k in set(catalogue.views.get(view, catalogue.ids))]
        default = "EIN02" if "EIN02" in offered else offered[0]
        key = in_url("indikator", text.INDICATOR, offered, indicator_name(catalogue), default=default)
        draw_link_notes()
        st.caption(method_text.CATALOGUE_NOTE)
    with right:
        st.markdown(indicator_page(catalogue[key], catalogue).replace("# ", "### ", 1))
        for value in reference_values(key):
            unit = catalogue[key].unit
            st.caption(
                f"{method_text.REFERENCE}: {value.area} {decimal(value.value, 2)} {unit}, "
                f"{text.german_date(value.date)} ({value.source})"
            )
        _draw_meter(key)
    st.subheader(method_text.TITLE)
    for title, explanation in method_text.METHODS.items():
        with st.expander(title):
            st.markdown(explanation)


def _draw_meter(key: str) -> None:
    """What regions of some sizes, and those of the drawing on the table, allow to be said about the indicator."""
    st.subheader(say.TITLE)
    desk = desk_if_any(session.current())
    if desk is None or key not in desk.catalogue.ids:
        st.caption(say.NOT_YET)
        return
    meter, unit = meter_of(desk, key), desk.catalogue[key].unit
    if meter is None:
        st.caption(say.NO_INTERVAL)
        return
    st.markdown(_meter_table(meter, unit))
    if meter.judged:
        widths = tuple(say.half_width(width, unit, 0) for width in (meter.narrowest, meter.widest))
        st.markdown(say.told_apart(meter.told_apart, meter.judged, date=meter.date, widths=widths))  # type: ignore[arg-type]
    st.caption(say.NOTE)


def _meter_table(meter: Meter, unit: str) -> str:
    graded = meter.rows[0].grade is not None
    head = say.TABLE if graded else say.TABLE[:3]
    rows = [
        (
            say.residents(row.residents),
            say.group(row.group),
            say.half_width(row.half_width, unit, meter.value),
            *([say.GRADES[row.grade]] if row.grade else []),
        )
        for row in meter.rows
    ]
    ruler = "|:--|--:|--:|" + (":--|" if graded else "")
    return "\n".join([f"| {' | '.join(head)} |", ruler, *(f"| {' | '.join(row)} |" for row in rows)])
