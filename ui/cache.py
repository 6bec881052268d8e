"""The one place that uses ``st.cache_*``: everything shared between browsers, keyed by fingerprints."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import streamlit as st

from indicators.catalogue import Catalogue, standard_catalogue
from indicators.counts import CountTable
from indicators.disclosure import ReleasedTable
from indicators.hotspots import Hotspots
from regionalization.cut_measures import CutPlace, cut_places
from regionalization.explain import Explanation, explain
from regionalization.identity import problem_fingerprint
from regionalization.scores import RegionScore, region_scores
from regionalization.warm_up import warm_up
from spatial.fingerprint import digest
from spatial.outlines import Outlines
from spatial.plan import Plan
from workspace import actions
from workspace.county import County
from workspace.drawing import MapShapes, plan_shapes, shapes_of
from workspace.figures import COUNTY
from workspace.fine_figures import FineFigures, block_figures, fine_figures, own_quartiere, quartier_ids, quartiere_of
from workspace.hotspot_figures import hotspots_of_level
from workspace.indicator_desk import IndicatorDesk, counts_of_sample, desk_of
from workspace.jobs import Worker
from workspace.ledger import Ledger
from workspace.outputs import plan_download
from workspace.redrawing_effect import Onlooker, RedrawingEffect, Starting, effect_of_redrawing, starting_point
from workspace.release import Audience
from workspace.workspace import Workspace, plan_of


@dataclass(frozen=True, eq=False)
class Known:
    """What a project knows beside its counts: earlier releases, which counts are estimates, and its indicators."""

    ledger: Ledger = field(default_factory=Ledger)
    modelled: frozenset[tuple[str, str]] = frozenset()
    catalogue: Catalogue = field(default_factory=standard_catalogue)


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """The warm process in which proposals are made."""
    return Worker(warm_up)


def scores_of(workspace: Workspace) -> tuple[RegionScore, ...]:
    """The scores of all regions of the plan on the table, worked out once per plan."""
    return _scores(plan_key(workspace), workspace)


def explanations_of(workspace: Workspace) -> tuple[Explanation, ...]:
    """Why each region of the plan on the table is as it is, worked out once per plan."""
    return _explanations(plan_key(workspace), workspace)


@st.cache_data(show_spinner=False, max_entries=64)
def _explanations(key: str, _workspace: Workspace) -> tuple[Explanation, ...]:
    return explain(plan_of(_workspace), _workspace.problem)


def cut_places_of(workspace: Workspace) -> tuple[CutPlace, ...]:
    """The places that the plan on the table cuts, worked out once per plan."""
    return _cut_places(plan_key(workspace), workspace)


@st.cache_data(show_spinner=False, max_entries=64)
def _cut_places(key: str, _workspace: Workspace) -> tuple[CutPlace, ...]:
    return cut_places(plan_of(_workspace), _workspace.problem)


def plan_key(workspace: Workspace) -> str:
    """Fingerprint of the plan on the table and of the task it answers."""
    return digest(problem_fingerprint(workspace.problem), plan_of(workspace).labels)


@st.cache_data(show_spinner=False, max_entries=64)
def _scores(key: str, _workspace: Workspace) -> tuple[RegionScore, ...]:
    return region_scores(plan_of(_workspace), _workspace.problem)


def download_of(workspace: Workspace, kind: str) -> bytes:
    """The plan on the table as one file, made once per plan."""
    return _download(plan_key(workspace), kind, workspace)


@st.cache_data(show_spinner=False, max_entries=32)
def _download(key: str, kind: str, _workspace: Workspace) -> bytes:
    return plan_download(kind, _workspace)


def map_shapes(county: County) -> MapShapes:
    """The shapes of a county for drawing, simplified once per county for all browsers."""
    return _map_shapes(county.fingerprint, county)


@st.cache_resource(show_spinner=False, max_entries=8)
def _map_shapes(fingerprint: str, _county: County) -> MapShapes:
    return shapes_of(_county)


def regions_of(workspace: Workspace) -> Outlines:
    """The shapes of the regions of the plan on the table."""
    return _regions_of(digest(workspace.county.fingerprint, plan_of(workspace).labels), workspace)


@st.cache_resource(show_spinner=False, max_entries=64)
def _regions_of(key: str, _workspace: Workspace) -> Outlines:
    return plan_shapes(_workspace.county, plan_of(_workspace))


@st.cache_data(show_spinner=False, max_entries=16)
def columns_of_upload(file_id: str, _path: Path) -> tuple[str, ...]:
    """The columns of an uploaded file, read once per upload."""
    return actions.column_names(_path)


@st.cache_resource(show_spinner=False)
def sample_workspace() -> Workspace:
    """The embedded county with its first proposal, made once per server."""
    workspace = actions.open_sample()
    return actions.take_proposals(workspace, actions.run_proposals(workspace.problem, workspace.settings))


@st.cache_resource(show_spinner=False)
def sample_counts() -> CountTable | None:
    """The counts of the embedded county, made once per server."""
    return counts_of_sample()


def indicator_desk(
    workspace: Workspace, counts: CountTable, audience: Audience, known: Known | None = None
) -> IndicatorDesk:
    """Figures of the plan on the table as one audience may see them, worked out once per drawing."""
    plan = plan_of(workspace)
    names = tuple(sorted(plan.names.items()))
    project = known or Known()
    marks = (project.ledger.fingerprint, sorted(project.modelled), project.catalogue.fingerprint)
    key = digest(workspace.county.fingerprint, plan.labels, names, counts.fingerprint, audience, marks)
    return _indicator_desk(key, workspace, counts, audience, project)


@st.cache_resource(show_spinner=False, max_entries=32)
def _indicator_desk(
    key: str, _workspace: Workspace, _counts: CountTable, _audience: Audience, _known: Known
) -> IndicatorDesk:
    return desk_of(
        _workspace.county,
        plan_of(_workspace),
        _counts,
        audience=_audience,
        ledger=_known.ledger,
        modelled=_known.modelled,
        catalogue=_known.catalogue,
    )


def fine_of(workspace: Workspace, desk: IndicatorDesk) -> FineFigures:
    """The Quartiere of the plan on the table and their figures for one audience, worked out once per drawing."""
    quartiere = _quartiere_of(_quartier_key(workspace), workspace)
    return _fine_of(_desk_key(desk), _quartier_key(workspace), desk, quartiere)


def quartier_plan(workspace: Workspace) -> Plan:
    """The Quartiere inside the regions of the plan on the table, drawn once per plan."""
    return _quartiere_of(_quartier_key(workspace), workspace)


def _quartier_key(workspace: Workspace) -> str:
    settings, own = workspace.settings, own_quartiere(workspace)
    brought = own.labels if own is not None else ""
    return digest(plan_key(workspace), settings.seed, settings.quartier_target, str(settings.parameters), brought)


@st.cache_resource(show_spinner=False, max_entries=16)
def _quartiere_of(key: str, _workspace: Workspace) -> Plan:
    return quartiere_of(_workspace)


def _desk_key(desk: IndicatorDesk) -> str:
    names = tuple(sorted(desk.plan.names.items()))
    seen = desk.ledger.fingerprint, desk.catalogue.fingerprint
    return digest(desk.county.fingerprint, desk.plan.labels, names, desk.counts.fingerprint, desk.audience, seen)


@st.cache_resource(show_spinner=False, max_entries=32)
def _fine_of(desk_key: str, quartier_key: str, _desk: IndicatorDesk, _quartiere: Plan) -> FineFigures:
    return fine_figures(_desk, _quartiere)


def blocks_of(workspace: Workspace, desk: IndicatorDesk, indicator: str) -> ReleasedTable:
    """One indicator for every block as one audience may see it."""
    fine = fine_of(workspace, desk)
    return _blocks_of(_desk_key(desk), _quartier_key(workspace), indicator, fine)


@st.cache_resource(show_spinner=False, max_entries=64)
def _blocks_of(desk_key: str, quartier_key: str, indicator: str, _fine: FineFigures) -> ReleasedTable:
    return block_figures(_fine, indicator)


def quartier_shapes(workspace: Workspace) -> Outlines:
    """The shapes of the Quartiere of the plan on the table, named like their figures."""
    return _quartier_shapes(_quartier_key(workspace), workspace)


@st.cache_resource(show_spinner=False, max_entries=16)
def _quartier_shapes(key: str, _workspace: Workspace) -> Outlines:
    quartiere = _quartiere_of(_quartier_key(_workspace), _workspace)
    drawn = plan_shapes(_workspace.county, quartiere)
    return Outlines(quartier_ids(quartiere, plan_of(_workspace)), drawn.shapes, drawn.epsg)


def county_shape(county: County) -> Outlines:
    """The county as one shape."""
    return _county_shape(county.fingerprint, county)


@st.cache_resource(show_spinner=False, max_entries=8)
def _county_shape(fingerprint: str, _county: County) -> Outlines:
    whole = plan_shapes(_county, Plan(np.zeros(len(_county.blocks), dtype=np.int32)))
    return Outlines((COUNTY,), whole.shapes, whole.epsg)


def hotspots_of(
    workspace: Workspace, desk: IndicatorDesk, indicator: str, *, date: str, how: tuple[str, str]
) -> Hotspots:
    """Hot spots among the Quartiere or blocks an audience may see, worked out once; ``how`` is level and statistic."""
    fine = fine_of(workspace, desk)
    return _hotspots_of(_desk_key(desk), _quartier_key(workspace), (indicator, date, *how), fine)


@st.cache_resource(show_spinner=False, max_entries=64)
def _hotspots_of(desk_key: str, quartier_key: str, what: tuple[str, str, str, str], _fine: FineFigures) -> Hotspots:
    indicator, date, level, statistic = what
    return hotspots_of_level(_fine, indicator, level=level, date=date, statistic=statistic)


def effect_of(
    county: County,
    counts: CountTable,
    plans: tuple[tuple[Plan, Plan], dict[int, int]],
    *,
    date: str,
    seen: Onlooker,
) -> RedrawingEffect:
    """What a new drawing does to the indicators; the figures before are kept while the draft moves on.

    ``plans`` are before and after, and which region of the plan after continues which of the plan before.
    """
    (before, after), matching = plans
    known = (seen.audience, seen.ledger.fingerprint, seen.catalogue.fingerprint)
    key = digest(county.fingerprint, counts.fingerprint, before.labels, date, known)
    return effect_of_redrawing(_starting_of(key, county, (counts, before), date, seen), after, names=matching)


@st.cache_resource(show_spinner=False, max_entries=16)
def _starting_of(key: str, _county: County, _figures: tuple[CountTable, Plan], _date: str, _seen: Onlooker) -> Starting:
    counts, before = _figures
    return starting_point(_county, counts, before, date=_date, seen=_seen)
