"""Alternatives that can be compared by eye: the same place keeps its number and colour (Nummern der Vorschläge)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regionalization.compare import matched_regions
from regionalization.proposal import Proposal
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity
from spatial.plan import UNASSIGNED, Plan
from workspace.region_colours import neighbour_regions, with_colours


def numbered_alike(proposals: Sequence[Proposal], blocks: BlockSet) -> tuple[Proposal, ...]:
    """The proposals with the region numbers of the first, matched by the residents they share.

    A region that matches none of the first gets a number above all others. Boundaries, scores and everything else stay.
    """
    if not proposals:
        return ()
    first = proposals[0]
    return (first, *(_renumbered(other, first.plan, blocks) for other in proposals[1:]))


def coloured_alike(plan: Plan, first: Plan, contiguity: Contiguity) -> Plan:
    """The plan with the colours of the first proposal; two neighbours never share one.

    >>> from spatial.contiguity import contiguity_from_edges
    >>> line = contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0])
    >>> first = Plan(np.array([1, 2, 3]), colours={1: 5, 2: 6, 3: 5})
    >>> dict(coloured_alike(Plan(np.array([1, 3, 3])), first, line).colours)
    {1: 5, 3: 0}
    """
    neighbours = neighbour_regions(plan, contiguity)
    kept: dict[int, int] = {}
    for region in plan.regions.tolist():
        colour = first.colours.get(region)
        if colour is not None and colour not in {kept.get(other) for other in neighbours.get(region, ())}:
            kept[region] = colour
    return with_colours(replace(plan, colours=kept), contiguity)


def _renumbered(proposal: Proposal, first: Plan, blocks: BlockSet) -> Proposal:
    plan = proposal.plan
    numbers = matched_regions(first, plan, blocks)
    fresh = int(max(first.regions.max(initial=0), plan.regions.max(initial=0))) + 1
    for region in plan.regions.tolist():
        if region not in numbers:
            numbers[region], fresh = fresh, fresh + 1
    numbers[UNASSIGNED] = UNASSIGNED
    labels = np.array([numbers[label] for label in plan.labels.tolist()], dtype=plan.labels.dtype)
    names = {numbers[region]: name for region, name in plan.names.items()}
    said = tuple(v if v.region is None else replace(v, region=numbers[v.region]) for v in proposal.violations)
    return replace(proposal, plan=replace(plan, labels=labels, names=names), violations=said)
