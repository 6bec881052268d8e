"""A measured table under its heading in a page, replaced where it stands already."""

from __future__ import annotations

import re
from pathlib import Path


def write_section(path: Path, head: str, text: str) -> None:
    """Put a text under a heading like ``## Editor``, up to the next heading of its rank; made where there is none."""
    page = path.read_text("utf-8") if path.is_file() else "# Benchmarks\n"
    found = find_section(page, head)
    section = f"{head}\n\n{text.strip()}\n"
    if found is None:
        whole = page.rstrip() + "\n\n" + section
    else:
        rest = page[found.end() :]
        whole = page[: found.start()] + section + ("\n" + rest if rest else "")
    path.write_text(whole, encoding="utf-8")


def find_section(page: str, head: str) -> re.Match[str] | None:
    """Where the section of a heading stands: from the heading to the next one of its rank or above."""
    rank = len(head.split(" ")[0])
    return re.search(rf"^{re.escape(head)}\n.*?(?=^#{{1,{rank}}} |\Z)", page, re.DOTALL | re.MULTILINE)
