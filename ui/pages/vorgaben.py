"""Vorgaben: what a Sozialraum has to keep, and whether that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from regionalization.population_target import PopulationTarget
from reporting.numbers_de import decimal
from reporting.text_de import app as text
from reporting.text_de import demands as say
from reporting.text_de.column_names import readable
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from ui import session
from ui.demand_views import show_special_demands, take_demand_file
from ui.held_field import held
from ui.navigation import link
from ui.number_field import whole_number
from ui.violations import show_violations
from workspace import actions
from workspace.fine_figures import QUARTIER_RESIDENTS
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
        show_special_demands(session.current())
        take_demand_file(session.current())


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
    fields = (("minimum", text.MINIMUM, 0), ("target", text.TARGET, 0), ("maximum", text.MAXIMUM, 1))
    chosen = {}
    for column, (name, label, least) in zip(st.columns(3), fields, strict=True):
        value = getattr(target, name)
        chosen[name] = whole_number(label, value, key=f"band_{name}", minimum=least, place=column)
    st.caption(say.band_in_words(**chosen))
    return chosen


def _demands(workspace: Workspace) -> dict[str, Any]:
    constraints = workspace.settings.constraints
    borders = _one_of(text.BORDERS, text.BORDER_CHOICES, constraints.municipal_borders, key="borders")
    count = _count(workspace)
    without = not workspace.county.blocks.places
    places = _one_of(text.PLACES, text.PLACE_CHOICES, constraints.places, key="places", disabled=without)
    features = held("features", list(workspace.settings.features), lambda: _features(workspace))
    return {
        "municipal_borders": borders,
        "region_count": count,
        "places": places,
        **_today(workspace),
        "features": tuple(features),
    }


def _count(workspace: Workspace) -> int | None:
    """As many regions as fit, or exactly so many; asked first for as many as the plan on the table has."""
    count = workspace.settings.constraints.region_count
    now = len(workspace.plan.regions) if workspace.plan is not None else 1
    choice = _one_of(text.COUNT, say.COUNT_CHOICES, "fitting" if count is None else "exact", key="count_kind")
    if choice == "fitting":
        return None
    return _counted(say.COUNT_EXACT, count or now, key="region_count", minimum=1)


def _today(workspace: Workspace) -> dict[str, Any]:
    """How close to the plan on the table the next proposal stays; the plan is kept when the wish is first made."""
    constraints = workspace.settings.constraints
    today = constraints.current_plan or workspace.plan
    if today is None:
        return {}
    close = _weight(say.TODAY, (0.1, 1.0), constraints.stay_close, help=say.TODAY_HELP)
    return {"stay_close": close, "current_plan": today if close > 0 else constraints.current_plan}


def _features(workspace: Workspace) -> list[str]:
    return st.multiselect(
        text.FEATURES,
        sorted(workspace.county.features),
        key="features",
        format_func=readable,
        help=text.FEATURES_HELP,
        placeholder=text.FEATURES_NONE,
        select_all=False,
    )


def _one_of(label: str, choices: Mapping[str, str], value: str, *, key: str, disabled: bool = False) -> Any:
    """Buttons of which exactly one is pressed; keys are codes, shown are their German words."""
    return held(
        key,
        value,
        lambda: st.radio(
            label,
            list(choices),
            key=key,
            format_func=choices.__getitem__,
            horizontal=True,
            help=text.PLACES_HELP if key == "places" else None,
            disabled=disabled,
        ),
    )


def _counted(label: str, value: int, *, key: str, minimum: int, help: str | None = None) -> int:
    return int(held(key, value, lambda: st.number_input(label, key=key, min_value=minimum, step=1, help=help)))


def _search(settings: Settings) -> dict[str, Any]:
    first, second = st.columns(2)
    with first:
        compactness = _weight(
            text.COMPACTNESS, (0.05, 1.0), settings.parameters.compactness, help=text.COMPACTNESS_HELP
        )
    with second:
        cohesion = _weight(text.COHESION, (0.25, 3.0), settings.parameters.cohesion, help=text.COHESION_HELP)
    quartiere = _quartiere(settings.quartier_target)
    with first:
        seed = _counted(text.SEED, settings.seed, key="seed", minimum=0, help=text.SEED_HELP)
    return {
        "parameters": {"compactness": compactness, "cohesion": cohesion},
        "seed": seed,
        "quartier_target": quartiere,
    }


def _quartiere(target: int | None) -> int | None:
    """Residents of a Quartier where a second level is wanted."""
    if not held("quartiere", target is not None, lambda: st.toggle(say.QUARTIERE, key="quartiere")):
        return None
    value = target or QUARTIER_RESIDENTS
    return whole_number(say.QUARTIER_TARGET, value, key="quartier_residents", minimum=1)


def _weight(label: str, steps: tuple[float, float], value: float, *, help: str) -> float:
    """A slider in steps from 0 to the largest weight, written with a decimal comma."""
    step, largest = steps
    offered = sorted({*(round(i * step, 4) for i in range(round(largest / step) + 1)), value})
    key = f"weight_{label}"
    return float(
        held(
            key,
            value,
            lambda: st.select_slider(label, offered, key=key, format_func=lambda v: decimal(v, 2), help=help),
        )
    )


def _feasibility(workspace: Workspace) -> None:
    """The answer, the way on, then every reason with what can be done about it."""
    st.subheader(text.FEASIBILITY)
    impossible = sorted(actions.impossible(workspace), key=lambda v: v.rule == "population")  # demands come first
    if impossible:
        out_of_band = [v.municipality for v in impossible if v.rule == "population"]
        places, others = len({*out_of_band} - {""}), len(impossible) - len(out_of_band)
        of = len(workspace.county.blocks.municipalities)
        said = text.not_everywhere(places, of, others, anywhere="" in out_of_band)
        st.warning(said, icon=":material/balance:")
    else:
        st.success(text.FEASIBLE, icon=":material/check_circle:")
    link("vorschlag", text.TO_PROPOSAL, primary=True)
    if impossible:
        show_violations(impossible, workspace, key="vorgaben", remedies_open=True)
