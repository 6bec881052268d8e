"""How every command speaks: German sentences, progress, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from reporting.proposal_report import plain
from reporting.text_de import cli as text
from reporting.text_de.editor import store_problem
from reporting.text_de.findings import sentence
from spatial.errors import Finding, InputError
from workspace.store import StoreError

UNUSABLE, VIOLATED, UNEXPECTED, ABORTED = 2, 1, 3, 130

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help=text.JSON)]
Quiet = Annotated[bool, typer.Option("--quiet", help=text.QUIET)]


@contextmanager
def speaking(as_json: bool = False) -> Iterator[None]:
    """Turn unusable input and unusable project files into German sentences and exit code 2."""
    try:
        yield
    except StoreError as error:
        message = store_problem(error.code, error.values)
        if as_json:
            typer.echo(json.dumps({"findings": [{"code": error.code, "message": message}]}, ensure_ascii=False))
        else:
            ERR.print(message, markup=False)
        raise typer.Exit(UNUSABLE) from error
    except InputError as error:
        if as_json:
            rows = [{**plain(f), "message": sentence(f)} for f in error.findings]
            typer.echo(json.dumps({"findings": rows}, ensure_ascii=False))
        else:
            ERR.print(text.UNUSABLE)
            print_findings(error.findings)
        raise typer.Exit(UNUSABLE) from error


def print_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        ERR.print(f"  • {sentence(finding)}", markup=False)


def tell(out: Path, findings: tuple[Finding, ...], *, as_json: bool, quiet: bool) -> None:
    if as_json:
        rows = [{**plain(f), "message": sentence(f)} for f in findings]
        typer.echo(json.dumps({"out": str(out), "findings": rows}, ensure_ascii=False))
    elif not quiet:
        print_findings(findings)
        OUT.print(f"{text.WRITTEN} {out}")


@contextmanager
def progress(*, silent: bool) -> Iterator[Callable[[float], bool]]:
    columns = (TextColumn(text.SOLVING), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=ERR, transient=True, disable=silent) as bar:
        task = bar.add_task(text.SOLVING, total=1.0)

        def watch(done: float) -> bool:
            bar.update(task, completed=done)
            return False

        yield watch
