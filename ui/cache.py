"""The one place that uses ``st.cache_*``: everything shared between browsers, keyed by fingerprints."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from indicators.counts import CountTable
from indicators.hotspots import Hotspots
from regionalization.explain import Explanation, explain
from regionalization.identity import problem_fingerprint
from regionalization.scores import RegionScore, region_scores
from regionalization.warm_up import warm_up
from spatial.fingerprint import digest
from spatial.outlines import Outlines
from workspace import actions
from workspace.county import County
from workspace.drawing import MapShapes, plan_shapes, shapes_of
from workspace.indicator_desk import IndicatorDesk, counts_of_sample, desk_of, hotspots
from workspace.jobs import Worker
from workspace.outputs import plan_download
from workspace.release import Audience
from workspace.workspace import Workspace, plan_of


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


def indicator_desk(workspace: Workspace, counts: CountTable, audience: Audience) -> IndicatorDesk:
    """Figures of the plan on the table as one audience may see them, worked out once per drawing."""
    plan = plan_of(workspace)
    names = tuple(sorted(plan.names.items()))
    key = digest(workspace.county.fingerprint, plan.labels, names, counts.fingerprint, audience)
    return _indicator_desk(key, workspace, counts, audience)


@st.cache_resource(show_spinner=False, max_entries=32)
def _indicator_desk(key: str, _workspace: Workspace, _counts: CountTable, _audience: Audience) -> IndicatorDesk:
    return desk_of(_workspace.county, plan_of(_workspace), _counts, audience=_audience)


def hotspots_of(desk: IndicatorDesk, indicator: str, *, date: str, statistic: str) -> Hotspots:
    """Hot spots of the blocks, worked out once per county, counts, indicator and date."""
    key = digest(desk.county.fingerprint, desk.counts.fingerprint)
    return _hotspots_of(key, indicator, date, statistic, desk)


@st.cache_resource(show_spinner=False, max_entries=64)
def _hotspots_of(key: str, indicator: str, date: str, statistic: str, _desk: IndicatorDesk) -> Hotspots:
    return hotspots(_desk, indicator, date=date, statistic=statistic)
