"""Exact mending: a few neighbouring regions divided anew so that none is out of the band."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regionalization.methods.connected_sets import connected_sets, neighbour_bits
from regionalization.methods.exact import LARGEST, Limits, divided
from regionalization.methods.search_state import SearchGraph, Weights
from regionalization.methods.set_model import Going
from spatial.arrays import FloatArray, LabelArray

_SETS = 300_000  # connected sets of a group that are chosen from with proof
_BRANCHES = 40
_RING_REGIONS = 16  # of the widest neighbourhood
_REGIONS = 6  # of the largest group that is no ring
_NODES = 50  # of such a group
_BEAM = 60  # groups of one size that larger ones are grown from
_TRIED = 30  # groups of each size divided per region
_DIVISIONS = 600  # groups that one mender tries in all
_STUCK_SETS = 20_000  # of proving that a node is in no set in the band

Group = tuple[int, ...]


def _always() -> bool:
    return True


@dataclass
class Mender:
    """Divides groups of regions until none is in trouble; remembers which groups it has tried.

    In trouble is a region out of the band, or with two nodes that must be apart.

    Attributes
    ----------
    graph, bands, weights : the part; all bands must be equal
    going : asked before every group whether to go on
    nodes : of the largest group
    """

    graph: SearchGraph
    bands: FloatArray
    weights: Weights
    going: Going = _always
    nodes: int = LARGEST

    def __post_init__(self) -> None:
        self._tried: set[bytes] = set()
        self._stuck: dict[int, bool] = {}

    def mended(self, labels: LabelArray) -> LabelArray:
        """Labels with as few regions in trouble as the groups tried allow.

        Around every such region the neighbourhood is widened ring by ring. A neighbourhood that cannot be divided
        rules out everything inside it, so what is left open is only what lies beyond the widest one; there other
        groups are tried. Groups with frozen nodes or too many connected sets are left alone.
        """
        labels = labels.copy()
        for region in in_trouble(self.graph, labels, self.bands):
            for group in self._groups(labels, region) if not self.is_stuck(labels, region) else ():
                over = len(self._tried) >= _DIVISIONS or not self.going()
                if over or region not in in_trouble(self.graph, labels, self.bands):
                    break
                self._divide(labels, group)
        return labels

    def is_stuck(self, labels: LabelArray, region: int) -> bool:
        """Is it proven that the largest node of the region lies in no connected set in the band at all?"""
        members = np.flatnonzero(labels == region)
        node = int(members[np.argmax(self.graph.residents[members])])
        if node not in self._stuck:
            self._stuck[node] = _fits_nowhere(self.graph, node, self.bands[0])
        return self._stuck[node]

    def _groups(self, labels: LabelArray, region: int) -> Iterator[Group]:
        size = np.bincount(labels, minlength=len(self.bands))
        for group in rings(self.graph, labels, region, self.bands):
            if len(group) > _RING_REGIONS or size[list(group)].sum() > self.nodes:
                break
            yield group
        for level in neighbouring(self.graph, labels, region, self.bands):
            yield from [group for group in level if size[list(group)].sum() <= min(_NODES, self.nodes)][:_TRIED]

    def _divide(self, labels: LabelArray, group: Group) -> None:
        nodes = np.flatnonzero(np.isin(labels, group))
        key = nodes.tobytes() + bytes([len(group)])
        if key in self._tried or self.graph.frozen[nodes].any():
            return
        self._tried.add(key)
        low, high = self.bands[0]
        limits = Limits(_SETS, _BRANCHES, self.going)
        found = divided(self.graph, nodes, (low, high, len(group)), self.weights, (limits, np.inf))
        if found.labels is not None:
            labels[nodes] = np.array(group, dtype=np.int32)[found.labels]


def _fits_nowhere(graph: SearchGraph, node: int, band: FloatArray) -> bool:
    """Is there no connected set in the band that holds the node? False also where that takes too long to prove."""
    low, high = float(band[0]), float(band[1])
    reached, waiting = {node: float(graph.residents[node])}, [node]
    while waiting:
        u = min(waiting, key=lambda v: (reached[v], v))
        waiting.remove(u)
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            v, held = int(graph.neighbour[e]), reached[u] + float(graph.residents[int(graph.neighbour[e])])
            if graph.passable[e] and v not in reached and held <= high:
                if held >= low or len(reached) > LARGEST:
                    return False
                reached[v] = held
                waiting.append(v)
    nodes, local = np.array(sorted(reached)), np.full(len(graph.weight), -1, dtype=np.int64)
    local[nodes] = np.arange(len(nodes))
    sets, complete = connected_sets(
        neighbour_bits(graph, local, len(nodes)), graph.residents[nodes], (low, high), _STUCK_SETS
    )
    own = np.uint64(1) << np.uint64(int(local[node]) & 63)
    return bool(complete and not (sets[:, int(local[node]) >> 6] & own).any())


def mend_exactly(
    graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights, *, going: Going = _always
) -> LabelArray:
    """Divide small groups of neighbouring regions exactly until no region is out of the band, where possible."""
    return Mender(graph, bands, weights, going, _NODES).mended(labels)


def in_trouble(graph: SearchGraph, labels: LabelArray, bands: FloatArray) -> list[int]:
    """Regions out of the band, which is the same for all, or with two nodes that must be apart."""
    residents = np.bincount(labels, weights=graph.residents, minlength=len(bands))
    wrong = (residents < bands[0, 0]) | (residents > bands[0, 1])
    if graph.apart.shape[1]:
        partner = np.where(graph.apart >= 0, labels[graph.apart], -1)
        wrong[labels[(partner == labels[:, None]).any(axis=1)]] = True
    return [int(r) for r in np.flatnonzero(wrong)]


def rings(graph: SearchGraph, labels: LabelArray, region: int, bands: FloatArray) -> Iterator[Group]:
    """Ever wider neighbourhoods of a region, one region more each time and whole rings one after the other.

    Only those that could all be in the band by their total.
    """
    k, (low, high) = len(bands), bands[0]
    residents = np.bincount(labels, weights=graph.residents, minlength=k)
    beside = _beside(graph, labels, k)
    group, ring = [region], [region]
    while ring:
        ring = sorted({r for member in ring for r in beside[member]} - set(group))
        for r in ring:
            group.append(r)
            if len(group) * low <= residents[group].sum() <= len(group) * high:
                yield tuple(sorted(group))


def neighbouring(graph: SearchGraph, labels: LabelArray, region: int, bands: FloatArray) -> Iterator[list[Group]]:
    """Connected groups of regions that hold ``region`` and could all be in the band by their total.

    One list for each size from two on, those with most room to both sides first.
    """
    k, band = len(bands), bands[0]
    residents = np.bincount(labels, weights=graph.residents, minlength=k)
    beside = _beside(graph, labels, k)

    def room(group: Group) -> float:
        mean = float(residents[list(group)].sum()) / len(group)
        return min(mean - float(band[0]), float(band[1]) - mean)

    level: list[Group] = [(region,)]
    for _ in range(_REGIONS - 1):
        grown = {tuple(sorted({*g, r})) for g in level for member in g for r in beside[member] if r not in g}
        level = sorted(grown, key=lambda group: (-round(room(group), 6), group))[:_BEAM]
        yield [group for group in level if room(group) >= 0]


def _beside(graph: SearchGraph, labels: LabelArray, k: int) -> list[list[int]]:
    """Regions that touch each region over an open border."""
    source = np.repeat(labels, np.diff(graph.indptr))
    target = labels[graph.neighbour]
    keys = np.unique((source.astype(np.int64) * k + target)[graph.passable & (source != target)])
    return [part.tolist() for part in np.split(keys % k, np.searchsorted(keys // k, np.arange(1, k)))]
