"""A constraints file and the line layers it names, handed over in the browser (Vorgabendatei)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regionalization.constraints_file import ConstraintsFile, read_constraints
from regionalization.cut_prices import findings_beside_borders
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
        try:
            file = demands_of_file(folder / Path(named[0]).name, workspace.county, called=named[0])
        except InputError as error:
            raise InputError(*(_without_folder(finding, folder) for finding in error.findings)) from error
    settings = replace(workspace.settings, constraints=file.constraints)
    problem_of(workspace.county, settings)
    return workspace.with_settings(settings), file.notes


def _without_folder(finding: Finding, folder: Path) -> Finding:
    """Files are named as the constraints file names them, not by where the server laid them."""
    where = tuple(place.removeprefix(f"{folder}{os.sep}") for place in finding.where)
    code = "constraints.layer.not_chosen" if finding.code == "read.file.missing" else finding.code
    return replace(finding, code=code, where=where)


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
    file = read_constraints(text, county.blocks, line_reader(county, path.parent))
    beside = findings_beside_borders(file.constraints, county.blocks, county.contiguity)
    return replace(file, notes=(*file.notes, *beside))
