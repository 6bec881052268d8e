"""Methode: what each indicator means, where it comes from, how it is computed and what it cannot say."""

from __future__ import annotations

import streamlit as st

from indicators.catalogue import standard_catalogue
from indicators.similar_areas import reference_values
from reporting.indicator_pages import indicator_page
from reporting.numbers_de import decimal
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import methods as method_text
from ui.indicator_choice import in_url, indicator_name


def draw() -> None:
    """Draw the page."""
    catalogue = standard_catalogue()
    left, right = st.columns([1, 2], gap="medium")
    with left:
        st.title(app_text.PAGES["methode"])
        view = in_url("ansicht", text.VIEW, list(text.VIEWS), text.VIEWS.__getitem__)
        offered = [k for k in catalogue.ids if k in set(catalogue.views.get(view, catalogue.ids))]
        default = "EIN02" if "EIN02" in offered else offered[0]
        key = in_url("indikator", text.INDICATOR, offered, indicator_name(catalogue), default=default)
        st.caption(method_text.CATALOGUE_NOTE)
    with right:
        st.markdown(indicator_page(catalogue[key], catalogue).replace("# ", "### ", 1))
        for value in reference_values(key):
            unit = catalogue[key].unit
            st.caption(
                f"{method_text.REFERENCE}: {value.area} {decimal(value.value, 2)} {unit}, "
                f"{text.german_date(value.date)} ({value.source})"
            )
    st.subheader(method_text.TITLE)
    for title, explanation in method_text.METHODS.items():
        with st.expander(title):
            st.markdown(explanation)
