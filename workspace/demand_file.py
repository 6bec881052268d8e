"""A constraints file and the line layers it names, handed over in the browser (Vorgabendatei)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regionalization.constraints_file import read_constraints
from spatial.errors import Finding, InputError
from workspace.constraint_lines import line_reader
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
            text = (folder / Path(named[0]).name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            values = {"reason": type(error).__name__}
            raise InputError(Finding("constraints.file.unreadable", where=(named[0],), values=values)) from error
        file = read_constraints(text, workspace.county.blocks, line_reader(workspace.county, folder))
    settings = replace(workspace.settings, constraints=file.constraints)
    problem_of(workspace.county, settings)
    return workspace.with_settings(settings), file.notes
