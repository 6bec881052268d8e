"""A start in which nodes that must be apart are in different regions, so that the search never has to part them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regionalization.adapted_start import with_regions
from regionalization.methods.annealing import KeepGoing, SearchOrder, first_labels, search
from regionalization.methods.random_numbers import below, stream
from regionalization.methods.search_state import SearchGraph
from spatial.arrays import LabelArray

ATTEMPTS = 60  # of drawing regions around the nodes that must be apart; numbers, no clock


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
    for attempt in range(ATTEMPTS):
        if changed is not None:
            return with_regions(graph, changed, k)
        found = drawn_apart(task, k, stream(0, "apart", attempt))
        changed = None if found is None else np.array(found, dtype=np.int32)
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


@dataclass
class _Classes:
    """Nodes that share a region already, and who may not join whom."""

    task: Apartness
    members: list[set[int]]

    def apart(self, a: int, b: int) -> bool:
        """Does a node of class a have to be apart from one of class b?"""
        return any(self.task.apart.get(u, set()) & self.members[b] for u in self.members[a])

    def join_nearest(self, a: int) -> bool:
        """Join class a with the nearest class that it may share a region with, over nodes of no class."""
        owner = {u: number for number, members in enumerate(self.members) for u in members}
        allowed = {b for b in range(len(self.members)) if b != a and not self.apart(a, b)}
        before: dict[int, int] = dict.fromkeys(self.members[a], -1)
        waiting = deque(sorted(self.members[a]))
        while waiting and allowed:
            u = waiting.popleft()
            for v in self.task.beside[u]:
                if v in before or owner.get(v, a) not in (allowed | {a}):
                    continue
                if owner.get(v, a) in allowed:
                    self._join(a, owner[v], before, u)
                    return True
                before[v] = u
                waiting.append(v)
        return False

    def _join(self, a: int, b: int, before: dict[int, int], last: int) -> None:
        while last >= 0:
            self.members[a].add(last)
            last = before[last]
        self.members[a] |= self.members[b]
        del self.members[b]


def drawn_apart(task: Apartness, k: int, state: Any) -> list[int] | None:
    """Regions grown from the nodes that must be apart, these joined in random order to at most k; None where stuck."""
    classes = _Classes(task, [{u} for u in sorted(task.apart)])
    while len(classes.members) > k:
        order = list(range(len(classes.members)))
        for i in range(len(order) - 1, 0, -1):
            j = int(below(state, i + 1))
            order[i], order[j] = order[j], order[i]
        if not any(classes.join_nearest(a) for a in order):
            return None
    return _grown(task.beside, classes.members, lambda u, v: True)


def _apartness(graph: SearchGraph) -> Apartness:
    rows = np.split(np.arange(len(graph.neighbour)), graph.indptr[1:-1])
    beside = [graph.neighbour[row][graph.passable[row]].tolist() for row in rows]
    apart = {u: {int(v) for v in row if v >= 0} for u, row in enumerate(graph.apart)}
    return Apartness(beside, {u: others for u, others in apart.items() if others})
