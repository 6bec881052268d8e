"""Which municipalities may share regions (Gemeindegrenzen, auch mit Ausnahmen)."""

from __future__ import annotations

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from spatial.arrays import IntArray, LabelArray
from spatial.blocks import BlockSet


def municipality_groups(blocks: BlockSet, constraints: Constraints) -> LabelArray:
    """(n,) int32: blocks with different numbers never share a region; joint municipalities share one number.

    With hard borders every municipality has a number of its own. With soft borders or none only those have one for
    which a target or a number of regions of their own is demanded: such a demand says nothing about a region that
    lies in two municipalities.
    """
    keys = [m.key for m in blocks.municipalities]
    closed = set(keys) if constraints.municipal_borders == "hard" else own_demands(constraints)
    open_to_all = next((i for i, key in enumerate(keys) if key not in closed), 0)
    leader = np.array([i if key in closed else open_to_all for i, key in enumerate(keys)], dtype=np.int64)
    code = {key: i for i, key in enumerate(keys)}
    for joined in constraints.joint_municipalities:
        members = [code[key] for key in joined if key in code]
        for member in members[1:]:
            leader[leader == leader[member]] = leader[members[0]]
    groups: LabelArray = np.unique(leader, return_inverse=True)[1][blocks.municipality].astype(np.int32)
    return groups


def own_demands(constraints: Constraints) -> set[str]:
    """Keys of the municipalities with a target or a number of regions of their own.

    >>> sorted(own_demands(Constraints(regions_per_municipality={"b": 2}, targets={"a": PopulationTarget(1, 2, 3)})))
    ['a', 'b']
    """
    return {*constraints.targets, *constraints.regions_per_municipality}


def closes_open_borders(constraints: Constraints) -> bool:
    """Are borders closed for the sake of single municipalities although borders are soft or off?"""
    return constraints.municipal_borders != "hard" and bool(own_demands(constraints))


def target_of_blocks(
    blocks: BlockSet, members: IntArray, constraints: Constraints, general: PopulationTarget
) -> tuple[str, PopulationTarget]:
    """The municipality that these blocks of one group stand for, and its target; empty where borders are open."""
    code = int(blocks.municipality[members].min())
    key = blocks.municipalities[code].key
    if constraints.municipal_borders != "hard" and not joint_with(key, constraints) & own_demands(constraints):
        return "", general
    return key, target_of(key, constraints, general)


def target_of(key: str, constraints: Constraints, general: PopulationTarget) -> PopulationTarget:
    """The target that holds in a municipality: its own, else one of those it may share regions with.

    >>> own = {"b": PopulationTarget(1, 2, 3)}
    >>> target_of("a", Constraints(targets=own, joint_municipalities=(("a", "b"),)), PopulationTarget()).maximum
    3
    """
    if key in constraints.targets:
        return constraints.targets[key]
    others = sorted(joint_with(key, constraints) & set(constraints.targets))
    return constraints.targets[others[0]] if others else general


def demanded_counts(constraints: Constraints) -> dict[tuple[str, ...], int]:
    """Municipalities that may share regions → the number of regions that is demanded for all of them together.

    >>> joint, counts = (("a", "b"),), {"b": 3, "c": 1}
    >>> demanded_counts(Constraints(joint_municipalities=joint, regions_per_municipality=counts))
    {('a', 'b'): 3, ('c',): 1}
    """
    counts = sorted(constraints.regions_per_municipality.items())
    return {tuple(sorted(joint_with(key, constraints))): count for key, count in counts}


def joint_with(key: str, constraints: Constraints) -> set[str]:
    """Keys of all municipalities that may share regions with this one, itself among them, over any chain.

    >>> sorted(joint_with("a", Constraints(joint_municipalities=(("b", "c"), ("a", "b"), ("d", "e")))))
    ['a', 'b', 'c']
    """
    reached = {key}
    while True:
        wider = reached.union(*(group for group in constraints.joint_municipalities if reached & set(group)))
        if wider == reached:
            return reached
        reached = wider
