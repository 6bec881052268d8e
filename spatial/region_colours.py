"""Colour slots for regions: neighbours differ, and what has a colour keeps it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from spatial.contiguity import Contiguity
from spatial.plan import UNASSIGNED, Plan

SLOTS = 8


def with_colours(plan: Plan, contiguity: Contiguity, *, slots: int = SLOTS) -> Plan:
    """Give every region without a colour the slot that its neighbours use least (Flächenfarbe).

    Colours are stored with the plan, so that a region looks the same today and next week.

    Parameters
    ----------
    plan : regions, some of which may already have colours
    contiguity : neighbourhood of the blocks
    slots : number of colours, > 0

    >>> from spatial.contiguity import contiguity_from_edges
    >>> plan = with_colours(Plan(np.array([1, 2, 1])), contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0]))
    >>> dict(plan.colours)
    {1: 0, 2: 1}
    """
    neighbours = _region_neighbours(plan, contiguity)
    colours = dict(plan.colours)
    usage = np.bincount([c for c in colours.values() if c < slots], minlength=slots)
    for region in (int(r) for r in plan.regions if int(r) not in colours):
        near = np.bincount([colours[o] for o in neighbours.get(region, ()) if o in colours], minlength=slots)
        slot = int(np.lexsort((np.arange(slots), usage, near[:slots]))[0])
        colours[region] = slot
        usage[slot] += 1
    return replace(plan, colours={int(r): colours[int(r)] for r in plan.regions})


def _region_neighbours(plan: Plan, contiguity: Contiguity) -> dict[int, set[int]]:
    pairs = np.unique(plan.labels[contiguity.edges], axis=0)
    near: dict[int, set[int]] = {}
    for a, b in pairs.tolist():
        if a != b and UNASSIGNED not in (a, b):
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    return near
