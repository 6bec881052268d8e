"""What is looked at on the pages about indicators: view, indicator, level, date, audience; all in the URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.catalogue import Catalogue
from indicators.counts import CountTable
from reporting.text_de import indicator_rooms as text
from reporting.text_de.app import TO_PROPOSAL
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from spatial.fingerprint import digest
from ui import session
from ui.cache import indicator_desk, sample_counts
from ui.navigation import link
from workspace.indicator_actions import read_catalogue, read_counts
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace


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
    counts = _counts(workspace)
    if counts is None:
        return None
    return indicator_desk(workspace, counts, chosen_audience())


def chosen_audience() -> Any:
    """Who looks: the protected view unless somebody chose the internal one."""
    seen = st.query_params.get("sicht", "public")
    return seen if seen in text.AUDIENCES else "public"


def choose(desk: IndicatorDesk) -> Choice:
    """The controls for view, indicator, level, date and audience."""
    views = {"alle": desk.catalogue.ids, **desk.catalogue.views}
    view = in_url("ansicht", text.VIEW, list(text.VIEWS), text.VIEWS.__getitem__)
    offered = [key for key in desk.catalogue.ids if key in set(views[view])]
    default = "EIN02" if "EIN02" in offered else offered[0]
    indicator = in_url("indikator", text.INDICATOR, offered, indicator_name(desk.catalogue), default=default)
    left, right = st.columns(2)
    with left:
        levels = [level for level in text.LEVELS if level in desk.shown or level == "block"]
        level = in_url("ebene", text.LEVEL, levels, text.LEVELS.__getitem__)
    with right:
        dates = list(reversed(desk.dates))
        date = in_url("stichtag", text.DATE, dates, text.german_date)
    in_url("sicht", text.AUDIENCE, list(text.AUDIENCES), text.AUDIENCES.__getitem__)
    if desk.audience == "intern":
        st.warning(text.INTERN_WARNING, icon=":material/lock:")
    return Choice(indicator, level, date)


def indicator_name(catalogue: Catalogue) -> Callable[[str], str]:
    """How an indicator is offered: theme, name and id."""
    return lambda key: f"{catalogue[key].name_de} · {key}"


def in_url(name: str, label: str, options: Sequence[str], words: Callable[[str], str], *, default: str = "") -> str:
    """A choice that starts from the URL and writes itself there; a value the URL does not know is the default."""
    position = options.index(start_of(name, options, default or options[0]))
    chosen: str = st.selectbox(
        label, options, index=position, format_func=words, key=f"choice_{name}_{_offer(options)}"
    )
    write_url(name, chosen)
    return chosen


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


def _counts(workspace: Workspace) -> CountTable | None:
    own: CountTable | None = session.recall(f"counts_{workspace.county.fingerprint}")
    if own is not None:
        return own
    counts = sample_counts() if workspace.county.is_sample else None
    if counts is None:
        st.info(text.NO_COUNTS)
        _upload(workspace)
    return counts


def _upload(workspace: Workspace) -> None:
    file = st.file_uploader(text.COUNTS_FILE, type=["csv", "txt", "xlsx", "gpkg"])
    if file is None:
        return
    path = session.upload_folder() / f"counts{file.name[file.name.rfind('.') :].lower()}"
    path.write_bytes(file.getvalue())
    try:
        counts, found = read_counts(path, read_catalogue(None))
    except InputError as error:
        st.error("\n\n".join(sentence(finding) for finding in error.findings))
        return
    session.remember(f"counts_{workspace.county.fingerprint}", counts)
    session.flash("\n\n".join([text.COUNTS_TAKEN, *(sentence(finding) for finding in found)]))
    st.rerun()
