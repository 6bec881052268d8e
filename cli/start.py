"""``raumwerk app``: the server of the app."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.speaking import speaking
from reporting.text_de import cli as text


def start_app(
    project: Annotated[Path | None, typer.Option("--project", help=text.PROJECT, show_default=False)] = None,
    port: Annotated[int, typer.Option("--port", help=text.PORT)] = 8501,
    address: Annotated[str, typer.Option("--address", help=text.ADDRESS)] = "localhost",
) -> None:
    """Start the app in the browser."""
    environment = dict(os.environ)
    if project is not None:
        from workspace import actions  # the server loads it again in its own process

        with speaking():
            actions.project_must_exist(project)
        environment["RAUMWERK_PROJECT"] = str(project.resolve())
    command = [sys.executable, "-m", "ui.server", "--port", str(port), "--address", address]
    if os.name == "posix":  # become the server, so that a signal to this process ends it
        os.execve(sys.executable, command, environment)
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)
