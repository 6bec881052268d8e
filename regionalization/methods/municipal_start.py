"""A first plan that crosses few municipal borders, where crossing them has a price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regionalization.methods.annealing import KeepGoing, SearchOrder, judged, search
from regionalization.methods.local_search import alone
from regionalization.methods.random_numbers import below, stream
from regionalization.methods.search_state import SearchGraph
from regionalization.progress import stretched
from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray
from spatial.components import connected_pieces

_DRAWS, _FEWEST_DRAWS = 3000, 4  # divisions of the municipalities into groups that are drawn, over their number
_MOST = 300  # municipalities; more are not grouped, the time would grow with their cube
_TRIED = 3  # divisions with most groups that are searched
_QUICK, _HEAT = 0.25, 0.05  # effort of these searches; share of the first temperature when the groups are joined again
SHARE = 0.25  # of the progress of a part, while its groups are searched
_MARGIN = 0.03  # of the band, left open on both sides so that blocks of some size still fit

Groups = tuple[tuple[tuple[int, ...], int], ...]  # municipality codes, number of regions


def along_municipalities(order: SearchOrder, keep_going: KeepGoing) -> SearchOrder:
    """The same search from a plan whose regions stay inside groups of municipalities that can be divided by themselves.

    With k regions and municipalities in g groups that share no region, municipalities are split at least k − g times,
    and few single moves lead from one choice of groups to another. So the groups are chosen first, as many as possible,
    each searched alone, then all together with little heat. Unchanged where crossing costs nothing or where no plan in
    the band comes out. With a start the part is searched once and not up to twelve times, as small parts are else:
    fresh searches would each lose the groups again, and a start is the best of several divisions already.
    """
    if not _is_wanted(order):
        return order
    ends, piece = _pieces(order.graph)
    if int(piece.max()) >= _MOST:
        return order
    all_of = _Municipalities(order, piece, _touching(ends, piece))
    divisions = _divisions(all_of)
    found = [
        _searched(
            order, all_of.code, division, stretched(keep_going, SHARE * turn / _TRIED, SHARE * (turn + 1) / _TRIED)
        )
        for turn, division in enumerate(divisions)
    ]
    if not found:
        return order
    best = min(found, key=lambda labels: judged(order, labels))
    return order if judged(order, best)[0] > 0 else replace(order, start=best, heat=_HEAT)


def _is_wanted(order: SearchOrder) -> bool:
    codes = order.graph.municipality
    free = order.start is None and order.effort > 0 and not order.graph.frozen.any()
    priced = order.weights.crossing > 0 and len(order.bands) > 1
    return bool(free and priced and (codes >= 0).all() and len(np.unique(codes)) > 1)


class _Municipalities:
    """Residents and neighbourhood of the municipalities of a part; an exclave counts as one of its own."""

    def __init__(self, order: SearchOrder, piece: LabelArray, beside: BoolArray) -> None:
        graph = order.graph
        self.code, self.beside = piece, beside
        self.residents: FloatArray = np.bincount(self.code, weights=graph.residents).astype(np.float64)
        self.regions = len(order.bands)
        low, high = float(order.bands[:, 0].mean()), float(order.bands[:, 1].mean())
        self.low, self.high = low + _MARGIN * (high - low), high - _MARGIN * (high - low)
        self.state: Any = stream(order.seed, order.key, "municipalities")


def _pieces(graph: SearchGraph) -> tuple[IntArray, LabelArray]:
    """(both ends of every open border, the piece of a municipality each node lies in)."""
    n = len(graph.weight)
    ends = np.stack([np.repeat(np.arange(n), np.diff(graph.indptr)), graph.neighbour], axis=1)[graph.passable]
    same = graph.municipality[ends[:, 0]] == graph.municipality[ends[:, 1]]
    return ends, connected_pieces(ends[same], n)


def _touching(ends: IntArray, piece: LabelArray) -> BoolArray:
    """Which pieces of municipalities touch over an open border."""
    beside = np.zeros((int(piece.max()) + 1,) * 2, dtype=np.bool_)
    beside[piece[ends[:, 0]], piece[ends[:, 1]]] = True
    np.fill_diagonal(beside, val=False)
    return beside


def _divisions(all_of: _Municipalities) -> list[Groups]:
    """Different divisions with the most groups first, at most as many as are searched."""
    draws = max(_FEWEST_DRAWS, _DRAWS // len(all_of.residents) ** 2)
    drawn = {division for division in (_drawn(all_of) for _ in range(draws)) if division}
    return sorted(drawn, key=lambda division: (-len(division), division))[:_TRIED]


def _drawn(all_of: _Municipalities) -> Groups:
    """Neighbouring groups are joined, the most helpful pair first, chance among equals, until all regions fit.

    Nothing where only all together fit.
    """
    draft = _Draft([(m,) for m in range(len(all_of.residents))], all_of.residents, all_of.beside)
    while len(draft.members) > 1:
        if _missed(all_of, draft.residents) == 0:
            return _counted(all_of, draft)
        pairs = np.argwhere(np.triu(draft.beside))
        if not len(pairs):
            return ()
        draft = _joined(draft, pairs[_most_helpful(all_of, draft, pairs)])
    return ()


@dataclass(frozen=True, eq=False)
class _Draft:
    members: list[tuple[int, ...]]
    residents: FloatArray
    beside: BoolArray


def _room(all_of: _Municipalities, residents: Any) -> tuple[Any, Any]:
    """(fewest, most) regions of each group in the band; fewest > most where none fits."""
    return np.maximum(np.ceil(residents / all_of.high), 1.0), np.floor(residents / max(all_of.low, 1.0))


def _missed(all_of: _Municipalities, residents: FloatArray) -> float:
    """How many groups cannot be divided, and by how many regions all of them miss the wanted number."""
    fewest, most = _room(all_of, residents)
    over = max(float(fewest.sum()) - all_of.regions, 0.0)
    return float((fewest > most).sum()) + over + max(all_of.regions - float(np.maximum(most, fewest).sum()), 0.0)


def _most_helpful(all_of: _Municipalities, draft: _Draft, pairs: IntArray) -> int:
    """The pair whose joining brings most: groups that cannot be divided, regions too many or too few."""
    fewest, most = _room(all_of, draft.residents)
    a, b = pairs.T
    low, high = _room(all_of, draft.residents[a] + draft.residents[b])
    bad = (fewest > most).astype(np.float64)
    gain = bad[a] + bad[b] - (low > high)
    if fewest.sum() > all_of.regions:
        gain = gain + fewest[a] + fewest[b] - low
    elif most.sum() < all_of.regions:
        gain = gain + high - most[a] - most[b]
    best = np.flatnonzero(gain == gain.max())
    return int(best[int(below(all_of.state, len(best)))])


def _joined(draft: _Draft, pair: IntArray) -> _Draft:
    a, b = int(pair[0]), int(pair[1])
    members, residents, beside = list(draft.members), draft.residents.copy(), draft.beside.copy()
    members[a] = tuple(sorted(members[a] + members.pop(b)))
    residents[a] += residents[b]
    beside[a] |= beside[b]
    beside[:, a] |= beside[:, b]
    beside[a, a] = False
    kept = np.arange(len(residents)) != b
    return _Draft(members, residents[kept], beside[kept][:, kept])


def _counted(all_of: _Municipalities, draft: _Draft) -> Groups:
    """The wanted number of regions spread over the groups, always to the one with most residents per region."""
    fewest, most = _room(all_of, draft.residents)
    counts = fewest.astype(np.int64)
    for _ in range(all_of.regions - int(counts.sum())):
        open_to = np.where(counts < most, draft.residents / counts, -1.0)
        counts[int(np.argmax(open_to))] += 1
    return tuple(sorted((members, int(count)) for members, count in zip(draft.members, counts, strict=True)))


def _searched(order: SearchOrder, code: LabelArray, division: Groups, keep_going: KeepGoing) -> LabelArray:
    """Every group searched alone, its regions numbered after those of the groups before."""
    quick = replace(order, effort=_QUICK * order.effort)
    labels, first = np.zeros(len(code), dtype=np.int32), 0
    for members, count in division:
        nodes = np.flatnonzero(np.isin(code, members))
        key = f"{order.key}/{int(nodes[0])}"
        inner = replace(quick, graph=alone(order.graph, nodes), bands=order.bands[:count], key=key)
        going = stretched(keep_going, first / len(order.bands), (first + count) / len(order.bands))
        labels[nodes] = search(inner, going) + first
        first += count
    return labels
