"""A start in which nodes that must be apart are in different regions, so that the search never has to part them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regionalization.adapted_start import with_regions
from regionalization.methods.annealing import KeepGoing, SearchOrder, first_labels, search
from regionalization.methods.random_numbers import below_each, stream
from regionalization.methods.search_state import SearchGraph
from spatial.arrays import LabelArray

ATTEMPTS = 60  # of drawing regions around the nodes that must be apart; numbers, no clock
WORK = 2_000_000  # looks at neighbours in all attempts together


def separated_search(order: SearchOrder, keep_going: KeepGoing) -> LabelArray:
    """``search`` from a start in which nodes that must be apart are apart, wherever one was found.

    From there no move brings two of them together: it would cost more than anything else can save.
    """
    if order.graph.apart.shape[1] and len(order.bands) > 1:
        first = first_labels(order)
        order = replace(order, start=_numbered_like(first, separated(order, first)))
    return search(order, keep_going)


def _numbered_like(labels: LabelArray, changed: LabelArray) -> LabelArray:
    """The changed regions with the numbers of those they share most nodes with, because homes are numbers too."""
    pairs, counts = np.unique(np.stack([changed, labels], axis=1), axis=0, return_counts=True)
    number: dict[int, int] = {}
    for new, old in pairs[np.lexsort((pairs[:, 1], pairs[:, 0], -counts))].tolist():
        if new not in number and old not in number.values():
            number[new] = old
    left = iter(sorted({int(r) for r in labels} - set(number.values())))
    for new in np.unique(changed).tolist():
        if new not in number:
            number[new] = next(left)
    return np.array([number[int(r)] for r in changed], dtype=np.int32)


def separated(order: SearchOrder, labels: LabelArray) -> LabelArray:
    """The given regions with every two nodes that must be apart in different ones, wherever a way was found.

    Parameters
    ----------
    labels : (n,) region of each node, 0…k−1, every region in one piece

    Returns
    -------
    (n,) int32 0…k−1, every region in one piece; the given labels where nothing has to change or no way was found.
    First the regions with such nodes are divided and others merged instead; failing that, regions are grown from the
    nodes that must be apart, joined along free ways until there are few enough. With at least as many regions as
    such nodes this never fails.
    """
    graph, k = order.graph, len(order.bands)
    if not meets(graph, labels):
        return labels
    task = _apartness(graph)
    changed = _merged_to(graph, _divided(task, labels), k)
    work = [WORK]
    for attempt in range(ATTEMPTS):
        if changed is not None or work[0] <= 0:
            break
        found = drawn_apart(task, k, stream(0, "apart", attempt), work)
        changed = np.array(grown_around(task, found), dtype=np.int32) if len(found) <= k else None
    return labels if changed is None else with_regions(graph, changed, k)


def meets(graph: SearchGraph, labels: LabelArray) -> bool:
    """Do two nodes that must be apart share a region?"""
    if not graph.apart.shape[1]:
        return False
    partner = np.where(graph.apart >= 0, labels[graph.apart], -1)
    return bool((partner == labels[:, None]).any())


def _divided(task: Apartness, labels: LabelArray) -> LabelArray:
    """Every region with nodes that must be apart is divided among these; there are more regions then."""
    seeds = [{u} for u, others in task.apart.items() if any(labels[u] == labels[v] for v in others)]
    grown = np.array(_grown(task.beside, seeds, lambda u, v: bool(labels[u] == labels[v])))
    divided = np.where(grown >= 0, grown + labels.max() + 1, labels)
    return np.unique(divided, return_inverse=True)[1].astype(np.int32)


def _grown(
    beside: Sequence[Sequence[int]], classes: Iterable[set[int]], may_pass: Callable[[int, int], bool]
) -> list[int]:
    """Which class reaches each node first over open borders, −1 where none does."""
    owner = [-1] * len(beside)
    waiting: deque[int] = deque()
    for number, members in enumerate(classes):
        for u in sorted(members):
            owner[u] = number
            waiting.append(u)
    while waiting:
        u = waiting.popleft()
        for v in beside[u]:
            if owner[v] < 0 and may_pass(u, v):
                owner[v] = owner[u]
                waiting.append(v)
    return owner


def _merged_to(graph: SearchGraph, labels: LabelArray, k: int) -> LabelArray | None:
    """At most k regions: the two neighbours with fewest residents that may share one are merged; None where stuck."""
    while labels.max() + 1 > k:
        count = int(labels.max()) + 1
        source = np.repeat(labels, np.diff(graph.indptr)).astype(np.int64)
        target = labels[graph.neighbour]
        touching = np.unique((source * count + target)[graph.passable & (source < target)])
        own = np.repeat(labels, graph.apart.shape[1]).astype(np.int64)
        other = labels[graph.apart.ravel()]
        barred = np.unique((own * count + other)[graph.apart.ravel() >= 0])
        free = np.setdiff1d(touching, barred)
        if not len(free):
            return None
        residents = np.bincount(labels, weights=graph.residents)
        best = int(free[np.argmin(residents[free // count] + residents[free % count])])
        labels = np.where(labels == best % count, best // count, labels)
        labels = np.unique(labels, return_inverse=True)[1].astype(np.int32)
    return labels


@dataclass(frozen=True, eq=False)
class Apartness:
    """Who is beside whom over open borders, and who must be apart: node → others, only nodes that have any."""

    beside: Sequence[Sequence[int]]
    apart: Mapping[int, set[int]]


class _Classes:
    """Nodes that share a region already: class → its nodes; who may not join whom; who can join nobody any more.

    A class that reaches none it may join never will: the ways only become fewer, and who is joined may not be met.
    """

    def __init__(self, task: Apartness, work: list[int]) -> None:
        self._task, self._work = task, work
        seeds = sorted(task.apart)
        self.members = {number: {u} for number, u in enumerate(seeds)}
        self._owner = [-1] * len(task.beside)
        for number, u in enumerate(seeds):
            self._owner[u] = number
        self._foes = {
            number: {self._owner[v] for v in task.apart[u] if v in task.apart} for number, u in enumerate(seeds)
        }
        self._stuck: set[int] = set()

    def join_any(self, state: Any) -> bool:
        """Join the first class in random order that can be joined; False where none can, or the work is used up."""
        order = list(self.members)
        self._work[0] -= len(order)
        drawn = below_each(state, np.arange(len(order), 1, -1)).tolist()
        for i, j in zip(range(len(order) - 1, 0, -1), drawn, strict=True):
            order[i], order[j] = order[j], order[i]
        return any(self._join_nearest(a) for a in order if a not in self._stuck)

    def _join_nearest(self, a: int) -> bool:
        """Join class a with the nearest class that it may share a region with, over nodes of no class."""
        foes, owner, before = self._foes[a], self._owner, dict.fromkeys(self.members[a], -1)
        waiting = deque(sorted(self.members[a]) if len(foes) + 1 < len(self.members) and self._work[0] > 0 else ())
        while waiting:
            u = waiting.popleft()
            self._work[0] -= len(self._task.beside[u])
            for v in self._task.beside[u]:
                if v in before or owner[v] in foes:
                    continue
                if owner[v] >= 0:
                    self._join(a, owner[v], before, u)
                    return True
                before[v] = u
                waiting.append(v)
        self._stuck.add(a)
        return False

    def _join(self, a: int, b: int, before: dict[int, int], last: int) -> None:
        while last >= 0:
            self.members[a].add(last)
            last = before[last]
        self.members[a] |= self.members.pop(b)
        for u in self.members[a]:
            self._owner[u] = a
        for foe in self._foes.pop(b):
            self._foes[foe] = self._foes[foe] - {b} | {a}
            self._foes[a].add(foe)


def drawn_apart(task: Apartness, k: int, state: Any, work: list[int]) -> list[set[int]]:
    """Nodes that must be apart, joined in random order over free ways to k classes, or to more where that is stuck.

    ``work`` = [steps left], lessened by those that were made; without any left nothing more is joined.
    """
    classes = _Classes(task, work)
    while len(classes.members) > k and classes.join_any(state):
        pass
    return list(classes.members.values())


def grown_around(task: Apartness, classes: Iterable[set[int]]) -> list[int]:
    """Class of each node when all grow at once over open borders."""
    return _grown(task.beside, classes, lambda u, v: True)


def _apartness(graph: SearchGraph) -> Apartness:
    rows = np.split(np.arange(len(graph.neighbour)), graph.indptr[1:-1])
    beside = [graph.neighbour[row][graph.passable[row]].tolist() for row in rows]
    apart = {u: {int(v) for v in row if v >= 0} for u, row in enumerate(graph.apart)}
    return Apartness(beside, {u: others for u, others in apart.items() if others})
