"""Colours of regions: neighbours differ, and a colour once given stays with its region."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reporting.region_palette import REGION_COLOURS
from spatial.contiguity import Contiguity
from spatial.plan import UNASSIGNED, Plan


def with_colours(plan: Plan, contiguity: Contiguity) -> Plan:
    """The plan with a colour slot for every region that has none yet.

    Regions are coloured in the order of their numbers: the slot that no neighbour has and that is used least so far.

    >>> from spatial.contiguity import contiguity_from_edges
    >>> line = contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0])
    >>> dict(with_colours(Plan(np.array([1, 2, 3])), line).colours)
    {1: 0, 2: 1, 3: 2}
    """
    colours = dict(plan.colours)
    neighbours = neighbour_regions(plan, contiguity)
    used = np.bincount(list(colours.values()), minlength=len(REGION_COLOURS)) if colours else np.zeros(8, dtype=int)
    for region in plan.regions.tolist():
        if region not in colours:
            taken = {colours[other] for other in neighbours.get(region, ()) if other in colours}
            slots = sorted(range(len(REGION_COLOURS)), key=lambda slot: (slot in taken, used[slot], slot))
            colours[region] = slots[0]
            used[slots[0]] += 1
    return replace(plan, colours=colours)


def neighbour_regions(plan: Plan, contiguity: Contiguity) -> dict[int, set[int]]:
    """Region → the regions it borders on."""
    pairs = np.unique(np.sort(plan.labels[contiguity.edges], axis=1), axis=0)
    found: dict[int, set[int]] = {}
    for a, b in pairs.tolist():
        if a not in (b, UNASSIGNED):
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found
