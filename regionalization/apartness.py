"""How many regions blocks need that must be apart (Trennvorgaben): a proven least, and a number found to do."""

from __future__ import annotations

import numpy as np

from regionalization.methods.random_numbers import stream
from regionalization.methods.separation import ATTEMPTS, Apartness, drawn_apart
from regionalization.preparation import Prepared
from regionalization.together import Units, units_of
from spatial.arrays import LabelArray

_STEPS = 20_000  # of looking for a colouring

Needs = dict[int, tuple[int, int]]


def regions_apart(prepared: Prepared) -> Needs:
    """Part → (regions that its blocks need at least, proven; regions with which a way to part them was found).

    At least: as many as colours that give no two blocks which must be apart the same one. Whether the graph allows so
    few is tried by drawing regions around these blocks; with a region for each of them it always does.
    """
    if not prepared.problem.constraints.keep_apart and not prepared.problem.constraints.locked:
        return {}
    units = units_of(prepared.problem, prepared.blocks)
    first = np.unique(units.unit, return_index=True)[1]
    part_of = prepared.part_of_block[first]
    needs: Needs = {}
    for part in sorted({int(part_of[u]) for u in units.apart}):
        inside = {
            u: {v for v in units.apart[u] if part_of[v] == part} for u in sorted(units.apart) if part_of[u] == part
        }
        least = _colours(inside)
        needs[part] = (least, _found(_apartness(prepared, units, part), least))
    return needs


def _colours(apart: dict[int, set[int]]) -> int:
    """The least number of colours for a graph; where that takes too long the size of a clique.

    >>> _colours({1: {2, 5}, 2: {1, 3}, 3: {2, 4}, 4: {3, 5}, 5: {4, 1}}), _colours({7: set()})
    (3, 1)
    """
    order = sorted(apart, key=lambda u: (-len(apart[u]), u))
    count = max((len(_clique(apart, start)) for start in order), default=1)
    steps = [_STEPS]
    while not _is_colourable(apart, order, {}, (count, steps)):
        if steps[0] <= 0:
            return count
        count += 1
    return count


def _clique(apart: dict[int, set[int]], start: int) -> set[int]:
    clique = {start}
    for unit in sorted(apart[start], key=lambda u: (-len(apart[u]), u)):
        if clique <= apart[unit]:
            clique.add(unit)
    return clique


def _is_colourable(
    apart: dict[int, set[int]], order: list[int], colour: dict[int, int], limits: tuple[int, list[int]]
) -> bool:
    """Can the rest of ``order`` be coloured, too? ``limits`` = (colours, steps left); no when they run out."""
    count, steps = limits
    if len(colour) == len(order):
        return True
    unit = order[len(colour)]
    taken = {colour[v] for v in apart[unit] if v in colour}
    for c in range(min(count, max(colour.values(), default=-1) + 2)):
        steps[0] -= 1
        if steps[0] <= 0:
            return False
        if c not in taken and _is_colourable(apart, order, {**colour, unit: c}, limits):
            return True
    return False


def _apartness(prepared: Prepared, units: Units, part: int) -> Apartness:
    """The nodes of one part, who is beside whom, and who must be apart."""
    nodes, at = np.flatnonzero(prepared.part == part), np.full(len(prepared.part), -1, dtype=np.int64)
    at[nodes] = np.arange(len(nodes))
    ends = at[prepared.node[prepared.contiguity.edges[prepared.contiguity.passable]]]
    ends = np.unique(np.sort(ends[(ends[:, 0] >= 0) & (ends[:, 0] != ends[:, 1])], axis=1), axis=0)
    beside: list[list[int]] = [[] for _ in nodes]
    for a, b in ends.tolist():
        beside[a].append(b)
        beside[b].append(a)
    apart: dict[int, set[int]] = {}
    node_of = _nodes_of_units(prepared, units)
    for u, others in units.apart.items():
        for v in others:
            for a in node_of[u]:
                apart.setdefault(int(at[a]), set()).update(int(at[b]) for b in node_of[v] if at[b] >= 0 and b != a)
    return Apartness([sorted(row) for row in beside], {a: s for a, s in apart.items() if a >= 0 and s})


def _nodes_of_units(prepared: Prepared, units: Units) -> dict[int, LabelArray]:
    return {u: np.unique(prepared.node[units.unit == u]) for u in units.apart}


def _found(task: Apartness, least: int) -> int:
    for count in range(least, len(task.apart)):
        if any(drawn_apart(task, count, stream(0, "apart", attempt)) is not None for attempt in range(ATTEMPTS)):
            return count
    return max(least, len(task.apart))
