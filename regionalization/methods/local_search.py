"""A neighbourhood searched afresh by itself, where a region is left out of the band."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regionalization.methods.annealing import KeepGoing, SearchOrder, judged
from regionalization.methods.mending import Group, Mender, in_trouble, rings
from regionalization.methods.search_state import SearchGraph
from regionalization.methods.separation import separated_search
from spatial.arrays import IntArray, LabelArray
from spatial.connectivity import neighbour_links

_FEWEST = 6  # regions of the first neighbourhood; it doubles with every turn
_MOST = 4  # neighbourhoods of one turn
_EFFORT = 0.5


def searched_around(order: SearchOrder, labels: LabelArray, turn: int, keep_going: KeepGoing) -> LabelArray:
    """Around every region in trouble the neighbourhood is drawn afresh, by a search and exact mending of its own.

    The neighbourhood has 6·2^turn regions, at last the whole part: then this is a new search of the part with other
    random numbers. The result is never worse.
    """
    labels, mender = labels.copy(), Mender(order.graph, order.bands, order.weights)
    hopeful = [r for r in in_trouble(order.graph, labels, order.bands) if not mender.is_stuck(labels, r)]
    for region in hopeful[:_MOST]:
        wide = [group for group in rings(order.graph, labels, region, order.bands) if len(group) <= _FEWEST * 2**turn]
        if wide and region in in_trouble(order.graph, labels, order.bands) and keep_going(1.0):
            _search_group(order, labels, wide[-1], (f"{order.key}~{turn}", keep_going))
            if len(wide[-1]) == len(order.bands):
                break
    return labels


def _search_group(order: SearchOrder, labels: LabelArray, group: Group, run: tuple[str, KeepGoing]) -> None:
    nodes = np.flatnonzero(np.isin(labels, group))
    if order.graph.frozen[nodes].any() or (order.graph.home >= 0).any():
        return
    start = np.searchsorted(np.array(group), labels[nodes]).astype(np.int32)
    bands, key = order.bands[: len(group)], f"{run[0]}:{int(nodes[0])}:{len(nodes)}"
    inner = replace(order, graph=alone(order.graph, nodes), bands=bands, key=key, effort=_EFFORT, threads=1, start=None)
    found = separated_search(inner, run[1])
    found = Mender(inner.graph, bands, order.weights, lambda: run[1](1.0)).mended(found)
    if judged(inner, found) < judged(inner, start):
        labels[nodes] = np.array(group, dtype=np.int32)[found]


def alone(graph: SearchGraph, nodes: IntArray) -> SearchGraph:
    """The graph of some nodes only; what borders on others counts as outer border."""
    local = np.full(len(graph.weight), -1, dtype=np.int64)
    local[nodes] = np.arange(len(nodes))
    source = np.repeat(np.arange(len(local)), np.diff(graph.indptr))
    inside = (local[source] >= 0) & (local[graph.neighbour] >= 0)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(local[source[inside]], minlength=len(nodes)))]).astype(np.int64)
    neighbour = local[graph.neighbour[inside]].astype(np.int32)
    passable = graph.passable[inside]
    at_node = ("residents", "weight", "area", "perimeter", "features", "municipality")
    of_search = ("frozen", "home", "stay", "known")
    apart = graph.apart[nodes]
    return graph._replace(
        indptr=indptr,
        neighbour=neighbour,
        passable=passable,
        links=neighbour_links(indptr, neighbour, passable),
        border_m=graph.border_m[inside],
        cohesion=graph.cohesion[inside],
        apart=np.where(apart >= 0, local[apart], -1),
        centroid=graph.centroid[nodes],
        **{name: getattr(graph, name)[nodes] for name in (*at_node, *of_search)},
    )
