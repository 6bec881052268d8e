"""Exact mending: a few neighbouring regions divided anew so that none is out of the band."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regionalization.methods.exact import Limits, divided
from regionalization.methods.search_state import SearchGraph, Weights
from regionalization.methods.set_model import Going
from spatial.arrays import FloatArray, LabelArray

_SETS = 60_000  # connected sets of a group that are chosen from with proof
_BRANCHES = 40
_NODES = 50
_REGIONS = 6  # of the largest group
_BEAM = 60  # groups of one size that larger ones are grown from
_TRIED = 30  # groups of each size divided per region

Group = tuple[int, ...]


def _always() -> bool:
    return True


@dataclass
class Mender:
    """Divides groups of regions until none is out of the band; remembers which groups cannot help.

    Attributes
    ----------
    graph, bands, weights : the part; all bands must be equal
    going : asked before every group whether to go on
    """

    graph: SearchGraph
    bands: FloatArray
    weights: Weights
    going: Going = _always

    def __post_init__(self) -> None:
        self._hopeless: set[bytes] = set()

    def mended(self, labels: LabelArray) -> LabelArray:
        """Labels with as few regions out of the band as the groups tried allow.

        Groups with frozen nodes or too many connected sets are left alone.
        """
        labels = labels.copy()
        for region in out_of_band(self.graph, labels, self.bands):
            for level in neighbouring(self.graph, labels, region, self.bands):
                for group in level[:_TRIED]:
                    if self._is_out(labels, region) and self.going():
                        self._divide(labels, group)
        return labels

    def _is_out(self, labels: LabelArray, region: int) -> bool:
        low, high = self.bands[0]
        return not low <= float(self.graph.residents[labels == region].sum()) <= high

    def _divide(self, labels: LabelArray, group: Group) -> None:
        nodes = np.flatnonzero(np.isin(labels, group))
        key = nodes.tobytes() + bytes([len(group)])
        if len(nodes) > _NODES or key in self._hopeless or self.graph.frozen[nodes].any():
            return
        low, high = self.bands[0]
        limits = Limits(_SETS, _BRANCHES, self.going)
        found = divided(self.graph, nodes, (low, high, len(group)), self.weights, (limits, np.inf))
        if found.status == "infeasible":
            self._hopeless.add(key)
        if found.labels is not None:
            labels[nodes] = np.array(group, dtype=np.int32)[found.labels]


def mend_exactly(
    graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights, *, going: Going = _always
) -> LabelArray:
    """Divide groups of two to six neighbouring regions exactly until no region is out of the band, where possible."""
    return Mender(graph, bands, weights, going).mended(labels)


def out_of_band(graph: SearchGraph, labels: LabelArray, bands: FloatArray) -> list[int]:
    """Regions whose residents lie outside the band, which is the same for all."""
    residents = np.bincount(labels, weights=graph.residents, minlength=len(bands))
    return [int(r) for r in np.flatnonzero((residents < bands[0, 0]) | (residents > bands[0, 1]))]


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
    pairs = np.unique(np.stack([source, target], axis=1)[graph.passable & (source != target)], axis=0)
    return [pairs[pairs[:, 0] == r, 1].tolist() for r in range(k)]
