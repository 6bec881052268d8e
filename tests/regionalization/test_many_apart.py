"""Very many blocks kept apart: the answer comes with limited work, and once for all plans of a county."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from regionalization import apartness
from regionalization.apartness import regions_apart
from regionalization.check import check
from regionalization.colouring import least_colours
from regionalization.feasibility import feasibility
from regionalization.methods.random_numbers import stream
from regionalization.methods.separation import Apartness, drawn_apart
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.propose import propose
from spatial.connectivity import is_contiguous
from spatial.plan import Plan
from tests.regionalization.grid_county import drawn


def on_the_rim(side: int, many: int) -> Problem:
    """Blocks on the rim of a square county, every one apart from every second other."""
    top = [(0, c) for c in range(side)] + [(r, side - 1) for r in range(1, side)]
    ring = top + [(side - 1 - r, side - 1 - c) for r, c in top[1:-1]]
    ids = [f"{r:02d}-{c:02d}" for r, c in (ring[i * len(ring) // many] for i in range(many))]
    pairs = tuple((ids[i], ids[j]) for i, j in combinations(range(many), 2) if (i - j) % 2)
    return drawn(("A" * side + "\n") * side, keep_apart=pairs)


def test_six_hundred_pairs_apart_are_answered() -> None:
    problem = drawn(("A" * 40 + "\n") * 30)
    order = np.random.default_rng(1).permutation(1_200).reshape(-1, 2)
    ids = problem.blocks.ids
    many = drawn(("A" * 40 + "\n") * 30, keep_apart=tuple((ids[a], ids[b]) for a, b in order))
    least, found = regions_apart(prepare(many))[0]
    assert least == 2 <= found <= 1_200
    assert all(v.unavoidable for v in feasibility(many))


def test_a_long_ring_of_quarrels_needs_three_colours_if_its_number_is_odd() -> None:
    for count, colours in ((1_200, 2), (1_201, 3)):
        names = np.random.default_rng(count).permutation(count).tolist()
        ring = {names[i]: {names[i - 1], names[(i + 1) % count]} for i in range(count)}
        assert least_colours(ring) == colours


def test_the_least_number_of_colours_is_the_one_that_trying_all_of_them_finds() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        n = int(rng.integers(1, 7))
        pairs = [pair for pair in combinations(range(n), 2) if rng.random() < 0.5]
        apart = {u: {v for pair in pairs if u in pair for v in pair if v != u} for u in range(n)}
        codes = np.indices((n,) * n).reshape(n, -1)
        kept = np.all([codes[a] != codes[b] for a, b in pairs], axis=0) if pairs else np.full(codes.shape[1], True)
        assert least_colours(apart) == min(len(set(column)) for column in codes[:, kept].T.tolist())


def test_where_colouring_takes_too_long_a_number_that_is_proven_is_said() -> None:
    rng = np.random.default_rng(3)
    n = 200
    meets = np.triu(rng.random((n, n)) < 0.4, 1)
    meets |= meets.T
    apart = {u: set(np.flatnonzero(meets[u]).tolist()) for u in range(n)}
    assert 5 <= least_colours(apart) <= 40


def test_alternating_blocks_on_the_rim_are_parted_like_slices() -> None:
    assert regions_apart(prepare(on_the_rim(12, 12))) == {0: (2, 7)}


def test_the_regions_that_blocks_apart_need_are_exact_in_small_counties() -> None:
    """Held against every division of small counties into connected regions."""
    rng = np.random.default_rng(5)
    for turn in range(12):
        picture = ("AAA\nAAA\n", "AAAA\nAAAA\n", "AAAAAAA\n")[turn % 3]
        ids = drawn(picture).blocks.ids
        order = rng.permutation(len(ids))[:6].reshape(-1, 2)
        prepared = prepare(drawn(picture, keep_apart=tuple((ids[a], ids[b]) for a, b in order)))
        fewest = min(
            len(set(labels))
            for labels in divisions(len(ids))
            if all(labels[a] != labels[b] for a, b in order)
            and is_contiguous(np.array(labels, dtype=np.int32), prepared.contiguity)
        )
        least, found = regions_apart(prepared)[0]
        assert least <= fewest <= found
        assert least == fewest or len(ids) > 7


def divisions(n: int) -> Iterator[tuple[int, ...]]:
    """Every division of n blocks into regions, once."""
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        labels = waiting.pop()
        if len(labels) == n:
            yield labels
        else:
            waiting += [(*labels, g) for g in range(max(labels, default=-1) + 2)]


def test_a_number_of_regions_too_small_for_pairs_apart_is_named_before_solving() -> None:
    """Three blocks that alternate in a row need three regions, though two colours would do."""
    pairs = (("00-00", "00-01"), ("00-01", "00-02"))
    problem = drawn("AAAA\n", keep_apart=pairs, region_count=2)
    assert "apart_needs_more" in {v.reason for v in feasibility(problem)}
    assert all(v.unavoidable for v in propose(problem).violations)


def test_how_many_regions_pairs_need_is_found_once_for_all_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    found = apartness._found
    monkeypatch.setattr(apartness, "_found", lambda *task: asked.append(1) or found(*task))  # type: ignore[func-returns-value]
    problem = on_the_rim(8, 6)
    for region in range(3):
        check(Plan(np.full(64, region)), problem)
    feasibility(problem)
    assert asked == [1]


def test_without_work_left_blocks_that_must_be_apart_stay_in_regions_of_their_own() -> None:
    row = Apartness([[1], [0, 2], [1, 3], [2]], {0: {3}, 3: {0}, 1: {2}, 2: {1}})
    assert len(drawn_apart(row, 2, stream(0, "apart", 0), [0])) == 4
    assert len(drawn_apart(row, 2, stream(0, "apart", 0), [100])) == 2
