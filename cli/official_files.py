"""``raumwerk fetch`` and ``county``: official files and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn

from cli.speaking import ERR, OUT, Quiet, speaking, tell
from reporting.text_de import cli as text
from workspace.geodata_actions import Downloads, county_from_official, fetch_official, official_sources

CACHE = Path.home() / ".cache" / "raumwerk"


def fetch(
    keys: Annotated[list[str] | None, typer.Argument(help=text.SOURCES, show_default=False)] = None,
    cache: Annotated[Path, typer.Option("--cache", help=text.CACHE)] = CACHE,
    quiet: Quiet = False,
) -> None:
    """Download official files to a cache; without a key the known ones are listed."""
    with speaking(), _downloads(cache, silent=quiet) as downloads:
        if not keys:
            for key, source in official_sources().items():
                OUT.print(f"{key}: {source.title}", markup=False)
            return
        for fetched in fetch_official(keys, downloads):
            OUT.print(f"{fetched.path}\n  {fetched.source.licence}", markup=False)


def county(
    ags: Annotated[str, typer.Argument(help=text.AGS, show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=text.COUNTY_OUT)],
    minimum: Annotated[int, typer.Option("--minimum", help=text.MINIMUM)] = 100,
    cache: Annotated[Path, typer.Option("--cache", help=text.CACHE)] = CACHE,
    quiet: Quiet = False,
) -> None:
    """Make a block file of any county from municipal borders and census cells."""
    with speaking(), _downloads(cache, silent=quiet) as downloads:
        findings = county_from_official(ags, out, downloads=downloads, minimum_residents=minimum)
    tell(out, findings, as_json=False, quiet=quiet)


@contextmanager
def _downloads(cache: Path, *, silent: bool) -> Iterator[Downloads]:
    with Progress(TextColumn(text.FETCHING), BarColumn(), console=ERR, transient=True, disable=silent) as bar:
        task = bar.add_task(text.FETCHING, total=None)
        yield Downloads(cache, progress=lambda done, total: bar.update(task, completed=done, total=total or None))
