"""Blocks that must move as one: keep-together groups, locked blocks of one region, places kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from regionalization.municipal_groups import municipality_groups, target_of_blocks
from regionalization.problem import Problem
from spatial.arrays import BoolArray, IntArray, LabelArray
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity

_ORDERS = 12  # orders in which groups that must stay apart look for connections, until all find one
_INSIDE = 1e-6  # price of a step inside a group; a step over a block from outside costs 1


@dataclass(frozen=True, eq=False)
class MustLink:
    """Blocks that one demand wants in one region.

    ``rule`` is ``"keep_together"``, ``"locked"`` or ``"place"``; ``blocks`` are positions; ``region`` is the number
    they are locked into, −1 where any will do
    """

    rule: str
    blocks: IntArray
    region: int = -1


@dataclass(frozen=True, eq=False)
class Units:
    """What must share a region, and what must not, with all consequences drawn.

    Attributes
    ----------
    links : the single demands
    unit : (n,) blocks with the same number must share a region (closure over all demands)
    apart : unit → units that must be in other regions
    regions : unit → numbers of the regions it is locked into
    """

    links: tuple[MustLink, ...]
    unit: LabelArray
    apart: Mapping[int, frozenset[int]]
    regions: Mapping[int, tuple[int, ...]]


def must_links(problem: Problem, blocks: BlockSet) -> tuple[MustLink, ...]:
    """Every demand that wants blocks in one region: named groups, locked blocks, places kept whole by rule.

    A place with more residents than a region may hold is left out: it has to be cut.
    """
    constraints = problem.constraints
    asked = constraints.keep_together or constraints.locked
    index = {block: i for i, block in enumerate(blocks.ids)} if asked else {}
    links = [MustLink("keep_together", _positions(group, index)) for group in constraints.keep_together]
    for region in sorted(set(constraints.locked.values())):
        held = (block for block, number in constraints.locked.items() if number == region)
        links.append(MustLink("locked", _positions(held, index), region))
    if constraints.places == "hard":
        links += [
            MustLink("place", whole) for whole in places_in_groups(problem, blocks) if _fits(problem, blocks, whole)
        ]
    return tuple(links)


def places_in_groups(problem: Problem, blocks: BlockSet) -> list[IntArray]:
    """Positions of each named place, divided where municipal borders divide it anyway; two blocks or more."""
    group = municipality_groups(blocks, problem.constraints)
    inside = np.flatnonzero(blocks.place >= 0)
    order = inside[np.lexsort((group[inside], blocks.place[inside]))]
    changes = np.flatnonzero(np.diff(blocks.place[order]) | np.diff(group[order])) + 1
    return [np.sort(members) for members in np.split(order, changes) if len(members) > 1]


def _fits(problem: Problem, blocks: BlockSet, members: IntArray) -> bool:
    target = target_of_blocks(blocks, members, problem.constraints, problem.target)[1]
    return int(blocks.population[members].sum()) <= target.maximum


def _positions(group: Iterable[str], index: Mapping[str, int]) -> IntArray:
    return np.array(sorted({index[block] for block in group}), dtype=np.int64)


def units_of(problem: Problem, blocks: BlockSet) -> Units:
    """All demands on who shares a region with whom, put together."""
    links = must_links(problem, blocks)
    pairs = np.array([(a, b) for link in links for a, b in zip(link.blocks[:-1], link.blocks[1:], strict=True)])
    unit = _joined(pairs.reshape(-1, 2).astype(np.int64), len(blocks))
    regions: dict[int, tuple[int, ...]] = {}
    for link in links:
        if link.region >= 0:
            at = int(unit[link.blocks[0]])
            regions[at] = (*regions.get(at, ()), link.region)
    index = {block: i for i, block in enumerate(blocks.ids)} if problem.constraints.keep_apart else {}
    wanted = [(int(unit[index[a]]), int(unit[index[b]])) for a, b in problem.constraints.keep_apart]
    wanted += [(u, v) for u in regions for v in regions if u < v and not set(regions[u]) & set(regions[v])]
    apart: dict[int, set[int]] = {}
    for u, v in wanted:
        if u != v:
            apart.setdefault(u, set()).add(v)
            apart.setdefault(v, set()).add(u)
    return Units(links, unit, {u: frozenset(others) for u, others in apart.items()}, regions)


def together_groups(problem: Problem, blocks: BlockSet, contiguity: Contiguity) -> LabelArray:
    """Search node of each block: blocks that must share a region share a node, joined over open borders.

    A group in several pieces is joined along its shortest connection that leads over no block that must stay apart
    from it; where there is none, its pieces stay separate nodes and the rule is reported as one that cannot be kept.

    Returns
    -------
    (n,) int32, numbered by the smallest block
    """
    units = units_of(problem, blocks)
    if not units.links:
        return np.arange(len(blocks), dtype=np.int32)
    several = [int(unit) for unit in np.flatnonzero(np.bincount(units.unit) > 1)]
    best, fewest = np.arange(len(blocks), dtype=np.int32), len(blocks) + 1
    for turn in range(min(_ORDERS, len(several)) if units.apart else 1):
        node = _tied(units, several[turn:] + several[:turn], contiguity)
        pieces = sum(len(np.unique(node[units.unit == unit])) - 1 for unit in several)
        if pieces < fewest:
            best, fewest = node, pieces
        if fewest == 0:
            break
    return best


def _tied(units: Units, order: Sequence[int], contiguity: Contiguity) -> LabelArray:
    """Search nodes when the groups are joined in this order; who comes first has the choice of connecting blocks."""
    ties = [np.empty((0, 2), dtype=np.int64)]
    taken = np.where(np.isin(units.unit, order), units.unit, -1)  # a connecting block belongs to one group only
    for unit in order:
        closed = forbidden_blocks(units.unit, units.apart, unit) | forbidden_blocks(taken, units.apart, unit)
        found = connection(np.flatnonzero(units.unit == unit), contiguity, closed)
        taken[found.ravel()] = unit
        ties.append(found)
    return _joined(np.concatenate(ties), contiguity.n)


def forbidden_blocks(of: LabelArray, apart: Mapping[int, frozenset[int]], unit: int) -> BoolArray:
    """(n,) bool: blocks of units (``of``) that must not share a region with this one."""
    others = np.array(sorted(apart.get(unit, frozenset())), dtype=np.int64)
    forbidden: BoolArray = np.isin(of, others)
    return forbidden


def connection(group: IntArray, contiguity: Contiguity, closed: BoolArray) -> IntArray:
    """(t, 2) pairs of blocks to tie so that the group becomes one piece, over as few blocks from outside as possible.

    Parameters
    ----------
    group : positions
    closed : (n,) bool, blocks the connection must not use
    """
    edges = contiguity.edges[contiguity.passable]
    edges = edges[~closed[edges].any(axis=1)]
    inside = np.zeros(contiguity.n, dtype=bool)
    inside[group] = True
    own = edges[inside[edges].all(axis=1)].astype(np.int64)
    piece = _joined(own, contiguity.n)
    if len(np.unique(piece[group])) == 1:
        return own
    both = np.concatenate([edges, edges[:, ::-1]])
    cost = np.where(inside[both].all(axis=1), _INSIDE, 1.0)
    graph = csr_array((cost, (both[:, 0], both[:, 1])), shape=(contiguity.n,) * 2)
    return np.concatenate([own, np.array(_bridges(graph, group, piece), dtype=np.int64).reshape(-1, 2)])


def _bridges(graph: csr_array, group: IntArray, piece: LabelArray) -> list[tuple[int, int]]:
    """Steps that join the pieces of a group one after the other, nearest first; unreachable pieces begin anew."""
    ties: list[tuple[int, int]] = []
    missing = group[piece[group] != piece[group[0]]]
    reached = set(group[piece[group] == piece[group[0]]].tolist())
    while len(missing):
        distance, before, _ = dijkstra(graph, indices=sorted(reached), min_only=True, return_predecessors=True)
        goal = int(missing[np.lexsort((missing, distance[missing]))[0]])
        found = piece[goal]
        if not np.isfinite(distance[goal]):
            reached = set()
        while np.isfinite(distance[goal]) and goal not in reached:
            ties.append((int(before[goal]), goal))
            reached.add(goal)
            goal = int(before[goal])
        reached |= set(group[piece[group] == found].tolist())
        missing = missing[piece[missing] != found]
    return ties


def _joined(pairs: IntArray | Sequence[tuple[int, int]], n: int) -> LabelArray:
    """(n,) int32 number of the piece of each block when these pairs are tied, by first appearance."""
    ends = np.reshape(np.asarray(pairs, dtype=np.int64), (-1, 2))
    graph = csr_array((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(n, n))
    numbers: LabelArray = connected_components(graph, directed=False)[1].astype(np.int32)
    return numbers
