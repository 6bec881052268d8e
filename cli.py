"""The command line: the same jobs as the app, without a browser."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from geodata.read_blocks import ColumnChoice
from reporting.numbers_de import decimal, signed_share, whole
from reporting.proposal_report import plain, proposal_report
from reporting.text_de import cli as text
from reporting.text_de.findings import sentence
from spatial.errors import Finding, InputError
from workspace import actions
from workspace.geodata_actions import Downloads, county_from_official, fetch_official, official_sources
from workspace.indicator_actions import IndicatorOptions, columns_from_options, compute_index, compute_indicators
from workspace.options import Options, open_with_options
from workspace.outputs import write_results
from workspace.release import Occasion
from workspace.workspace import Workspace

UNUSABLE, VIOLATED, UNEXPECTED, ABORTED = 2, 1, 3, 130

rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE, rich_utils.COMMANDS_PANEL_TITLE = text.PANELS
rich_utils.REQUIRED_LONG_STRING, rich_utils.DEFAULT_STRING = text.REQUIRED, text.DEFAULT


class _Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> Any:
        return _in_german(super().get_help_option(ctx))


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        return _in_german(super().get_help_option(ctx))


def _in_german(option: Any) -> Any:
    if option is not None:
        option.help = text.HELP
    return option


app = typer.Typer(help=text.APP, cls=_Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

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
AsJson = Annotated[bool, typer.Option("--json", help=text.JSON)]
Quiet = Annotated[bool, typer.Option("--quiet", help=text.QUIET)]

CACHE = Path.home() / ".cache" / "raumwerk"

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command(help=text.SAMPLE)
def sample(out: Annotated[Path, typer.Option("--out", help=text.OUT)], quiet: Quiet = False) -> None:
    """Write musterkreis.gpkg with all its layers."""
    with _speaking():
        path = actions.write_sample_files(out)
    if not quiet:
        _out.print(f"{text.WRITTEN} {path}")


@app.command(help=text.PROPOSE)
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
    band: Band = (10_000, 15_000),
    target: Target = None,
    count: Count = None,
    features: Features = "",
    compactness: Annotated[float | None, typer.Option("--compactness", help=text.COMPACTNESS)] = None,
    alternatives: Annotated[int, typer.Option("--alternatives", help=text.ALTERNATIVES)] = 1,
    seed: Annotated[int, typer.Option("--seed", help=text.SEED)] = 1,
    quartiere: Annotated[int | None, typer.Option("--quartiere", help=text.QUARTIERE, show_default=False)] = None,
    constraints: Constraints = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Propose regions and write plan.csv, plan.gpkg, report.json and map.html."""
    choice = _choice((id_, population, within, places), layer, crs=crs, repairs=repair, gap_m=gap)
    options = Options(
        choice, band, target, count, _names(features), compactness, alternatives, seed, quartiere, constraints
    )  # fmt: skip
    with _speaking(as_json):
        workspace = _opened(blocks, options, silent=quiet or as_json)
        with _progress(silent=quiet or as_json) as watch:
            proposals = actions.run_proposals(workspace.problem, workspace.settings, watch=watch)
        nested = actions.run_quartiere(workspace.problem, workspace.settings, [p.plan for p in proposals])
        write_results(workspace, proposals, out, quartiere=nested)
    report = proposal_report(proposals[0], workspace.problem)
    if as_json:
        typer.echo(json.dumps({"out": str(out), **report}, ensure_ascii=False))
    elif not quiet:
        _print_report(report)
        _out.print(f"{text.WRITTEN} {out}")


@app.command(help=text.CHECK)
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
    band: Band = (10_000, 15_000),
    target: Target = None,
    count: Count = None,
    constraints: Constraints = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check a plan; exit 1 on any violation, also on those that cannot be avoided."""
    choice = _choice((id_, population, within, places), layer, crs=crs, repairs=repair, gap_m=gap)
    options = Options(choice, band, target, count, constraints=constraints)
    with _speaking(as_json):
        workspace = actions.load_plan(_opened(blocks, options, silent=quiet or as_json), plan)
        verdict = actions.judge(workspace)
        result = actions.judgement(workspace, verdict)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    elif not quiet:
        _print_violations(result["violations"])
    raise typer.Exit(VIOLATED if verdict.violations else 0)


@app.command(help=text.FETCH)
def fetch(
    keys: Annotated[list[str] | None, typer.Argument(help=text.SOURCES, show_default=False)] = None,
    cache: Annotated[Path, typer.Option("--cache", help=text.CACHE)] = CACHE,
    quiet: Quiet = False,
) -> None:
    """Download official files to a cache; without a key the known ones are listed."""
    with _speaking(), _downloads(cache, silent=quiet) as downloads:
        if not keys:
            for key, source in official_sources().items():
                _out.print(f"{key}: {source.title}", markup=False)
            return
        for fetched in fetch_official(keys, downloads):
            _out.print(f"{fetched.path}\n  {fetched.source.licence}", markup=False)


@app.command(help=text.COUNTY)
def county(
    ags: Annotated[str, typer.Argument(help=text.AGS, show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=text.COUNTY_OUT)],
    minimum: Annotated[int, typer.Option("--minimum", help=text.MINIMUM)] = 100,
    cache: Annotated[Path, typer.Option("--cache", help=text.CACHE)] = CACHE,
    quiet: Quiet = False,
) -> None:
    """Make a block file of any county from municipal borders and census cells."""
    with _speaking(), _downloads(cache, silent=quiet) as downloads:
        findings = county_from_official(ags, out, downloads=downloads, minimum_residents=minimum)
    _tell(out, findings, as_json=False, quiet=quiet)


@app.command(help=text.INDICATORS)
def indicators(
    counts: Annotated[Path, typer.Argument(help=text.COUNTS, show_default=False)],
    plan: Annotated[Path, typer.Option("--plan", help=text.PLAN)],
    out: Annotated[Path, typer.Option("--out", help=text.OUT)],
    catalogue: Annotated[Path | None, typer.Option("--catalogue", help=text.CATALOGUE, show_default=False)] = None,
    layer: Annotated[str, typer.Option("--layer", help=text.LAYER)] = "counts",
    release: Annotated[bool, typer.Option("--release", help=text.RELEASE)] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compute all indicators of a plan; with --release secret cells are left out of every file."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    occasion = Occasion("public" if release else "intern", getpass.getuser(), now, "raumwerk indicators")
    with _speaking(as_json):
        options = IndicatorOptions(occasion, catalogue=catalogue, layer=layer)
        _tables, findings = compute_indicators(counts, plan, out=out, options=options)
    _tell(out, findings, as_json=as_json, quiet=quiet)


@app.command(help=text.INDEX)
def index(
    values: Annotated[Path, typer.Argument(help=text.VALUES, show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=text.INDEX_OUT)],
    id_: Annotated[str, typer.Option("--id", help=text.AREA_ID)],
    status: Annotated[str, typer.Option("--status", help=text.STATUS)],
    dynamic: Annotated[str, typer.Option("--dynamic", help=text.DYNAMIC)],
    valid: Annotated[str | None, typer.Option("--valid", help=text.VALID, show_default=False)] = None,
    missing: Annotated[float, typer.Option("--missing", help=text.MISSING)] = -9999.0,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Status and dynamic index after the Berlin rule, one row per valid area."""
    with _speaking(as_json):
        columns = columns_from_options(id_column=id_, status=status, dynamic=dynamic, valid=valid, missing=missing)
        _frame, findings = compute_index(values, columns, out=out)
    _tell(out, findings, as_json=as_json, quiet=quiet)


@app.command(name="app", help=text.START_APP)
def start_app(
    project: Annotated[Path | None, typer.Option("--project", help=text.PROJECT, show_default=False)] = None,
    port: Annotated[int, typer.Option("--port", help=text.PORT)] = 8501,
    address: Annotated[str, typer.Option("--address", help=text.ADDRESS)] = "localhost",
) -> None:
    """Start the app in the browser."""
    environment = dict(os.environ)
    if project is not None:
        with _speaking():
            actions.project_must_exist(project)
        environment["RAUMWERK_PROJECT"] = str(project.resolve())
    command = [sys.executable, "-m", "ui.server", "--port", str(port), "--address", address]
    if os.name == "posix":  # become the server, so that a signal to this process ends it
        os.execve(sys.executable, command, environment)
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


for _registered in app.registered_commands:
    _registered.cls = _Command


def main() -> None:
    """Entry point of the installed command ``raumwerk``; a wrong call is answered in German with exit code 2."""
    try:
        raise SystemExit(app(standalone_mode=False) or 0)
    except TyperException as error:
        _err.print(_usage(error), markup=False)
        raise SystemExit(UNUSABLE) from None
    except (typer.Abort, KeyboardInterrupt):
        _err.print(text.ABORTED)
        raise SystemExit(ABORTED) from None
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a sentence, the details go to a file
        _err.print(text.unexpected(type(error).__name__, str(_kept_details())), markup=False)
        raise SystemExit(UNEXPECTED) from None


def _usage(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter is not None else getattr(error, "option_name", "")
    return text.usage(type(error).__name__, name)


def _kept_details() -> Path:
    with tempfile.NamedTemporaryFile("w", prefix="raumwerk-fehler-", suffix=".txt", delete=False) as file:
        file.write(traceback.format_exc())
    return Path(file.name)


def _choice(
    columns: tuple[str | None, str | None, str | None, str | None],
    layer: str | None,
    *,
    crs: int | None,
    repairs: list[str] | None,
    gap_m: float,
) -> ColumnChoice:
    block_id, population, within, places = columns
    return ColumnChoice(
        id=block_id, population=population, within=within, places=places, layer=layer, crs=crs,
        repairs=tuple(repairs or ()),
        gap_m=gap_m,
    )  # fmt: skip


def _names(comma_separated: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in comma_separated.split(",") if name.strip())


def _tell(out: Path, findings: tuple[Finding, ...], *, as_json: bool, quiet: bool) -> None:
    if as_json:
        rows = [{**plain(f), "message": sentence(f)} for f in findings]
        typer.echo(json.dumps({"out": str(out), "findings": rows}, ensure_ascii=False))
    elif not quiet:
        _print_findings(findings)
        _out.print(f"{text.WRITTEN} {out}")


def _opened(path: Path, options: Options, *, silent: bool) -> Workspace:
    if not silent:
        _err.print(f"{text.READING}: {path}", style="dim")
    workspace = open_with_options(path, options)
    if not silent and workspace.county.findings:
        _err.print(text.NOTED)
        _print_findings(workspace.county.findings)
    return workspace


@contextmanager
def _speaking(as_json: bool = False) -> Iterator[None]:
    """Turn unusable input into German sentences and exit code 2."""
    try:
        yield
    except InputError as error:
        if as_json:
            rows = [{**plain(f), "message": sentence(f)} for f in error.findings]
            typer.echo(json.dumps({"findings": rows}, ensure_ascii=False))
        else:
            _err.print(text.UNUSABLE)
            _print_findings(error.findings)
        raise typer.Exit(UNUSABLE) from error


def _print_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        _err.print(f"  • {sentence(finding)}", markup=False)


@contextmanager
def _downloads(cache: Path, *, silent: bool) -> Iterator[Downloads]:
    with Progress(TextColumn(text.FETCHING), BarColumn(), console=_err, transient=True, disable=silent) as bar:
        task = bar.add_task(text.FETCHING, total=None)
        yield Downloads(cache, progress=lambda done, total: bar.update(task, completed=done, total=total or None))


@contextmanager
def _progress(*, silent: bool) -> Iterator[Callable[[float], bool]]:
    columns = (TextColumn(text.SOLVING), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=_err, transient=True, disable=silent) as bar:
        task = bar.add_task(text.SOLVING, total=1.0)

        def watch(done: float) -> bool:
            bar.update(task, completed=done)
            return False

        yield watch


def _print_report(report: dict[str, Any]) -> None:
    table = Table(*text.TABLE)
    for column in table.columns[2:5]:
        column.justify = "right"
    for row in report["regions"]:
        table.add_row(
            str(row["region"]), row["municipality"], whole(row["residents"]), signed_share(row["deviation"]),
            decimal(row["polsby_popper"], 2), text.IN_BAND[row["in_band"]],
        )  # fmt: skip
    _out.print(table)
    out_of_band = [row for row in report["regions"] if not row["in_band"]]
    avoidable = [v for v in report["violations"] if v["rule"] == "population" and not v["unavoidable"]]
    _out.print(text.summary(len(report["regions"]), len(out_of_band), len(avoidable)))
    if not report["features"]:
        _out.print(text.NO_FEATURES)
    if report["violations"]:
        _print_violations(report["violations"])


def _print_violations(rows: list[dict[str, Any]]) -> None:
    if not rows:
        _out.print(text.ALL_KEPT)
    for row in rows:
        mark = f" ({text.UNAVOIDABLE})" if row["unavoidable"] else ""
        _out.print(f"• {row['message']}{mark}", markup=False)
        for remedy in row["remedies"]:
            _out.print(f"    – {remedy['message']}", markup=False)


if __name__ == "__main__":
    main()
