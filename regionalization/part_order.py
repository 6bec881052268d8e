"""The search order of one part: graph, bands, prices and, where one is given, the plan to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regionalization.adapted_start import with_regions
from regionalization.methods.annealing import SearchOrder
from regionalization.methods.search_state import SearchGraph, Weights
from regionalization.parts import Part
from regionalization.preparation import Prepared
from regionalization.proposal import Parameters
from regionalization.search_graph import search_graph
from spatial.arrays import BoolArray, LabelArray
from spatial.connectivity import neighbour_links
from spatial.plan import UNASSIGNED

WARM_HEAT = 0.15  # share of the first temperature when a plan of people is the start


def order_of_part(
    prepared: Prepared, part: Part, *, weights: Weights, parameters: Parameters, seed: int
) -> tuple[SearchOrder, LabelArray]:
    """A fresh search of the part, and the search node of each of its blocks."""
    graph, node = search_graph(prepared, part)
    order = SearchOrder(
        graph=graph,
        bands=np.tile([float(part.target.minimum), float(part.target.maximum)], (part.count, 1)),
        weights=weights._replace(target=float(max(part.target.target, 1))),
        key=prepared.blocks.ids[int(part.blocks[0])],
        seed=seed,
        effort=parameters.effort,
    )
    return order, node


def started_from(order: SearchOrder, node: LabelArray, labels: LabelArray) -> tuple[SearchOrder, LabelArray]:
    """The same search from given regions; one region per number in ``labels``.

    Parameters
    ----------
    node : search node of each block of the part
    labels : region number ≥ 0 of each block of the part; every region in one piece

    Returns
    -------
    the order, and the region number each code 0…k−1 of its result stands for
    """
    at_node = _at_nodes(node, labels)
    numbers, codes = np.unique(at_node, return_inverse=True)
    bands = np.tile(order.bands[0], (len(numbers), 1))
    start = codes.astype(np.int32)
    return replace(order, bands=bands, start=start, heat=WARM_HEAT), numbers.astype(np.int32)


def started_near(order: SearchOrder, node: LabelArray, labels: LabelArray) -> SearchOrder:
    """The same search from today's regions, merged or split where their number differs from the wanted one."""
    warm, _ = started_from(order, node, labels)
    assert warm.start is not None
    return replace(order, start=with_regions(order.graph, warm.start, len(order.bands)), heat=WARM_HEAT)


def mostly_known(prepared: Prepared, part: Part) -> bool:
    """Does today's plan name the regions of at least half of the residents of the part? Else it is no start."""
    plan = prepared.problem.constraints.current_plan
    if plan is None:
        return False
    known = plan.labels[prepared.order][part.blocks] != UNASSIGNED
    people = prepared.blocks.population[part.blocks] + 1e-6
    return bool(people[known].sum() >= 0.5 * people.sum())


def held_back(order: SearchOrder, stay_per_resident: float) -> SearchOrder:
    """The same search, in which leaving the region of the start costs so much per resident."""
    if order.start is None or stay_per_resident <= 0:
        return order
    graph = order.graph
    stay = stay_per_resident * (graph.residents + 1.0)
    return replace(order, graph=graph._replace(home=order.start.copy(), stay=stay))


def apart_from(order: SearchOrder, node: LabelArray, plans: Sequence[LabelArray]) -> SearchOrder:
    """The same search, to end with another division than each of the plans (region of each block of the part)."""
    if not plans:
        return order
    codes = [np.unique(_at_nodes(node, labels), return_inverse=True)[1].reshape(-1) for labels in plans]
    known = np.ascontiguousarray(np.stack(codes, axis=1).astype(np.int32))
    return replace(order, graph=order.graph._replace(known=known, unlike=np.zeros(len(plans))))


def with_frozen(graph: SearchGraph, node: LabelArray, frozen: BoolArray, closed: BoolArray) -> SearchGraph:
    """The graph in which the nodes of ``frozen`` blocks never move, and no border of a ``closed`` block is open."""
    marked, shut = np.zeros((2, len(graph.weight)), dtype=np.bool_)
    marked[node[frozen | closed]] = True
    shut[node[closed]] = True
    source = np.repeat(np.arange(len(shut)), np.diff(graph.indptr))
    passable = graph.passable & ~shut[source] & ~shut[graph.neighbour]
    links = neighbour_links(graph.indptr, graph.neighbour, passable)
    return graph._replace(frozen=marked, passable=passable, links=links)


def _at_nodes(node: LabelArray, labels: LabelArray) -> LabelArray:
    """One label per node; blocks that must stay together take the label of the first."""
    first = np.unique(node, return_index=True)[1]
    chosen: LabelArray = labels[first]
    return chosen
