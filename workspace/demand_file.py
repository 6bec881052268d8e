"""A constraints file and the line layers it names, handed over in the browser (Vorgabendatei)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regionalization.constraints_file import ConstraintsFile, read_constraints
from spatial.errors import Finding, InputError
from workspace.constraint_lines import line_reader
from workspace.county import County
from workspace.workspace import Workspace, problem_of

Upload = tuple[str, bytes]


def with_demand_file(workspace: Workspace, uploads: Sequence[Upload]) -> tuple[Workspace, tuple[Finding, ...]]:
    """The workspace with the demands of a constraints file in place of those before, and what was noticed in it.

    Parameters
    ----------
    uploads : (name, content) of one TOML file and of every layer it names, under the names it uses

    Errors
    ------
    InputError : not exactly one TOML file, or every mistake in it
    """
    named = [name for name, _ in uploads if name.lower().endswith(".toml")]
    if len(named) != 1:
        raise InputError(Finding("constraints.file.one", where=tuple(named), values={"count": len(named)}))
    with tempfile.TemporaryDirectory(prefix="raumwerk-vorgaben-") as scratch:
        folder = Path(scratch)
        for name, content in uploads:
            (folder / Path(name).name).write_bytes(content)
        file = demands_of_file(folder / Path(named[0]).name, workspace.county, called=named[0])
    settings = replace(workspace.settings, constraints=file.constraints)
    problem_of(workspace.county, settings)
    return workspace.with_settings(settings), file.notes


def demands_of_file(path: Path, county: County, *, called: str) -> ConstraintsFile:
    """The demands of a constraints file; the layers it names lie beside it, ``called`` is its name in findings.

    Errors
    ------
    InputError : not to be read, or every mistake in it
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        values = {"reason": type(error).__name__}
        raise InputError(Finding("constraints.file.unreadable", where=(called,), values=values)) from error
    return read_constraints(text, county.blocks, line_reader(county, path.parent))
