"""The profile of one region as a file, without a browser (raumwerk profile)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geodata.write_plan import read_plan_csv
from reporting.profile_pdf import profile_pdf
from reporting.region_profile import profile_html
from spatial.errors import Finding, InputError, blocking
from workspace.county import open_county
from workspace.drawing import plan_shapes
from workspace.indicator_actions import read_catalogue, read_counts
from workspace.indicator_desk import IndicatorDesk, desk_of, seen_beside
from workspace.region_profiles import profile_of
from workspace.release import Occasion
from workspace.release_from_files import leaving_alone, release_from_files


@dataclass(frozen=True)
class ProfileOrder:
    """Which profile is wanted and on which occasion.

    Attributes
    ----------
    region, date : number of the region, reference date (empty = the last)
    project : project file whose list of releases is consulted and grows, None = none
    catalogue : a county's own second catalogue, None = none
    """

    region: str
    occasion: Occasion
    date: str = ""
    project: Path | None = None
    catalogue: Path | None = None


def write_profile(blocks_path: Path, plan_path: Path, out: Path, *, order: ProfileOrder) -> tuple[Finding, ...]:
    """Write the profile of one region as PDF, or as HTML where ``out`` ends in ``.html``, through the door.

    Parameters
    ----------
    blocks_path : GeoPackage with the blocks and their counts (layer ``counts``)
    plan_path : ``plan.csv``

    Errors
    ------
    InputError : blocks, counts, plan, region or date cannot be used, or the file cannot be written
    StoreError : the project file cannot be used; nothing was written
    """
    county, catalogue = open_county(blocks_path), read_catalogue(order.catalogue)
    counts, found = read_counts(blocks_path, catalogue)
    plan, said = read_plan_csv(plan_path, county.blocks)
    if blocking(said):
        raise InputError(*said)
    desk = desk_of(county, plan, counts, audience=order.occasion.audience, catalogue=catalogue)
    date = _date(desk, order)
    desk, released = _through_the_door(desk, order)
    profile = profile_of(desk, order.region, date=date, outlines=plan_shapes(county, plan))
    content = profile_html(profile).encode() if out.suffix.lower() == ".html" else profile_pdf(profile)
    _write(out, content)
    return (*found, *said, *released)


def _date(desk: IndicatorDesk, order: ProfileOrder) -> str:
    """The date that is asked for; refused before anything stands in the list of releases."""
    date = order.date or desk.dates[-1]
    if date not in desk.dates:
        raise InputError(Finding("profile.date.unknown", where=(date,), values={"dates": ", ".join(desk.dates)}))
    if order.region not in desk.shown["sozialraum"].ids:
        raise InputError(Finding("profile.region.unknown", where=(order.region,)))
    return date


def _through_the_door(desk: IndicatorDesk, order: ProfileOrder) -> tuple[IndicatorDesk, tuple[Finding, ...]]:
    """The desk as the list of releases lets it be seen after the region is entered there."""
    figures = leaving_alone(desk.figures, order.region)
    _, ledger, found = release_from_files(figures, order.occasion, project=order.project)
    return seen_beside(desk, ledger), tuple(finding for finding in found if finding.code != "release.suppressed")


def _write(out: Path, content: bytes) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(out),))) from error
