"""``raumwerk standardize`` and ``profile``: age-standardised rates, and the page of one region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.release_options import ForRelease, ListOfReleases, occasion_of
from cli.speaking import AsJson, Quiet, speaking, tell
from reporting.text_de import cli as words
from reporting.text_de import cli_monitoring as text
from workspace.age_figures import write_standardized
from workspace.profile_action import ProfileOrder, write_profile


def standardize(
    ages: Annotated[Path, typer.Argument(help=text.AGES, show_default=False)],
    plan: Annotated[Path, typer.Option("--plan", help=text.PLAN)],
    out: Annotated[Path, typer.Option("--out", help=text.RATES_OUT)],
    release: ForRelease = False,
    project: ListOfReleases = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Directly and indirectly standardised rates per region; the standard is the county."""
    with speaking(as_json):
        occasion = occasion_of("raumwerk standardize", release=release)
        findings = write_standardized(ages, plan, out, occasion=occasion, project=project)
    tell(out, findings, as_json=as_json, quiet=quiet)


def profile(
    blocks: Annotated[Path, typer.Argument(help=text.BLOCKS, show_default=False)],
    plan: Annotated[Path, typer.Option("--plan", help=text.PLAN)],
    region: Annotated[str, typer.Option("--region", help=text.REGION)],
    out: Annotated[Path, typer.Option("--out", help=text.PROFILE_OUT)],
    date: Annotated[str, typer.Option("--date", help=text.DATE, show_default=False)] = "",
    catalogue: Annotated[Path | None, typer.Option("--catalogue", help=words.CATALOGUE, show_default=False)] = None,
    release: ForRelease = False,
    project: ListOfReleases = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """One region on one A4 page."""
    with speaking(as_json):
        occasion = occasion_of("raumwerk profile", release=release)
        order = ProfileOrder(region, occasion, date=date, project=project, catalogue=catalogue)
        findings = write_profile(blocks, plan, out, order=order)
    tell(out, findings, as_json=as_json, quiet=quiet)
