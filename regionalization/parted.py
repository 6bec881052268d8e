"""Can so few regions part blocks that must be apart? Proven for small parts by trying every grouping of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from regionalization.methods.separation import Apartness
from regionalization.ways import best_ways

_GROUPINGS = 8  # that are tried for one number of regions; with more of them nothing is proven
_LARGEST = 300  # columns of a task that is tried (12 blocks in a square, two regions): a judgement stays quick


def proven_needs(task: Apartness, least: int, found: int) -> tuple[int, int]:
    """Raise the least number of regions as far as it can be proven; the one found stays: the search can draw it.

    Every grouping of the nodes into so many regions is held against the borders: can each be connected beside the
    others? With a way for none of them one more is needed.
    """
    while least < found and _is_possible(task, least) is False:
        least += 1
    return least, found


def _is_possible(task: Apartness, count: int) -> bool | None:
    """Do so many regions part the nodes? None where that is not known."""
    edges = np.array([(u, v) for u, row in enumerate(task.beside) for v in row if u < v], dtype=np.int64).reshape(-1, 2)
    tried = list(islice(_groupings(task.apart, count), _GROUPINGS + 1))
    if len(tried) > _GROUPINGS or count * (3 * len(task.beside) + 2 * len(edges)) > _LARGEST:
        return None
    for grouping in tried:
        unit = np.arange(len(task.beside), dtype=np.int32)
        for group in set(grouping.values()):
            members = [u for u, g in grouping.items() if g == group]
            unit[members] = members[0]
        own = sorted({int(unit[u]) for u in grouping})
        several = [u for u in own if (unit == u).sum() > 1]
        apart = {u: frozenset(own) - {u} for u in own}
        ways = best_ways(unit, several, apart, edges=edges) if several else None
        if several and ways is None:
            return None
        if ways is None or not ways.given_up:
            return True
    return False


def _groupings(apart: Mapping[int, set[int]], count: int) -> Iterator[dict[int, int]]:
    """Node → group, at most so many groups, none with two nodes that must be apart; every grouping once."""
    order = sorted(apart)
    waiting: list[dict[int, int]] = [{}]
    while waiting:
        grouping = waiting.pop()
        if len(grouping) == len(order):
            yield grouping
            continue
        node = order[len(grouping)]
        taken = {grouping[v] for v in apart[node] if v in grouping}
        used = max(grouping.values(), default=-1)
        waiting += [{**grouping, node: g} for g in range(min(count, used + 2)) if g not in taken]
