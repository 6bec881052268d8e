"""The table of the budgets, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.budget_runs import Row
from benchmarks.written_section import find_section, write_section

HEAD = "### Budgets E1 to E11"
COLUMNS = ["| | budget | measured | | command |", "|:--|:--|:--|:--|:--|"]
VERDICT = {True: "met", False: "missed", None: "not wholly measured"}


def lines(rows: Sequence[Row], options: str = "") -> list[str]:
    """Markdown lines, one row per budget, with the command that makes it again.

    >>> lines([Row("E4", "≤ 0.95 ×", "0.92 ×", True)], "--seeds 5")[2]
    '| E4 | ≤ 0.95 × | 0.92 × | met | `python -m benchmarks.budgets E4 --seeds 5` |'
    """
    return COLUMNS + [
        f"| {row.code} | {row.budget} | {row.measured} | {VERDICT[row.met]} | `{_command(row.code, options)}` |"
        for row in rows
    ]


def _command(code: str, options: str) -> str:
    return f"python -m benchmarks.budgets {code} {options}".strip()


def write(path: Path, rows: Sequence[Row], options: str = "") -> None:
    """Put the rows under their heading; rows measured earlier and not now stay as they are."""
    page = path.read_text("utf-8") if path.is_file() else ""
    found = find_section(page, HEAD)
    known = re.findall(r"^\| E\d+ \|.*$", found.group(), re.MULTILINE) if found else []
    fresh = lines(rows, options)[len(COLUMNS) :]
    table = {_code(line): line for line in [*known, *fresh]}
    write_section(path, HEAD, _WORDS + "\n" + "\n".join([*COLUMNS, *(table[c] for c in sorted(table, key=_number))]))


def _code(line: str) -> str:
    return line.split("|")[1].strip()


def _number(code: str) -> int:
    return int(code.removeprefix("E"))


_WORDS = """Each row says what made it (`--write` puts it here): warm in one process, medians over the seeds, turn by
turn with the peer where one is named, judged by the harness' `score.py` where `--harness` is given and else from
shapely unions and libpysal. E2 and E7 are wall seconds of preparing and solving beside those of METIS (of small
counties the shortest of several runs per seed), E9 and E10 wall seconds of the whole; the other times are CPU seconds
with preparing, judging and fingerprint included. One thread but in E1, E7 and E9; λ as stated, cohesion 0 but in E11.
"""
