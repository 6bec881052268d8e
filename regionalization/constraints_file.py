"""Constraints written down as TOML (Vorgabendatei): parsed and validated with every mistake at once.

All keys are optional::

    municipal_borders = "hard"            # "hard", "soft" or "none"
    region_count = 20
    places = "soft"                       # "ignore", "soft" or "hard"
    places_weight = 3.0                   # how much dearer a cut through a place is than one beside it
    stay_close = 0.5                      # weight of keeping blocks in their region of [current_plan], 0 = none
    joint_municipalities = [["05370032", "05370008"]]
    keep_together = [["block-1", "block-2", "block-3"]]
    keep_apart = [["block-1", "block-9"]]
    barrier_edges = [["block-4", "block-5"]]
    bridge_edges = [["block-6", "block-7"]]

    [locked]                              # block = region it must stay in
    "block-1" = 3

    [regions_per_municipality]
    "05370036" = 2

    [targets."05370032"]                  # a band of its own; what is missing is 10,000, 12,500, 15,000
    minimum = 8000
    target = 9000
    maximum = 10000

    [current_plan]                        # block = region today; blocks left out belong to none
    "block-1" = 3

    [[barriers]]                          # lines no region crosses; files relative to this one
    file = "bahn.gpkg"
    layer = "rail"
    crossings = "bridges"                 # layer of points or lines where it may
    bridges = [["block-6", "block-7"]]    # or pairs of blocks

    [[prefer_cuts]]                       # borders should run along these lines
    file = "strassen.gpkg"
    layer = "roads"
    price = 0.25                          # share of the ordinary price of a cut, 0–1

The format with an example file is described in ``docs/formats/vorgaben.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regionalization.constraint_findings import LARGEST_NUMBER, constraint_findings
from regionalization.constraints import Constraints
from regionalization.line_demands import LineBorders, LineDemand, LineSections, ReadLines
from regionalization.population_target import PopulationTarget
from spatial.blocks import BlockSet
from spatial.errors import Finding, InputError, Severity, blocking
from spatial.plan import UNASSIGNED, Plan

Findings = list[Finding]


@dataclass(frozen=True)
class ConstraintsFile:
    """The demands of a file, and what was noticed that does not forbid going on."""

    constraints: Constraints
    notes: tuple[Finding, ...] = ()


def read_constraints(text: str, blocks: BlockSet, read_lines: ReadLines | None = None) -> ConstraintsFile:
    """The demands of a constraints file for these blocks.

    Parameters
    ----------
    text : TOML
    read_lines : finds the borders along the lines of one entry; raises InputError where the layer cannot be used

    Raises
    ------
    InputError : no TOML, unknown keys, wrong types, unknown blocks or municipalities, unusable layers; all at once

    >>> from spatial.blocks import block_set
    >>> read_constraints('region_count = 2', block_set(["a", "b"], population=[1, 1])).constraints.region_count
    2
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Finding("constraints_file.syntax", values={"detail": str(error)})) from error
    findings: Findings = []
    lines = LineSections()
    readers = {**_READERS, "barriers": lines.read, "prefer_cuts": lines.read}
    unknown = tuple(str(key) for key in values if key not in readers)
    if unknown:
        findings.append(Finding("constraints_file.key.unknown", where=unknown, values={"known": tuple(readers)}))
    read = {key: readers[key](key, value, findings) for key, value in values.items() if key in readers}
    read = {key: value for key, value in read.items() if value is not None}
    if "current_plan" in read:
        read["current_plan"] = _plan(read["current_plan"], blocks, findings)
    constraints = _with_lines(Constraints(**read), lines.demands, read_lines, findings)
    findings.extend(constraint_findings(constraints, blocks))
    if blocking(tuple(findings)):
        raise InputError(*findings)
    return ConstraintsFile(constraints, tuple(findings))


def _with_lines(
    constraints: Constraints, demands: list[LineDemand], read_lines: ReadLines | None, findings: Findings
) -> Constraints:
    """The demands with the borders along all lines added; a border along several lines takes the lowest price."""
    closed, opened = list(constraints.barrier_edges), list(constraints.bridge_edges)
    prices = dict(constraints.preferred_cuts)
    for demand in demands:
        borders = _borders(demand, read_lines, findings)
        closed += borders.closed
        opened += demand.bridges
        for pair in borders.along:
            prices[pair] = min(demand.price, prices.get(pair, 1.0))
    return replace(constraints, barrier_edges=tuple(closed), bridge_edges=tuple(opened), preferred_cuts=prices)


def _borders(demand: LineDemand, read_lines: ReadLines | None, findings: Findings) -> LineBorders:
    if read_lines is None:
        findings.append(Finding("constraints_file.lines.no_folder", where=(demand.file,)))
        return LineBorders(())
    try:
        borders = read_lines(demand)
    except InputError as error:
        findings.extend(error.findings)
        return LineBorders(())
    findings.extend(borders.findings)
    return borders


def _wrong(key: str, expected: str, value: Any, findings: Findings) -> None:
    values = {"key": key, "expected": expected, "found": repr(value)}
    findings.append(Finding("constraints_file.type", where=(key,), values=values))


def _choice(*allowed: str) -> Callable[[str, Any, Findings], Any]:
    def read(key: str, value: Any, findings: Findings) -> Any:
        if value in allowed:
            return value
        return _wrong(key, " | ".join(allowed), value, findings)

    return read


def _whole(key: str, value: Any, findings: Findings) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return _wrong(key, "whole number", value, findings)


def _number(key: str, value: Any, findings: Findings) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return _wrong(key, "number", value, findings)


def _groups(size: int | None) -> Callable[[str, Any, Findings], Any]:
    def read(key: str, value: Any, findings: Findings) -> Any:
        expected = "list of lists of ids in quotes" if size is None else "list of pairs of ids in quotes"
        if not isinstance(value, list) or not all(_is_group(group, size) for group in value):
            return _wrong(key, expected, value, findings)
        return tuple(tuple(group) for group in value)

    return read


def _is_group(group: Any, size: int | None) -> bool:
    is_text = isinstance(group, list) and all(isinstance(item, str) for item in group)
    return is_text and (len(group) == size if size is not None else len(group) > 0)


def _whole_numbers(key: str, value: Any, findings: Findings) -> Any:
    if not isinstance(value, dict):
        return _wrong(key, "table id = whole number", value, findings)
    return {k: n for k, n in value.items() if _whole(f"{key}.{k}", n, findings) is not None}


def _targets(key: str, value: Any, findings: Findings) -> Any:
    if not isinstance(value, dict) or not all(isinstance(entry, dict) for entry in value.values()):
        return _wrong(key, "table per municipality with minimum, target, maximum", value, findings)
    targets = {}
    for municipality, entry in value.items():
        try:
            targets[municipality] = PopulationTarget(**entry)
        except TypeError:
            _wrong(f"{key}.{municipality}", "minimum, target, maximum as whole numbers", entry, findings)
        except InputError as error:
            findings.extend(error.findings)
    return targets


def _plan(labels: Mapping[str, int], blocks: BlockSet, findings: Findings) -> Plan | None:
    """Today's regions; blocks it does not know yet belong to none, blocks that are gone are left out and named."""
    index = {block: i for i, block in enumerate(blocks.ids)}
    unknown = tuple(block for block in labels if block not in index)
    missing = tuple(block for block in blocks.ids if block not in labels)
    negative = tuple(block for block, region in labels.items() if region < UNASSIGNED)
    if negative:
        findings.append(Finding("constraints.locked.negative", where=negative))
        return None
    large = tuple(block for block, region in labels.items() if region > LARGEST_NUMBER)
    if large:
        findings.append(Finding("constraints.locked.too_large", where=large, values={"limit": LARGEST_NUMBER}))
        return None
    if unknown:
        severity: Severity = "warning" if len(unknown) < len(labels) else "error"
        findings.append(Finding("constraints.current_plan.unknown", severity, unknown, {"count": len(unknown)}))
    if missing:
        findings.append(Finding("constraints.current_plan.missing", "note", missing, {"count": len(missing)}))
    column = np.full(len(blocks), UNASSIGNED, dtype=np.int32)
    for block, region in labels.items():
        if block in index:
            column[index[block]] = region
    return Plan(column)


_READERS: Mapping[str, Callable[[str, Any, Findings], Any]] = {
    "municipal_borders": _choice("hard", "soft", "none"),
    "region_count": _whole,
    "places": _choice("ignore", "soft", "hard"),
    "places_weight": _number,
    "stay_close": _number,
    "joint_municipalities": _groups(None),
    "keep_together": _groups(None),
    "keep_apart": _groups(2),
    "barrier_edges": _groups(2),
    "bridge_edges": _groups(2),
    "locked": _whole_numbers,
    "regions_per_municipality": _whole_numbers,
    "targets": _targets,
    "current_plan": _whole_numbers,
}
