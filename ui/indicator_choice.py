"""What is looked at on the pages about indicators: view, indicator, level, date, audience; all in the URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from indicators.catalogue import Catalogue
from indicators.counts import CountTable
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de.app import TO_PROPOSAL
from reporting.text_de.editor import store_problem
from spatial.fingerprint import digest
from ui import session
from ui.address import project_key, view_only
from ui.cache import Known, indicator_desk, sample_counts
from ui.count_intake import draw_counts
from ui.navigation import link
from ui.project_link import county_project
from workspace.county_catalogue import catalogue_of
from workspace.indicator_desk import IndicatorDesk
from workspace.ledger import Ledger
from workspace.store import StoreError
from workspace.workspace import Workspace

_NOTES = "link_notes"
FINE_LEVELS = ("quartier", "block")  # worked out when they are asked for


@dataclass(frozen=True)
class Choice:
    """Indicator, level and date on show."""

    indicator: str
    level: str
    date: str


def desk_or_reason(workspace: Workspace) -> IndicatorDesk | None:
    """The figures of the plan on the table, or what is missing for them and the way there."""
    if workspace.plan is None:
        st.info(text.NO_PLAN)
        link("vorschlag", TO_PROPOSAL, primary=True)
        return None
    try:
        with st.spinner(text.COMPUTING):
            counts, known = county_figures(workspace)
    except StoreError as error:
        st.error(store_problem(error.code, error.values))
        return None
    if counts is None:
        st.info(text.NO_COUNTS)
        draw_counts(workspace)
        return None
    with st.spinner(text.COMPUTING):
        return indicator_desk(workspace, counts, chosen_audience(), known)


def desk_if_any(workspace: Workspace) -> IndicatorDesk | None:
    """The protected figures of the plan on the table, or nothing where a plan or counts are missing."""
    if workspace.plan is None:
        return None
    with suppress(StoreError), st.spinner(text.COMPUTING):
        counts, known = county_figures(workspace)
        if counts is not None:
            return indicator_desk(workspace, counts, "public", known)
    return None


def chosen_audience() -> Any:
    """Who looks: the protected view unless somebody chose the internal one; a link for looking never shows that."""
    seen = st.query_params.get("sicht", "public")
    return seen if seen in _audiences() else "public"


def _audiences() -> list[str]:
    return [key for key in text.AUDIENCES if key != "intern" or not view_only()]


def choose(desk: IndicatorDesk) -> Choice:
    """The controls for view, indicator, level, date and audience, in one row."""
    views = {"alle": desk.catalogue.ids, **desk.catalogue.views}
    first, second, third, fourth, fifth = st.columns([3, 5, 3, 2.4, 2.4])
    with first:
        view = in_url("ansicht", text.VIEW, list(text.VIEWS), text.VIEWS.__getitem__)
    offered = [key for key in desk.catalogue.ids if key in set(views[view])]
    default = "EIN02" if "EIN02" in offered else offered[0]
    with second:
        indicator = in_url("indikator", text.INDICATOR, offered, indicator_name(desk.catalogue), default=default)
    with third:
        levels = [level for level in text.LEVELS if level in desk.shown or level in FINE_LEVELS]
        level = in_url("ebene", text.LEVEL, levels, text.LEVELS.__getitem__)
    with fourth:
        date = in_url("stichtag", text.DATE, list(reversed(desk.dates)), text.german_date)
    with fifth:
        choose_audience(desk)
    if desk.audience == "intern":
        st.warning(text.INTERN_WARNING, icon=":material/lock:")
    draw_link_notes()
    return Choice(indicator, level, date)


def choose_audience(desk: IndicatorDesk) -> None:
    """Protected or internal; the choice draws the page anew."""
    in_url("sicht", text.AUDIENCE, _audiences(), text.AUDIENCE_SHORT.__getitem__, note=text.AUDIENCE_HELP)


def indicator_name(catalogue: Catalogue) -> Callable[[str], str]:
    """How an indicator is offered: theme, name and id."""
    return lambda key: f"{catalogue[key].name_de} · {key}"


def in_url(
    name: str, label: str, options: Sequence[str], words: Callable[[str], str], *, default: str = "", note: str = ""
) -> str:
    """A choice that starts from the URL and writes itself there; a value the URL does not know is the default."""
    position = options.index(start_of(name, options, default or options[0]))
    chosen: str = st.selectbox(
        label,
        options,
        index=position,
        format_func=words,
        key=f"choice_{name}_{_offer(options)}",
        help=note or None,
    )
    if chosen == options[position]:
        say_unknown(name, label, options, shown=words(chosen))
    write_url(name, chosen)
    return chosen


def say_unknown(name: str, label: str, options: Sequence[str], *, shown: str = "") -> None:
    """Note when the link that opened the page names something that is not there; a later choice silences it."""
    place = f"asked_{name}"
    if session.recall(place) is None:
        asked = st.query_params.get(name, "")
        session.remember(place, "" if asked in options else asked)
    asked = session.recall(place)
    if asked and asked not in options:
        session.remember(_NOTES, (*session.recall(_NOTES, ()), say.unknown_in_link(label, _harmless(asked), shown)))


def draw_link_notes() -> None:
    """What the link names and the page does not know, in one place; each is said once per drawing."""
    notes = session.recall(_NOTES, ())
    session.remember(_NOTES, ())
    if notes:
        st.info("\n\n".join(notes))


def _harmless(asked: str) -> str:
    """What stood in a link, without the signs that a text on screen would obey."""
    return re.sub(r"[^\w .,+-]", "", asked)[:40] or "…"


def start_of(name: str, options: Sequence[str], default: str) -> str:
    """What a choice begins with: the URL's value at the first drawing. It must not follow the choice itself, or the
    next click would meet a new control and be lost.
    """
    place = f"start_{name}_{_offer(options)}"
    start = str(session.recall(place) or st.query_params.get(name, default))
    start = start if start in options else default
    session.remember(place, start)
    return start


def write_url(name: str, chosen: str) -> None:
    """Let the URL say what is chosen; another audience draws the page anew."""
    before = st.query_params.get(name)
    if before != chosen:
        st.query_params[name] = chosen
        if name == "sicht" and before is not None:
            st.rerun()


def _offer(options: Sequence[str]) -> str:
    return digest(tuple(options))[:6]


def county_figures(workspace: Workspace) -> tuple[CountTable | None, Known]:
    """The counts of the county on the table and what its project knows about them; the example has its own.

    Errors
    ------
    StoreError : the project file cannot be used
    InputError : the county's own catalogue does not fit this program any more
    """
    project = county_project(workspace, key=project_key())
    store = project.project.store if project is not None else None
    stored = store.counts() if store is not None else None
    known = Known(store.ledger() if store is not None else Ledger(), catalogue=catalogue_of(store))
    if stored is not None:
        return stored.table, replace(known, modelled=stored.modelled)
    return (sample_counts() if workspace.county.is_sample else None), known
