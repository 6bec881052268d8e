"""What the borders of a plan cut: places, and how much of them follows railway, motorway, river or main road."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regionalization.municipal_groups import target_of_blocks
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from regionalization.together import places_in_groups
from spatial.arrays import BoolArray, LabelArray
from spatial.plan import UNASSIGNED, Plan


@dataclass(frozen=True)
class CutPlace:
    """A named place that lies in several regions.

    Attributes
    ----------
    name : of the place; municipality : key
    residents : of the place inside this municipality
    regions : numbers of the regions it lies in, ascending
    along_lines_share : share (0–1) of the border through it that runs along barriers or preferred lines
    too_large : has it more residents than a region may hold, so that it must be cut?
    """

    name: str
    municipality: str
    residents: int
    regions: tuple[int, ...]
    along_lines_share: float
    too_large: bool


def cut_places(plan: Plan, problem: Problem) -> tuple[CutPlace, ...]:
    """The named places a plan cuts, most residents first; a place that a municipal border divides counts per side."""
    prepared = prepare(problem)
    labels = plan.labels[prepared.order]
    found = []
    for members in places_in_groups(problem, prepared.blocks):
        regions = np.unique(labels[members][labels[members] != UNASSIGNED])
        if len(regions) > 1:
            residents = int(prepared.blocks.population[members].sum())
            target = target_of_blocks(prepared.blocks, members, problem.constraints, problem.target)[1]
            code = int(prepared.blocks.municipality[members[0]])
            inside = np.zeros(len(labels), dtype=bool)
            inside[members] = True
            found.append(
                CutPlace(
                    name=prepared.blocks.places[int(prepared.blocks.place[members[0]])].name,
                    municipality=prepared.blocks.municipalities[code].key,
                    residents=residents,
                    regions=tuple(int(r) for r in regions),
                    along_lines_share=_along(prepared, labels, inside)[1],
                    too_large=residents > target.maximum,
                )
            )
    return tuple(sorted(found, key=lambda place: (-place.residents, place.name, place.municipality)))


def cut_measures(prepared: Prepared, labels: LabelArray) -> dict[str, float]:
    """Measures of the borders that the plan draws itself, municipal borders not among them.

    Parameters
    ----------
    labels : (n,) in canonical block order

    Returns
    -------
    ``along_lines_m`` (metres along barriers and preferred lines), ``along_lines_share`` (the same as a share of all
    borders inside municipalities, 0–1; 0 where the plan draws none)
    """
    metres, share = _along(prepared, labels, np.ones(len(labels), dtype=bool))
    return {"along_lines_m": metres, "along_lines_share": share}


def _along(prepared: Prepared, labels: LabelArray, inside: BoolArray) -> tuple[float, float]:
    """Metres of border between regions along lines, among the given blocks, and their share."""
    a, b = prepared.contiguity.edges.T
    cut = (labels[a] != labels[b]) & (prepared.group[a] == prepared.group[b]) & inside[a] & inside[b]
    metres = float(prepared.contiguity.border_m[cut & prepared.along_line].sum())
    total = float(prepared.contiguity.border_m[cut].sum())
    return metres, metres / total if total > 0 else 0.0
