"""``raumwerk indicators`` and ``index``: the Sozialmonitoring on a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.release_options import ForRelease, ListOfReleases, occasion_of
from cli.speaking import AsJson, Quiet, speaking, tell
from reporting.text_de import cli as text
from reporting.text_de import cli_monitoring as words
from workspace.earlier_counts import both_or_none
from workspace.index_robustness import write_robustness
from workspace.indicator_actions import IndicatorOptions, columns_from_options, compute_index, compute_indicators


def indicators(
    counts: Annotated[Path, typer.Argument(help=text.COUNTS, show_default=False)],
    plan: Annotated[Path, typer.Option("--plan", help=text.PLAN)],
    out: Annotated[Path, typer.Option("--out", help=text.OUT)],
    catalogue: Annotated[Path | None, typer.Option("--catalogue", help=text.CATALOGUE, show_default=False)] = None,
    layer: Annotated[str, typer.Option("--layer", help=text.LAYER)] = "counts",
    release: ForRelease = False,
    project: ListOfReleases = None,
    earlier: Annotated[Path | None, typer.Option("--earlier", help=words.EARLIER, show_default=False)] = None,
    crosswalk: Annotated[Path | None, typer.Option("--crosswalk", help=words.CROSSWALK, show_default=False)] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compute all indicators of a plan; with --release secret cells are left out of every file."""
    occasion = occasion_of("raumwerk indicators", release=release)
    with speaking(as_json):
        pair = both_or_none(earlier, crosswalk)
        options = IndicatorOptions(occasion, catalogue=catalogue, layer=layer, project=project, earlier=pair)
        _tables, findings = compute_indicators(counts, plan, out=out, options=options)
    tell(out, findings, as_json=as_json, quiet=quiet)


def index(
    values: Annotated[Path, typer.Argument(help=text.VALUES, show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=text.INDEX_OUT)],
    id_: Annotated[str, typer.Option("--id", help=text.AREA_ID)],
    status: Annotated[str, typer.Option("--status", help=text.STATUS)],
    dynamic: Annotated[str, typer.Option("--dynamic", help=text.DYNAMIC)],
    valid: Annotated[list[str] | None, typer.Option("--valid", help=text.VALID, show_default=False)] = None,
    missing: Annotated[float, typer.Option("--missing", help=text.MISSING)] = -9999.0,
    robust: Annotated[Path | None, typer.Option("--robust", help=words.ROBUST, show_default=False)] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Status and dynamic index after the Berlin rule, one row per valid area."""
    with speaking(as_json):
        columns = columns_from_options(
            id_column=id_, status=status, dynamic=dynamic, valid=valid or (), missing=missing
        )
        frame, findings = compute_index(values, columns, out=out)
        if robust is not None:
            write_robustness(frame, columns.status, robust)
    tell(out, findings, as_json=as_json, quiet=quiet)
