"""Counties on squared paper for the tests of the engine: unit squares of 100 m, drawn as text or at random."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from spatial.blocks import BlockSet, block_set
from spatial.contiguity import Contiguity, contiguity_from_edges

SIDE_M = 100.0


def squares(cells: list[tuple[int, int]]) -> Any:
    """Polygons of the cells (row, column), row 0 in the north."""
    rows, columns = np.array(cells).T
    return shapely.box(columns * SIDE_M, -(rows + 1) * SIDE_M, (columns + 1) * SIDE_M, -rows * SIDE_M)


def neighbourhood(cells: list[tuple[int, int]]) -> Contiguity:
    """Rook contiguity of the cells."""
    index = {cell: i for i, cell in enumerate(cells)}
    pairs = [(i, index[other]) for (r, c), i in index.items() for other in ((r, c + 1), (r + 1, c)) if other in index]
    return contiguity_from_edges(
        len(cells), np.array(pairs, dtype=np.int64).reshape(-1, 2), np.full(len(pairs), SIDE_M)
    )


def blocks_of(
    cells: list[tuple[int, int]], population: Any, municipality: list[str] | None = None, place: list[str] | None = None
) -> BlockSet:
    """Blocks named ``r-c`` with the figures of unit squares."""
    n = len(cells)
    centre = np.array([(SIDE_M * (c + 0.5), -SIDE_M * (r + 0.5)) for r, c in cells])
    shapes = (np.full(n, SIDE_M**2), np.full(n, 4 * SIDE_M), centre)
    ids = [f"{r:02d}-{c:02d}" for r, c in cells]
    return block_set(ids, population=population, municipality=municipality, shapes=shapes, place=place)


def drawn(picture: str, people: int = 100, target: PopulationTarget | None = None, **demands: Any) -> Problem:
    """A county drawn as text: one character per block, the letter is the municipality, a space is a hole.

    A lower-case letter belongs to the municipality of its capital and has no residents.
    """
    cells = [
        (r, c) for r, line in enumerate(picture.strip("\n").split("\n")) for c, mark in enumerate(line) if mark != " "
    ]
    lines = picture.strip("\n").split("\n")
    marks = [lines[r][c] for r, c in cells]
    population = [0 if mark.islower() else people for mark in marks]
    blocks = blocks_of(cells, population, [mark.upper() for mark in marks])
    band = target or PopulationTarget(4 * people, 5 * people, 6 * people)
    return Problem(blocks, neighbourhood(cells), band, Constraints(**demands))


def reordered(problem: Problem, order: Any) -> Problem:
    """The same county with its blocks in another order."""
    blocks = problem.blocks
    shuffled = BlockSet(
        tuple(blocks.ids[i] for i in order),
        blocks.population[order],
        blocks.area_m2[order],
        blocks.perimeter_m[order],
        blocks.centroid_m[order],
        blocks.municipality[order],
        blocks.municipalities,
        blocks.place[order],
        blocks.places,
    )
    contiguity = problem.contiguity.reordered(np.asarray(order))
    return replace(problem, blocks=shuffled, contiguity=contiguity, features=problem.features[order])


@st.composite
def counties(draw: st.DrawFn, borders: str = "hard") -> Problem:
    """Random counties with holes, exclaves, blocks without residents, one to four municipalities, 0–2 features."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 9))
    filled = rng.random((rows, columns)) >= draw(st.sampled_from([0.0, 0.1, 0.3]))
    filled[rng.integers(rows), rng.integers(columns)] = True
    cells = [(int(r), int(c)) for r, c in np.argwhere(filled)]
    seats = rng.uniform(0, 9, (draw(st.integers(1, 4)), 2))
    nearest = [int(np.argmin(((seats - cell) ** 2).sum(axis=1))) for cell in cells]
    population = rng.integers(0, 300, len(cells)) * (rng.random(len(cells)) > 0.15)
    if draw(st.booleans()):
        population[rng.integers(len(cells))] = 4_000
    count = draw(st.integers(0, 2))
    blocks = blocks_of(cells, population, [f"M{m}" for m in nearest])
    return Problem(
        blocks,
        neighbourhood(cells),
        PopulationTarget(700, 1000, 1300),
        Constraints(municipal_borders=borders),  # type: ignore[arg-type]
        rng.normal(size=(len(cells), count)),
        tuple(f"feature {i}" for i in range(count)),
    )
