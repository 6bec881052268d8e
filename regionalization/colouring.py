"""How many groups are needed so that no two that quarrel share one (Färbung): a proven least number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import heappop, heappush

STEPS = 20_000  # of looking for a colouring, beside one for each node

Quarrels = Mapping[int, AbstractSet[int]]


def least_colours(apart: Quarrels) -> int:
    """The least number of colours that give no two quarrelling nodes the same one.

    Parameters
    ----------
    apart : node → nodes it must not share a colour with, both ways

    Returns
    -------
    the exact number; where that takes more than ``STEPS`` steps the largest number proven to be needed

    >>> least_colours({1: {2, 5}, 2: {1, 3}, 3: {2, 4}, 4: {3, 5}, 5: {4, 1}}), least_colours({7: set()})
    (3, 1)
    """
    count = 1
    for start in sorted(apart):
        if len(apart[start]) >= count:  # else it is in no larger clique
            count = max(count, len(_clique(apart, start)))
    steps = [STEPS + len(apart)]
    for members in _components(apart):
        order = _from_the_middle(apart, members)
        while _is_colourable(apart, order, count, steps) is False:
            count += 1
    return count


def _clique(apart: Quarrels, start: int) -> set[int]:
    clique = {start}
    for node in sorted(apart[start], key=lambda v: (-len(apart[v]), v)):
        if clique <= apart[node]:
            clique.add(node)
    return clique


def _components(apart: Quarrels) -> Iterable[list[int]]:
    """Nodes that quarrel with each other directly or over others."""
    seen: set[int] = set()
    for start in sorted(apart):
        if start not in seen:
            found = [start]
            seen.add(start)
            for node in found:
                fresh = sorted(apart[node] - seen)
                seen.update(fresh)
                found.extend(fresh)
            yield found


def _from_the_middle(apart: Quarrels, members: Sequence[int]) -> list[int]:
    """Most quarrels first, then always the node with most before it, so that a dead end shows soon."""
    order: list[int] = []
    before = dict.fromkeys(members, 0)
    waiting = [(0, -len(apart[v]), v) for v in members]
    waiting.sort()
    while waiting:
        met, _, node = heappop(waiting)
        if before.get(node) != -met:
            continue
        order.append(node)
        del before[node]
        for other in apart[node]:
            if other in before:
                before[other] += 1
                heappush(waiting, (-before[other], -len(apart[other]), other))
    return order


def _is_colourable(apart: Quarrels, order: Sequence[int], count: int, steps: list[int]) -> bool | None:
    """Can these be coloured? None where the steps run out before that is known."""
    colour: dict[int, int] = {}
    first, highest, at = [0] * (len(order) + 1), [-1] * (len(order) + 1), 0
    while 0 <= at < len(order):
        if steps[0] <= 0:
            return None
        steps[0] -= 1
        node = order[at]
        colour.pop(node, None)
        taken = {colour[v] for v in apart[node] if v in colour}
        free = (c for c in range(first[at], min(count, highest[at] + 2)) if c not in taken)
        chosen = next(free, -1)
        if chosen < 0:
            first[at], at = 0, at - 1
        else:
            colour[node], first[at], highest[at + 1] = chosen, chosen + 1, max(highest[at], chosen)
            at += 1
    return at >= 0
