"""``raumwerk sample``, ``propose`` and ``check``: from blocks to regions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.block_file import (
    BlockKey,
    Date,
    Licence,
    Name,
    Sheet,
    TableKeys,
    Tables,
    joined_tables,
    repair_names,
)
from cli.speaking import ERR, OUT, VIOLATED, AsJson, Quiet, print_findings, progress, speaking
from geodata.read_blocks import ColumnChoice
from reporting.numbers_de import decimal, signed_share, whole
from reporting.proposal_report import proposal_report
from reporting.text_de import cli as text
from reporting.text_de.alternatives import left_out
from workspace import actions
from workspace.options import Options, open_with_options, refuse_unwritable
from workspace.outputs import write_results
from workspace.workspace import Workspace

Blocks = Annotated[Path, typer.Argument(help=text.BLOCKS, show_default=False)]
Layer = Annotated[str | None, typer.Option("--layer", help=text.LAYER, show_default=False)]
Id = Annotated[str | None, typer.Option("--id", help=text.ID, show_default=False)]
Population = Annotated[str | None, typer.Option("--population", help=text.POPULATION, show_default=False)]
Within = Annotated[str | None, typer.Option("--within", help=text.WITHIN, show_default=False)]
Band = Annotated[tuple[int, int], typer.Option("--band", help=text.BAND, metavar="MIN MAX")]
Target = Annotated[int | None, typer.Option("--target", help=text.TARGET, show_default=False)]
Count = Annotated[int | None, typer.Option("--count", help=text.COUNT, show_default=False)]
Features = Annotated[str, typer.Option("--features", help=text.FEATURES, show_default=False)]
Constraints = Annotated[Path | None, typer.Option("--constraints", help=text.CONSTRAINTS, show_default=False)]
Places = Annotated[str | None, typer.Option("--places", help=text.PLACES, show_default=False)]
Crs = Annotated[int | None, typer.Option("--crs", help=text.CRS, show_default=False)]
Gap = Annotated[float, typer.Option("--gap", help=text.GAP)]
Repairs = Annotated[list[str] | None, typer.Option("--repair", help=text.REPAIR, show_default=False)]


def sample(out: Annotated[Path, typer.Option("--out", help=text.OUT)], quiet: Quiet = False) -> None:
    """Write musterkreis.gpkg with all its layers."""
    with speaking():
        path = actions.write_sample_files(out)
    if not quiet:
        OUT.print(f"{text.WRITTEN} {path}")


def propose(
    blocks: Blocks,
    out: Annotated[Path, typer.Option("--out", help=text.OUT)],
    layer: Layer = None,
    id_: Id = None,
    population: Population = None,
    within: Within = None,
    places: Places = None,
    crs: Crs = None,
    repair: Repairs = None,
    gap: Gap = 0.0,
    table: Tables = None,
    table_key: TableKeys = None,
    block_key: BlockKey = None,
    table_sheet: Sheet = None,
    name: Name = "",
    licence: Licence = "",
    date: Date = "",
    band: Band = (10_000, 15_000),
    target: Target = None,
    count: Count = None,
    features: Features = "",
    compactness: Annotated[float | None, typer.Option("--compactness", help=text.COMPACTNESS)] = None,
    alternatives: Annotated[int, typer.Option("--alternatives", help=text.ALTERNATIVES)] = 1,
    seed: Annotated[int, typer.Option("--seed", help=text.SEED)] = 1,
    limit: Annotated[float | None, typer.Option("--limit", help=text.LIMIT, show_default=False)] = None,
    quartiere: Annotated[int | None, typer.Option("--quartiere", help=text.QUARTIERE, show_default=False)] = None,
    constraints: Constraints = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Propose regions and write plan.csv, plan.gpkg, report.json and map.html."""
    tables = joined_tables(table, table_key, block_key=block_key, sheet=table_sheet)
    choice = ColumnChoice(
        id=id_, population=population, within=within, places=places, layer=layer, crs=crs, gap_m=gap, tables=tables,
        repairs=repair_names(repair), licence=licence, reference_date=date,
    )  # fmt: skip
    options = Options(
        choice=choice, band=band, target=target, count=count, features=_names(features), compactness=compactness,
        alternatives=alternatives, seed=seed, quartiere=quartiere, constraints=constraints, name=name, limit_s=limit,
    )  # fmt: skip
    with speaking(as_json):
        refuse_unwritable(out, options)
        workspace = _opened(blocks, options, silent=quiet or as_json)
        with progress(silent=quiet or as_json) as watch:
            proposals = actions.run_proposals(workspace.problem, workspace.settings, watch=watch)
        plans = [p.plan for p in proposals]
        with progress(silent=quiet or as_json or quartiere is None) as watch:
            nested = actions.run_quartiere(workspace.problem, workspace.settings, plans, watch=watch)
        write_results(workspace, proposals, out, quartiere=nested)
    report = proposal_report(proposals[0], workspace.problem)
    if as_json:
        typer.echo(json.dumps({"out": str(out), **report}, ensure_ascii=False))
    elif not quiet:
        _print_report(report)
        if missing := left_out(proposals):
            OUT.print(missing, markup=False)
        OUT.print(f"{text.WRITTEN} {out}")


def check(
    blocks: Blocks,
    plan: Annotated[Path, typer.Argument(help=text.PLAN, show_default=False)],
    layer: Layer = None,
    id_: Id = None,
    population: Population = None,
    within: Within = None,
    places: Places = None,
    crs: Crs = None,
    repair: Repairs = None,
    gap: Gap = 0.0,
    table: Tables = None,
    table_key: TableKeys = None,
    block_key: BlockKey = None,
    table_sheet: Sheet = None,
    band: Band = (10_000, 15_000),
    target: Target = None,
    count: Count = None,
    constraints: Constraints = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check a plan; exit 1 on any violation, also on those that cannot be avoided."""
    tables = joined_tables(table, table_key, block_key=block_key, sheet=table_sheet)
    choice = ColumnChoice(
        id=id_, population=population, within=within, places=places, layer=layer, crs=crs, gap_m=gap, tables=tables,
        repairs=repair_names(repair),
    )  # fmt: skip
    options = Options(choice, band, target, count, constraints=constraints)
    with speaking(as_json):
        workspace = actions.load_plan(_opened(blocks, options, silent=quiet or as_json), plan)
        verdict = actions.judge(workspace)
        result = actions.judgement(workspace, verdict)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    elif not quiet:
        _print_violations(result["violations"])
    raise typer.Exit(VIOLATED if verdict.violations else 0)


def _names(comma_separated: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in comma_separated.split(",") if name.strip())


def _opened(path: Path, options: Options, *, silent: bool) -> Workspace:
    if not silent:
        ERR.print(f"{text.READING}: {path}", style="dim")
    workspace = open_with_options(path, options)
    if not silent and workspace.county.findings:
        ERR.print(text.NOTED)
        print_findings(workspace.county.findings)
    return workspace


def _print_report(report: dict[str, Any]) -> None:
    table = Table(*text.TABLE)
    for column in table.columns[2:5]:
        column.justify = "right"
    for row in report["regions"]:
        table.add_row(
            str(row["region"]), row["municipality"], whole(row["residents"]), signed_share(row["deviation"]),
            decimal(row["polsby_popper"], 2), text.IN_BAND[row["in_band"]],
        )  # fmt: skip
    OUT.print(table)
    out_of_band = [row for row in report["regions"] if not row["in_band"]]
    avoidable = [v for v in report["violations"] if v["rule"] == "population" and not v["unavoidable"]]
    OUT.print(text.summary(len(report["regions"]), len(out_of_band), len(avoidable)))
    if not report["features"]:
        OUT.print(text.NO_FEATURES)
    for said in report["statements"]:
        OUT.print(said, markup=False)
    if report["violations"]:
        _print_violations(report["violations"])


def _print_violations(rows: list[dict[str, Any]]) -> None:
    if not rows:
        OUT.print(text.ALL_KEPT)
    for row in rows:
        mark = f" ({text.UNAVOIDABLE})" if row["unavoidable"] else ""
        OUT.print(f"• {row['message']}{mark}", markup=False)
        for remedy in row["remedies"]:
            OUT.print(f"    – {remedy['message']}", markup=False)
