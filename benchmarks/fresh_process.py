"""What a fresh process takes: wall seconds and CPU seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def told(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One proposal in a fresh process: what it says (plan, seconds, memory), and ``wall_s``, ``cpu_s``."""
    command = [sys.executable, "-m", "benchmarks.first_proposal", str(folder), *options]
    return measured(command, environment=environment)


def measured(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Run a command to its end; the last line it says, if that is JSON, joins the figures.

    Errors
    ------
    RuntimeError : it ended with an error, whose last line is told
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(_last_line(err) or f"exit code {process.returncode}")
        said = _last_line(out)
    figures = {
        "wall_s": seconds,
        "cpu_s": usage.ru_utime + usage.ru_stime,
    }
    return {**figures, **(json.loads(said) if said.startswith("{") else {})}


def _last_line(file: Any) -> str:
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
