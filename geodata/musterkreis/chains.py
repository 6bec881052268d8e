"""Lines that go on straight across a junction are one street or road (Straßenzüge)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Walk = tuple[tuple[int, bool], ...]  # number of the line, walked forwards
_End = tuple[int, bool]  # number of the line, at its beginning
_LOOK_M = 40.0


def walks(
    lines: Sequence[NDArray[np.float64]], groups: Sequence[Hashable], *, sharpest: float, longest_m: float
) -> list[Walk]:
    """Chains of lines of one group; at each junction the two that bend least go on together.

    Parameters
    ----------
    lines : (k, 2) metres each
    groups : lines of different groups never join
    sharpest : largest bend at a junction, radians
    longest_m : a chain does not grow beyond this

    >>> straight = [np.array([[0.0, 0.0], [9.0, 0.0]]), np.array([[9.0, 0.0], [20.0, 1.0]])]
    >>> walks(straight, ["a", "a"], sharpest=0.5, longest_m=100.0)
    [((0, True), (1, True))]
    """
    lengths = [float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines]
    following = _joined(_bends(lines, groups, sharpest), lengths, longest_m)
    seen: set[int] = set()
    found = []
    for number in range(len(lines)):
        if number not in seen:
            walk = _walk(number, following)
            seen.update(line for line, _forwards in walk)
            found.append(walk)
    return found


def walked(lines: Sequence[NDArray[np.float64]], walk: Walk) -> NDArray[np.float64]:
    """The course of a walk, (k, 2) metres."""
    parts = [lines[number] if forwards else lines[number][::-1] for number, forwards in walk]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _bends(
    lines: Sequence[NDArray[np.float64]], groups: Sequence[Hashable], sharpest: float
) -> list[tuple[float, _End, _End]]:
    """Pairs of line ends that meet, the straightest first."""
    at: dict[Hashable, list[_End]] = defaultdict(list)
    for number, line in enumerate(lines):
        for begin in (True, False):
            x, y = line[0 if begin else -1]
            at[groups[number], round(x * 10), round(y * 10)].append((number, begin))
    found = []
    for ends in at.values():
        headings = [_heading(lines[number], begin) for number, begin in ends]
        for i in range(len(ends)):
            for j in range(i):
                bend = abs(np.pi - abs((headings[i] - headings[j] + np.pi) % (2 * np.pi) - np.pi))
                if bend <= sharpest and ends[i][0] != ends[j][0]:
                    found.append((round(float(bend), 4), ends[j], ends[i]))
    return sorted(found)


def _heading(line: NDArray[np.float64], begin: bool) -> float:
    """Direction in which the line leaves its end, seen over the first stretch."""
    course = line if begin else line[::-1]
    away = np.hypot(*(course - course[0]).T)
    far = int(np.argmax(away > _LOOK_M)) or len(course) - 1
    east, north = course[far] - course[0]
    return float(np.arctan2(north, east))


def _joined(bends: list[tuple[float, _End, _End]], lengths: Sequence[float], longest_m: float) -> dict[_End, _End]:
    chain, total = list(range(len(lengths))), list(lengths)

    def root(number: int) -> int:
        while chain[number] != number:
            number = chain[number]
        return number

    following: dict[_End, _End] = {}
    for _bend, one, two in bends:
        a, b = root(one[0]), root(two[0])
        if one in following or two in following or a == b or total[a] + total[b] > longest_m:
            continue
        following[one], following[two] = two, one
        chain[b] = a
        total[a] += total[b]
    return following


def _walk(number: int, following: dict[_End, _End]) -> Walk:
    """From one free end of the chain that holds the line to the other."""
    end: _End = (number, True)
    while end in following:  # back to the beginning; chains have no loops
        line, begin = following[end]
        end = (line, not begin)
    steps = [(end[0], end[1])]
    out = (end[0], not end[1])
    while out in following:
        line, begin = following[out]
        steps.append((line, begin))
        out = (line, not begin)
    return tuple(steps)
