"""Vorgaben: what a Sozialraum has to keep, and whether that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from regionalization.population_target import PopulationTarget
from reporting.numbers_de import decimal
from reporting.text_de import app as text
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from ui import session
from ui.navigation import link
from ui.violations import show_violations
from workspace import actions
from workspace.remedies import special_demands, without_demand
from workspace.workspace import Settings, Workspace


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    st.title(text.PAGES["vorgaben"])
    st.markdown(text.SETTINGS_INTRO)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        _form(workspace)
    with right:
        _feasibility(session.current())
        _special(session.current())


def _form(workspace: Workspace) -> None:
    with st.container(border=True):
        target = _target(workspace.settings.target)
        demands = _demands(workspace)
        search = _search(workspace.settings)
    try:
        settings = replace(
            workspace.settings,
            target=PopulationTarget(**target),
            features=demands.pop("features"),
            constraints=replace(workspace.settings.constraints, **demands),
            parameters=replace(workspace.settings.parameters, **search.pop("parameters")),
            **search,
        )
        session.put(workspace.with_settings(settings))
    except InputError as error:
        for finding in error.findings:
            st.error(sentence(finding))


def _target(target: PopulationTarget) -> dict[str, int]:
    st.markdown(f"**{text.BAND}**")
    low, aim, high = st.columns(3)
    return {
        "minimum": int(low.number_input(text.MINIMUM, value=target.minimum, min_value=0, step=500)),
        "target": int(aim.number_input(text.TARGET, value=target.target, min_value=0, step=500)),
        "maximum": int(high.number_input(text.MAXIMUM, value=target.maximum, min_value=1, step=500)),
    }


def _demands(workspace: Workspace) -> dict[str, Any]:
    constraints = workspace.settings.constraints
    borders = _one_of(text.BORDERS, text.BORDER_CHOICES, constraints.municipal_borders)
    count = st.number_input(text.COUNT, value=constraints.region_count or 0, min_value=0, step=1, help=text.COUNT_HELP)
    without = not workspace.county.blocks.places
    places = _one_of(text.PLACES, text.PLACE_CHOICES, constraints.places, help=text.PLACES_HELP, disabled=without)
    features = st.multiselect(
        text.FEATURES,
        sorted(workspace.county.features),
        default=workspace.settings.features,
        help=text.FEATURES_HELP,
        placeholder=text.FEATURES_NONE,
        select_all=False,
    )
    return {
        "municipal_borders": borders,
        "region_count": int(count) or None,
        "places": places,
        "features": tuple(features),
    }


def _one_of(
    label: str,
    choices: Mapping[str, str],
    value: str,
    *,
    help: str | None = None,
    disabled: bool = False,
) -> Any:
    """Buttons of which exactly one is pressed; keys are codes, shown are their German words."""
    keys = list(choices)
    return st.radio(
        label,
        keys,
        index=keys.index(value),
        format_func=choices.__getitem__,
        horizontal=True,
        help=help,
        disabled=disabled,
    )


def _search(settings: Settings) -> dict[str, Any]:
    first, second = st.columns(2)
    with first:
        compactness = _weight(
            text.COMPACTNESS, (0.05, 1.0), settings.parameters.compactness, help=text.COMPACTNESS_HELP
        )
    with second:
        cohesion = _weight(text.COHESION, (0.25, 3.0), settings.parameters.cohesion, help=text.COHESION_HELP)
    alternatives = first.number_input(text.ALTERNATIVES, value=settings.alternatives, min_value=1, max_value=9)
    seed = second.number_input(text.SEED, value=settings.seed, min_value=0, step=1, help=text.SEED_HELP)
    return {
        "parameters": {"compactness": compactness, "cohesion": cohesion},
        "alternatives": int(alternatives),
        "seed": int(seed),
    }


def _weight(label: str, steps: tuple[float, float], value: float, *, help: str) -> float:
    """A slider in steps from 0 to the largest weight, written with a decimal comma."""
    step, largest = steps
    offered = sorted({*(round(i * step, 4) for i in range(round(largest / step) + 1)), value})
    chosen = st.select_slider(label, offered, value=value, format_func=lambda v: decimal(v, 2), help=help)
    return float(chosen)


def _feasibility(workspace: Workspace) -> None:
    st.subheader(text.FEASIBILITY)
    impossible = actions.impossible(workspace)
    if impossible:
        show_violations(impossible, workspace, key="vorgaben")
    else:
        st.success(text.FEASIBLE, icon=":material/check_circle:")
    link("vorschlag", text.TO_PROPOSAL, primary=True)


def _special(workspace: Workspace) -> None:
    """Demands that hold for single municipalities, each with a button that takes it back."""
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    demands = special_demands(workspace.settings)
    if not demands:
        return
    st.subheader(text.SPECIAL)
    for number, demand in enumerate(demands):
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.markdown(
            text.special_demand(demand.kind, [names.get(k, k) for k in demand.municipalities], demand.numbers)
        )
        if button.button(text.TAKE_BACK, key=f"special_{number}", width="stretch"):
            session.put(workspace.with_settings(without_demand(workspace.settings, demand)))
            st.rerun()
