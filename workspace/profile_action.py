"""The profile of one region as a file, without a browser (raumwerk profile)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geodata.write_plan import read_plan_csv
from indicators.catalogue import standard_catalogue
from reporting.profile_pdf import profile_pdf
from reporting.region_profile import profile_html
from spatial.errors import Finding, InputError, blocking
from workspace.county import open_county
from workspace.drawing import plan_shapes
from workspace.indicator_actions import read_counts
from workspace.indicator_desk import desk_of
from workspace.region_profiles import profile_of
from workspace.release import Audience


@dataclass(frozen=True)
class ProfileOrder:
    """Which profile is wanted: region, date (empty = the last), and for whom."""

    region: str
    audience: Audience
    date: str = ""


def write_profile(blocks_path: Path, plan_path: Path, out: Path, *, order: ProfileOrder) -> tuple[Finding, ...]:
    """Write the profile of one region as PDF, or as HTML where ``out`` ends in ``.html``.

    Parameters
    ----------
    blocks_path : GeoPackage with the blocks and their counts (layer ``counts``)
    plan_path : ``plan.csv``

    Errors
    ------
    InputError : blocks, counts, plan, region or date cannot be used, or the file cannot be written
    """
    county = open_county(blocks_path)
    counts, found = read_counts(blocks_path, standard_catalogue())
    plan, said = read_plan_csv(plan_path, county.blocks)
    if blocking(said):
        raise InputError(*said)
    desk = desk_of(county, plan, counts, audience=order.audience)
    date = order.date or desk.dates[-1]
    if date not in desk.dates:
        raise InputError(Finding("profile.date.unknown", where=(date,), values={"dates": ", ".join(desk.dates)}))
    profile = profile_of(desk, order.region, date=date, outlines=plan_shapes(county, plan))
    content = profile_html(profile).encode() if out.suffix.lower() == ".html" else profile_pdf(profile)
    _write(out, content)
    return (*found, *said)


def _write(out: Path, content: bytes) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(out),))) from error
