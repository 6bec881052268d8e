"""What every command that hands out figures asks: for whom, and beside which list of earlier releases."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from reporting.text_de import cli as text
from workspace.release import Occasion

ForRelease = Annotated[bool, typer.Option("--release", help=text.RELEASE)]
ListOfReleases = Annotated[Path | None, typer.Option("--project", help=text.RELEASE_PROJECT, show_default=False)]


def occasion_of(purpose: str, *, release: bool) -> Occasion:
    """Who runs the command, when, for whom and why."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Occasion("public" if release else "intern", getpass.getuser(), now, purpose)
