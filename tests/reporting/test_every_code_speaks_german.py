"""Every finding that any room can raise has its German sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from reporting.text_de.findings import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("spatial", "regionalization", "indicators", "geodata", "reporting", "workspace", "ui")


def codes_in(path: Path) -> set[str]:
    """The literal codes of all ``Finding("…")`` calls of a module."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    firsts = (c.args[0] for c in calls if getattr(c.func, "id", "") == "Finding" and c.args)
    return {first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)}


CODES = sorted({code for room in ROOMS for path in (ROOT / room).rglob("*.py") for code in codes_in(path)})


@pytest.mark.parametrize("code", CODES)
def test_a_finding_has_its_german_sentence(code: str) -> None:
    assert code in SENTENCES, f"Für „{code}“ fehlt ein Satz in reporting/text_de"
