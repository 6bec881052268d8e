"""How many regions blocks need that must be apart (Trennvorgaben): a proven least, and a number found to do."""

from __future__ import annotations

from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np

from regionalization.colouring import least_colours
from regionalization.methods.random_numbers import stream
from regionalization.methods.separation import ATTEMPTS, WORK, Apartness, drawn_apart
from regionalization.parted import proven_needs
from regionalization.preparation import Prepared
from regionalization.problem import Problem
from regionalization.together import Units, units_of
from spatial.arrays import LabelArray

Needs = dict[int, tuple[int, int]]
_KNOWN: WeakKeyDictionary[Problem, tuple[LabelArray, Needs]] = (
    WeakKeyDictionary()
)  # asked again for every plan that is judged


def regions_apart(prepared: Prepared) -> Needs:
    """Part → (regions that its blocks need at least, proven; regions with which a way to part them was found).

    At least: as many as colours that give no two blocks which must be apart the same one. Whether the graph allows so
    few is tried by drawing regions around these blocks, with limited work; with a region for each of them it always
    does.
    """
    problem = prepared.problem
    if not problem.constraints.keep_apart and not problem.constraints.locked:
        return {}
    node, needs = _KNOWN.get(problem, (None, {}))
    if node is None or not np.array_equal(node, prepared.node):  # other nodes: the preparing was cancelled once
        needs = _needs(prepared)
        _KNOWN[problem] = prepared.node, needs
    return needs


def _needs(prepared: Prepared) -> Needs:
    units = units_of(prepared.problem, prepared.blocks)
    first = np.unique(units.unit, return_index=True)[1]
    part_of = prepared.part_of_block[first]
    inside: dict[int, dict[int, set[int]]] = {}
    for u in sorted(units.apart):
        others = {v for v in units.apart[u] if part_of[v] == part_of[u]}
        inside.setdefault(int(part_of[u]), {})[u] = others
    needs: Needs = {}
    named = _named(prepared)
    for part in sorted({*inside, *named}):
        task = _apartness(prepared, units, part)
        least = max(least_colours(inside.get(part, {})), least_colours(named.get(part, {})))
        needs[part] = proven_needs(task, least, _found(task, least, len(prepared.part)))
    return needs


def _named(prepared: Prepared) -> dict[int, dict[int, set[int]]]:
    """Part → node → nodes of the same part that a demand itself keeps apart, without what follows from groups.

    That holds also where a group cannot be kept whole because its blocks lie in several parts.
    """
    constraints, index = prepared.problem.constraints, {block: i for i, block in enumerate(prepared.blocks.ids)}
    node, part = prepared.node, prepared.part
    pairs = [(int(node[index[a]]), int(node[index[b]])) for a, b in constraints.keep_apart]
    locked = sorted({(int(node[index[block]]), region) for block, region in constraints.locked.items()})
    pairs += [(u, v) for (u, r), (v, other) in combinations(locked, 2) if r != other]
    named: dict[int, dict[int, set[int]]] = {}
    for u, v in pairs:
        if u != v and part[u] == part[v]:
            quarrels = named.setdefault(int(part[u]), {})
            quarrels.setdefault(u, set()).add(v)
            quarrels.setdefault(v, set()).add(u)
    return named


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


def _found(task: Apartness, least: int, nodes: int) -> int:
    """The fewest regions that any attempt arrives at; each goes on until it is stuck, so one run of them answers.

    All parts together, of so many nodes, have the work of one.
    """
    fewest, work = max(least, len(task.apart)), [WORK * len(task.beside) // nodes]
    for attempt in range(ATTEMPTS):
        if fewest <= least or work[0] <= 0:
            break
        fewest = min(fewest, len(drawn_apart(task, least, stream(0, "apart", attempt), work)))
    return fewest
