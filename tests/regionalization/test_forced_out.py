"""How many regions must be out of the band at least: the bound against every division there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from regionalization.parts import regions_out_of_band
from regionalization.population_target import PopulationTarget
from spatial.connectivity import pieces_per_region
from spatial.contiguity import Contiguity
from tests.regionalization.grid_county import neighbourhood

CELLS = [(r, c) for r in range(2) for c in range(4)]
BAND = PopulationTarget(300, 350, 400)


def divisions(contiguity: Contiguity, count: int) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Every division into so many connected regions, some of them several times."""
    for labels in itertools.product(range(count), repeat=contiguity.n):
        if len(set(labels)) == count and labels[0] == 0:
            column = np.array(labels, dtype=np.int32)
            if set(pieces_per_region(column, contiguity).values()) == {1}:
                yield column


def fewest_out(residents: list[int], count: int) -> int:
    """Least number of regions out of the band over every division."""
    contiguity = neighbourhood(CELLS)
    sums = (np.bincount(labels, weights=residents) for labels in divisions(contiguity, count))
    return min(int(((s < BAND.minimum) | (s > BAND.maximum)).sum()) for s in sums)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("people", [60, 90, 100, 120, 170])
def test_small_blocks_reach_the_least_number_of_regions_out_of_the_band(people: int, count: int) -> None:
    residents = [people - 20, people, people + 20, people] * 2
    bound = regions_out_of_band(sum(residents), count, BAND)
    assert fewest_out(residents, count) >= bound
    if people <= 100:
        assert fewest_out(residents, count) == bound


def test_large_blocks_can_force_more_regions_out_than_the_total_says() -> None:
    """Two blocks of 250 fit no band of 300 to 400 together, and the small ones do not reach between them."""
    residents = [250, 250, 250, 250, 0, 0, 0, 0]
    assert regions_out_of_band(sum(residents), 3, BAND) == 0
    assert fewest_out(residents, 3) == 3
