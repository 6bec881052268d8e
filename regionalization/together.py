"""Blocks that must move as one: keep-together groups, locked blocks of one region, places kept whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalization.municipal_groups import municipality_groups, target_of_blocks
from regionalization.problem import Problem
from regionalization.ways import Ways, best_ways
from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray
from spatial.blocks import BlockSet
from spatial.components import connected_pieces
from spatial.contiguity import Contiguity

_ORDERS = 24  # orders and detours in which groups that must stay apart look for connections, until all find one
_RETRIES = 6  # connections of one group that would bring others together
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
    unit = connected_pieces(pairs.reshape(-1, 2).astype(np.int64), len(blocks))
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


def together_groups(
    problem: Problem, blocks: BlockSet, contiguity: Contiguity, keep_going: Callable[[], bool] = lambda: True
) -> tuple[LabelArray, Ways | None]:
    """Search node of each block: blocks that must share a region share a node, joined over open borders.

    A group in several pieces is joined along its shortest connection that leads over no block that must stay apart
    from it; where there is none, its pieces stay separate nodes and the rule is reported as one that cannot be kept.

    Returns
    -------
    (n,) int32, numbered by the smallest block; and the ways that join as many groups as possible, proven, where it
    took such a proof: None where all groups are joined anyway, the task is too large, or ``keep_going`` ended it
    """
    units = units_of(problem, blocks)
    if not units.links:
        return np.arange(len(blocks), dtype=np.int32), None
    several = _in_order_of_rank(units)
    best, fewest = np.arange(len(blocks), dtype=np.int32), len(blocks) + 1
    piece = contiguity.components()
    least = sum(len(np.unique(piece[units.unit == unit])) - 1 for unit in several)
    for turn in range(_ORDERS if units.apart else 1):
        first = turn % max(len(several), 1)
        detour = _detours(contiguity, turn) if turn >= len(several) else None
        node = _tied(units, several[first:] + several[:first], contiguity, detour)
        pieces = sum(len(np.unique(node[units.unit == unit])) - 1 for unit in several)
        if pieces < fewest:
            best, fewest = node, pieces
        if fewest <= least:
            return best, None
    proven = _ways_of_groups(units, contiguity, keep_going)
    best = best if proven is None else connected_pieces(_ties(units, proven.used, contiguity), contiguity.n)
    return _singly_tied(units, best, contiguity), proven


def _singly_tied(units: Units, node: LabelArray, contiguity: Contiguity) -> LabelArray:
    """Of a closure that cannot be joined as a whole at least the single demands are joined, as many as possible."""
    rank = {"locked": 0, "keep_together": 1, "place": 2}
    chain = np.arange(contiguity.n, dtype=np.int64)
    ties = [np.stack([chain, np.unique(node, return_index=True)[1][node]], axis=1)]
    clusters = _Clusters(units.unit.copy(), {u: set(others) for u, others in units.apart.items()})
    clusters.join_all(node)
    for link in sorted(units.links, key=lambda link: rank[link.rule]):
        if len(np.unique(node[link.blocks])) > 1:
            found = connection(link.blocks, contiguity, clusters.closed_to(int(clusters.of[link.blocks[0]])))
            if len(np.unique(connected_pieces(found, contiguity.n)[link.blocks])) == 1 and clusters.quarrel(found) < 0:
                clusters.join(found)
                ties.append(found)
    return connected_pieces(np.concatenate(ties), contiguity.n)


def _in_order_of_rank(units: Units) -> list[int]:
    """Units of several blocks: those with locked blocks first, then named groups, then places."""
    rank = {"locked": 0, "keep_together": 1, "place": 2}
    best: dict[int, int] = {}
    for link in units.links:
        at = int(units.unit[link.blocks[0]])
        best[at] = min(best.get(at, 2), rank[link.rule])
    several = [int(unit) for unit in np.flatnonzero(np.bincount(units.unit) > 1)]
    return sorted(several, key=lambda unit: (best[unit], unit))


def _ways_of_groups(units: Units, contiguity: Contiguity, keep_going: Callable[[], bool]) -> Ways | None:
    """Ways that join as many groups as possible, proven; None where the task is too large.

    Only groups inside one connected piece take part.
    """
    piece = contiguity.components()
    inside = [unit for unit in _in_order_of_rank(units) if len(np.unique(piece[units.unit == unit])) == 1]
    edges = contiguity.edges[contiguity.passable].astype(np.int64)
    return best_ways(units.unit, inside, units.apart, edges=edges, keep_going=keep_going)


def _ties(units: Units, used: Mapping[int, IntArray], contiguity: Contiguity) -> IntArray:
    """(t, 2) open borders inside the blocks that each group uses; a group without ways has only its own blocks."""
    edges = contiguity.edges[contiguity.passable].astype(np.int64)
    ties = [np.empty((0, 2), dtype=np.int64)]
    for unit in _in_order_of_rank(units):
        inside = np.zeros(contiguity.n, dtype=bool)
        inside[used.get(unit, np.flatnonzero(units.unit == unit))] = True
        ties.append(edges[inside[edges].all(axis=1)])
    return np.concatenate(ties)


def _detours(contiguity: Contiguity, turn: int) -> FloatArray:
    """(n,) price of using each block as a connection, 1 to 3, other numbers with every turn (splitmix64)."""
    z = (np.arange(contiguity.n, dtype=np.uint64) + np.uint64(turn << 32)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return 1.0 + (z >> np.uint64(40)).astype(np.float64) / 2.0**23


def _tied(units: Units, order: Sequence[int], contiguity: Contiguity, detour: FloatArray | None = None) -> LabelArray:
    """Search nodes when the groups are joined in this order; who comes first has the choice of connecting blocks."""
    ties = [np.empty((0, 2), dtype=np.int64)]
    clusters = _Clusters(units.unit.copy(), {u: set(others) for u, others in units.apart.items()})
    for unit in order:
        found, members = ties[0], np.flatnonzero(units.unit == unit)
        closed = clusters.closed_to(int(clusters.of[members[0]]))
        for _ in range(_RETRIES):
            found = connection(members, contiguity, closed, detour)
            quarrel = clusters.quarrel(found)
            if quarrel < 0:
                break
            closed |= clusters.of == quarrel
            found = ties[0]
        clusters.join(found)
        ties.append(found)
    return connected_pieces(np.concatenate(ties), contiguity.n)


@dataclass
class _Clusters:
    """Blocks tied so far: ``of`` (n,) the cluster of each, ``apart`` which clusters must not share a region."""

    of: LabelArray
    apart: dict[int, set[int]]

    def closed_to(self, cluster: int) -> BoolArray:
        """(n,) bool: blocks that this cluster must not touch."""
        return forbidden_blocks(self.of, self.apart, cluster)

    def quarrel(self, pairs: IntArray) -> int:
        """A cluster that these ties would bring together with one it must be apart from, −1 without any."""
        if not self.apart:
            return -1
        met = dict.fromkeys(self.of[pairs.ravel()].tolist())
        return next((c for c in reversed(met) if self.apart.get(c, set()) & set(met)), -1)

    def join_all(self, node: LabelArray) -> None:
        """Blocks of one node are tied already."""
        first = np.unique(node, return_index=True)[1][node]
        for a, b in np.unique(np.stack([self.of, self.of[first]], axis=1), axis=0).tolist():
            if a != b:
                self.join(np.array([(np.flatnonzero(self.of == b)[0], np.flatnonzero(self.of == a)[0])]))

    def join(self, pairs: IntArray) -> None:
        """All clusters of these ties are one from now on, with everything each must be apart from."""
        first, *others = dict.fromkeys(self.of[pairs.ravel()].tolist()) or [-1]
        for other in others if self.apart else ():
            self.of[self.of == other] = first
            for enemy in self.apart.pop(other, set()):
                self.apart[enemy] = self.apart[enemy] - {other} | {first}
                self.apart.setdefault(first, set()).add(enemy)


def forbidden_blocks(of: LabelArray, apart: Mapping[int, Collection[int]], unit: int) -> BoolArray:
    """(n,) bool: blocks of units (``of``) that must not share a region with this one."""
    others = np.array(sorted(apart.get(unit, ())), dtype=np.int64)
    forbidden: BoolArray = np.isin(of, others)
    return forbidden


def connection(
    group: IntArray, contiguity: Contiguity, closed: BoolArray, detour: FloatArray | None = None
) -> IntArray:
    """(t, 2) pairs of blocks to tie so that the group becomes one piece, over as few blocks from outside as possible.

    Parameters
    ----------
    group : positions
    closed : (n,) bool, blocks the connection must not use
    detour : (n,) price of using each block, None = 1 each
    """
    edges = contiguity.edges[contiguity.passable]
    edges = edges[~closed[edges].any(axis=1)]
    inside = np.zeros(contiguity.n, dtype=bool)
    inside[group] = True
    own = edges[inside[edges].all(axis=1)].astype(np.int64)
    piece = connected_pieces(own, contiguity.n)
    if len(np.unique(piece[group])) == 1:
        return own
    from scipy.sparse import csr_array  # loaded by those only whose group is in pieces

    both = np.concatenate([edges, edges[:, ::-1]])
    price = np.ones(contiguity.n) if detour is None else detour
    cost = np.where(inside[both].all(axis=1), _INSIDE, price[both[:, 1]])
    graph = csr_array((cost, (both[:, 0], both[:, 1])), shape=(contiguity.n,) * 2)
    return np.concatenate([own, np.array(_bridges(graph, group, piece), dtype=np.int64).reshape(-1, 2)])


def _bridges(graph: Any, group: IntArray, piece: LabelArray) -> list[tuple[int, int]]:
    """Steps that join the pieces of a group one after the other, nearest first; unreachable pieces begin anew."""
    from scipy.sparse.csgraph import dijkstra

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
