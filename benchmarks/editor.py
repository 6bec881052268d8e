"""How quick the map editor is, beside st_folium in the same run: ``python -m benchmarks.editor``.

Headless Chromium with software rendering; synthetic counties with about 48 points per block, simplified as the app does
it. Every engine and size runs in a process of its own; a step that takes longer than its limit ends it and is said so.
Prints a table; with ``--write`` it goes into the section „editor" of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from typing import IO

from benchmarks.editor_steps import SIZES
from benchmarks.editor_table import TOO_LONG, section, table
from benchmarks.written_section import write_section
from tests.e2e.driving import ROOT

LIMIT_S = 60
SETUP_LIMIT_S = 150
Row = dict[str, float | str]


def main() -> None:
    """Measure all sizes and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--blocks", "--sizes", type=int, nargs="*", choices=list(SIZES), default=list(SIZES))
    options.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options.add_argument("--no-folium", action="store_true")
    chosen = options.parse_args()
    rows = []
    for blocks in chosen.blocks:
        found: Row = {"blocks": blocks, **measured("ours", blocks)}
        if not chosen.no_folium:
            found |= measured("folium", blocks)
        rows.append(found)
        print(found, flush=True)
    lines = table(rows)
    print("\n".join(lines))
    if chosen.write:
        write_section(ROOT / "docs" / "benchmarks.md", "## Editor", section(lines))


def measured(engine: str, blocks: int) -> Row:
    """The figures of one engine at one size; a step over its limit says so, and those after it are missing."""
    command = [sys.executable, "-m", "benchmarks.editor_steps", engine, str(blocks)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            return _followed(_lines(process.stdout), engine)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _followed(lines: queue.Queue[str], engine: str) -> Row:
    found: Row = {}
    step = "setup"
    while True:
        try:
            line = lines.get(timeout=SETUP_LIMIT_S if step == "setup" else LIMIT_S)
        except queue.Empty:
            return {**found, _FIRST[engine] if step == "setup" else step: TOO_LONG.format(LIMIT_S)}
        if not line:
            return found
        said = json.loads(line) if line.startswith("{") else {}
        step = said.pop("step", step)
        found |= said


def _lines(stream: IO[str]) -> queue.Queue[str]:
    """The lines of a process as they come, at last an empty one."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    return lines


_FIRST = {"ours": "first_map_s", "folium": "folium_first_s"}


if __name__ == "__main__":
    main()
