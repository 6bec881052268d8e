"""A number of regions that is asked for is a number of regions that is made."""

from __future__ import annotations

import numpy as np
import pytest

from regionalization.constraints import Borders, Constraints
from regionalization.problem import Problem
from regionalization.propose import propose
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges

WIDTH, HEIGHT = 10, 8


def county(borders: Borders, count: int) -> Problem:
    """Eighty square blocks in two municipalities, with very different residents, one without any."""
    n = WIDTH * HEIGHT
    residents = np.random.default_rng(3).integers(0, 1000, n)
    residents[5] = 0
    east = [(i, i + 1) for i in range(n) if i % WIDTH < WIDTH - 1]
    north = [(i, i + WIDTH) for i in range(n - WIDTH)]
    places = np.array([[i % WIDTH * 100.0, i // WIDTH * 100.0] for i in range(n)])
    blocks = block_set(
        [f"B{i:03d}" for i in range(n)],
        population=residents,
        municipality=["a" if i % WIDTH < WIDTH // 2 else "b" for i in range(n)],
        shapes=(np.full(n, 1e4), np.full(n, 400.0), places),
    )
    edges = contiguity_from_edges(n, east + north, [100.0] * (len(east) + len(north)))
    return Problem(blocks, edges, constraints=Constraints(municipal_borders=borders, region_count=count))


@pytest.mark.parametrize("borders", ["none", "hard"])
@pytest.mark.parametrize("count", [2, 3, 7, 25, 40, 60, 79, 80])
def test_exactly_as_many_regions_as_asked_for(borders: Borders, count: int) -> None:
    proposal = propose(county(borders, count), seed=1)
    assert len(proposal.plan.regions) == count
    assert [v for v in proposal.violations if v.rule in ("region_count", "contiguous")] == []
