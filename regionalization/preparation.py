"""The task in numbers: canonical order, closed borders, blocks that move together, standardised features."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import lt
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from regionalization.constraint_findings import constraint_findings
from regionalization.constraints import Constraints
from regionalization.cut_prices import along_lines, cut_prices, line_cut_prices
from regionalization.municipal_groups import municipality_groups
from regionalization.problem import Problem
from regionalization.together import together_groups
from regionalization.ways import Ways
from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray
from spatial.blocks import BlockSet
from spatial.components import connected_pieces
from spatial.contiguity import Contiguity
from spatial.errors import InputError

_TIED: WeakKeyDictionary[Problem, tuple[LabelArray, Ways | None]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Prepared:
    """A problem with its blocks sorted by id and everything a search needs as arrays.

    Attributes
    ----------
    order : (n,) position in the caller's order of each block in canonical order
    blocks, contiguity : canonical; borders no region may pass are closed as barriers
    group : (n,) code of the municipality, or of municipalities that may share regions; 0 everywhere without borders
    standardised : (n, f) mean 0, deviation 1; constant columns are 0
    cohesion : (m,) metres × smaller residents per hectare, places, barriers and preferred lines considered
    along_line : (m,) bool, borders along barriers and preferred lines, municipal borders not among them
    node : (n,) number of the search node a block belongs to
    part : (nodes,) connected part of each node, numbered by smallest block id
    ways : the ways that join as many groups as possible, where groups stand in each other's way and it was proven
    """

    problem: Problem
    order: IntArray
    blocks: BlockSet
    contiguity: Contiguity
    group: LabelArray
    standardised: FloatArray
    cohesion: FloatArray
    along_line: BoolArray
    node: LabelArray
    part: LabelArray
    ways: Ways | None = None

    @property
    def part_of_block(self) -> LabelArray:
        """(n,) connected part of each block."""
        parts: LabelArray = self.part[self.node]
        return parts


def prepare(problem: Problem, keep_going: Callable[[float], bool] = lambda done: True) -> Prepared:
    """Bring a problem into the canonical order of block ids and close what no region may pass.

    Parameters
    ----------
    keep_going : asked during what may take long, groups in each other's way; after a no fewer of them may be joined

    Raises
    ------
    InputError : the constraints name what does not exist (every such name at once)
    """
    findings = constraint_findings(problem.constraints, problem.blocks)
    if findings:
        raise InputError(*findings)
    order = _canonical_order(problem.blocks.ids)
    blocks = blocks_in_order(problem.blocks, order)
    is_sorted = blocks is problem.blocks
    contiguity = problem.contiguity if is_sorted else problem.contiguity.reordered(order)
    contiguity = with_declared_edges(contiguity, blocks, problem.constraints)
    group = municipality_groups(blocks, problem.constraints)
    a, b = contiguity.edges[:, 0], contiguity.edges[:, 1]
    demands = problem.constraints
    across = group[a] != group[b]
    closed = replace(contiguity, barrier=contiguity.barrier | across) if across.any() else contiguity
    node, ways = _tied(problem, blocks, closed, keep_going)
    return Prepared(
        problem=problem,
        order=order,
        blocks=blocks,
        contiguity=closed,
        group=group,
        standardised=standardise(problem.features if is_sorted else problem.features[order]),
        cohesion=cut_prices(blocks, contiguity, demands),
        along_line=along_lines(blocks, contiguity, demands),
        node=node,
        part=_parts(node, closed),
        ways=ways,
    )


def _tied(
    problem: Problem, blocks: BlockSet, contiguity: Contiguity, keep_going: Callable[[float], bool]
) -> tuple[LabelArray, Ways | None]:
    """``together_groups``, once per problem where blocks must stay apart and it may take long."""
    if not problem.constraints.keep_apart and not problem.constraints.locked:
        return together_groups(problem, blocks, contiguity)
    if problem in _TIED:
        return _TIED[problem]
    answers = [True]

    def go_on() -> bool:
        answers.append(keep_going(0.0))
        return answers[-1]

    found = together_groups(problem, blocks, contiguity, go_on)
    if all(answers):
        _TIED[problem] = found
    return found


def weighed(prepared: Prepared, cohesion: float) -> Prepared:
    """The county with the prices of cuts that this weight of cohesion asks for.

    Without cohesion no settlement counts, but lines along which borders should run still do.
    """
    constraints = prepared.problem.constraints
    if cohesion > 0 or not constraints.preferred_cuts:
        return prepared
    return replace(prepared, cohesion=line_cut_prices(prepared.blocks, prepared.contiguity, constraints))


def _canonical_order(ids: tuple[str, ...]) -> IntArray:
    """Positions in the order of the ids, which most files have already."""
    if all(map(lt, ids, ids[1:])):
        return np.arange(len(ids), dtype=np.int64)
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)


def blocks_in_order(blocks: BlockSet, order: IntArray) -> BlockSet:
    """The same blocks, block ``order[i]`` as block i."""
    if (order == np.arange(len(order))).all():
        return blocks
    return BlockSet(
        ids=tuple(blocks.ids[i] for i in order),
        population=blocks.population[order],
        area_m2=blocks.area_m2[order],
        perimeter_m=blocks.perimeter_m[order],
        centroid_m=blocks.centroid_m[order],
        municipality=blocks.municipality[order],
        municipalities=blocks.municipalities,
        place=blocks.place[order],
        places=blocks.places,
    )


def with_declared_edges(contiguity: Contiguity, blocks: BlockSet, constraints: Constraints) -> Contiguity:
    """Open the bridges and close the barriers that the constraints name by block ids."""
    if not constraints.barrier_edges and not constraints.bridge_edges:
        return contiguity
    index = {block: i for i, block in enumerate(blocks.ids)}
    if constraints.barrier_edges:
        named = {tuple(sorted((index[a], index[b]))) for a, b in constraints.barrier_edges}
        closed = np.array([(int(a), int(b)) in named for a, b in contiguity.edges], dtype=bool)
        contiguity = contiguity.with_barriers(closed)
    if constraints.bridge_edges:
        contiguity = contiguity.with_bridges([(index[a], index[b]) for a, b in constraints.bridge_edges])
    return contiguity


def standardise(features: Any) -> FloatArray:
    """Columns with mean 0 and deviation 1; constant ones become 0, sums do not depend on the machine.

    >>> standardise(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    values = np.asarray(features, dtype=np.float64)
    if values.size == 0:
        return np.empty(values.shape)
    centred = values - np.cumsum(values, axis=0)[-1] / len(values)
    deviation = np.sqrt(np.cumsum(centred**2, axis=0)[-1] / len(values))
    scale = np.maximum(np.abs(values).max(axis=0), 1e-300)
    usable = deviation > 1e-12 * scale
    result: FloatArray = np.where(usable, centred / np.where(usable, deviation, 1.0), 0.0)
    return result


def _parts(node: LabelArray, contiguity: Contiguity) -> LabelArray:
    n = int(node.max()) + 1
    return connected_pieces(node[contiguity.edges[contiguity.passable]], n)
