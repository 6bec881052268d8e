"""Barriers and preferred cuts that a constraints file takes from a layer of lines (Linien in der Vorgabendatei)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from spatial.errors import Finding

Pairs = tuple[tuple[str, str], ...]

_TEXTS = ("file", "layer", "crossings", "crossings_file")
_KEYS = {"barriers": (*_TEXTS, "bridges"), "prefer_cuts": ("file", "layer", "price")}
USUAL_PRICE = 0.25


@dataclass(frozen=True)
class LineDemand:
    """One entry ``[[barriers]]`` or ``[[prefer_cuts]]``.

    Attributes
    ----------
    kind : ``"barriers"`` no region crosses the lines, ``"prefer_cuts"`` borders should run along them
    file : relative to the constraints file; layer : None = the only one with lines
    crossings : layer with points or lines of bridges and underpasses, None = there is none
    crossings_file : where that layer lies, None = in ``file``
    bridges : pairs of block ids that stay connected over the barrier
    price : share (0–1) of the ordinary price that a cut along the lines costs
    """

    kind: Literal["barriers", "prefer_cuts"]
    file: str
    layer: str | None = None
    crossings: str | None = None
    crossings_file: str | None = None
    bridges: Pairs = ()
    price: float = USUAL_PRICE


@dataclass(frozen=True)
class LineBorders:
    """What a layer of lines means for the blocks: pairs of neighbours, and what was noticed.

    ``along`` run along the lines; those of ``closed`` (barriers only) may not be crossed
    """

    along: Pairs
    closed: Pairs = ()
    findings: tuple[Finding, ...] = ()


ReadLines = Callable[[LineDemand], LineBorders]


@dataclass
class LineSections:
    """Collects the entries of both kinds while a file is read."""

    demands: list[LineDemand] = field(default_factory=list)

    def read(self, key: str, value: Any, findings: list[Finding]) -> None:
        """Take over the entries of one kind; what is wrong with them goes to the findings."""
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            return _wrong(key, "sections of lines", value, findings)
        for number, entry in enumerate(value, start=1):
            demand = _demand(key, f"{key} {number}", entry, findings)
            if demand is not None:
                self.demands.append(demand)
        return None


def _demand(kind: Any, name: str, entry: Mapping[str, Any], findings: list[Finding]) -> LineDemand | None:
    before = len(findings)
    unknown = tuple(f"{name}.{key}" for key in entry if key not in _KEYS[kind])
    if unknown:
        findings.append(Finding("constraints_file.key.unknown", where=unknown, values={"known": _KEYS[kind]}))
    if "file" not in entry:
        findings.append(Finding("constraints_file.lines.no_file", where=(name,)))
    for key in _TEXTS:
        if key in entry and not isinstance(entry[key], str):
            _wrong(f"{name}.{key}", "text in quotes", entry[key], findings)
    bridges, price = entry.get("bridges", []), entry.get("price", USUAL_PRICE)
    if not _are_pairs(bridges):
        _wrong(f"{name}.bridges", "list of pairs of ids in quotes", bridges, findings)
    if isinstance(price, bool) or not isinstance(price, (int, float)) or not 0 <= price <= 1:
        _wrong(f"{name}.price", "number from 0 to 1", price, findings)
    if len(findings) > before:
        return None
    named = {key: entry[key] for key in _TEXTS if key in entry}
    return LineDemand(kind=kind, bridges=tuple((a, b) for a, b in bridges), price=float(price), **named)


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(block, str) for block in pair) for pair in value
    )


def _wrong(key: str, expected: str, value: Any, findings: list[Finding]) -> None:
    values = {"key": key, "expected": expected, "found": repr(value)}
    findings.append(Finding("constraints_file.type", where=(key,), values=values))
