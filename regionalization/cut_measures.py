"""What the borders of a plan cut: places, and how much of them follows railway, motorway, river or main road."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regionalization.municipal_groups import target_of_blocks
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from spatial.arrays import BoolArray, LabelArray
from spatial.blocks import BlockSet
from spatial.plan import UNASSIGNED, Plan


@dataclass(frozen=True)
class CutPlace:
    """A named place that lies in several regions.

    Attributes
    ----------
    name : of the place; municipality : key of the one with most of its residents
    residents : of the place
    regions : numbers of the regions it lies in, ascending
    along_lines_share : share (0–1) of the border through it that runs along barriers or preferred lines
    too_large : has it more residents than a region may hold, so that it must be cut?
    on_border : does a municipal border go through it that no region crosses, so that it must be cut?
    """

    name: str
    municipality: str
    residents: int
    regions: tuple[int, ...]
    along_lines_share: float
    too_large: bool
    on_border: bool = False


def cut_places(plan: Plan, problem: Problem) -> tuple[CutPlace, ...]:
    """The named places that lie in several regions, most residents first; each once, as ``places_cut`` counts them.

    A place that a municipal border divides is one place: it counts too where only that border cuts it.
    """
    prepared = prepare(problem)
    labels = plan.labels[prepared.order]
    found = [_cut_place(prepared, labels, int(code)) for code in np.flatnonzero(is_cut(prepared.blocks, labels))]
    return tuple(sorted(found, key=lambda cut: (-cut.residents, cut.name, cut.municipality)))


def is_cut(blocks: BlockSet, labels: LabelArray) -> BoolArray:
    """(places,) does a place lie in several regions? Blocks that belong to no region do not count."""
    inside = (blocks.place >= 0) & (labels != UNASSIGNED)
    pairs = np.unique(np.stack([blocks.place[inside], labels[inside]], axis=1), axis=0)
    cut: BoolArray = np.bincount(pairs[:, 0], minlength=len(blocks.places)) > 1
    return cut


def _cut_place(prepared: Prepared, labels: LabelArray, code: int) -> CutPlace:
    """One place with all its blocks; it stands for the municipality with most of its residents."""
    problem, blocks = prepared.problem, prepared.blocks
    inside = blocks.place == code
    members = np.flatnonzero(inside)
    people = np.bincount(blocks.municipality[members], weights=blocks.population[members] + 1e-6)
    main = members[blocks.municipality[members] == int(np.argmax(people))]
    target = target_of_blocks(blocks, main, problem.constraints, problem.target)[1]
    residents = int(blocks.population[members].sum())
    return CutPlace(
        name=blocks.places[code].name,
        municipality=blocks.municipalities[int(np.argmax(people))].key,
        residents=residents,
        regions=tuple(int(r) for r in np.unique(labels[members]) if r != UNASSIGNED),
        along_lines_share=_along(prepared, labels, inside)[1],
        too_large=residents > target.maximum,
        on_border=len(np.unique(prepared.group[members])) > 1,
    )


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
