"""Demands that contradict each other, found before anybody waits and named all at once (Widersprüche)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from regionalization.municipal_groups import demanded_counts, target_of_blocks
from regionalization.parts import Part
from regionalization.preparation import Prepared
from regionalization.together import MustLink, Units, forbidden_blocks, places_in_groups, units_of
from regionalization.violation import Remedy, Violation
from spatial.arrays import IntArray
from spatial.contiguity import Contiguity

JOINT = {"locked_into_different_regions", "kept_together", "locked_into_one_region", "cut_off", "links_above_maximum"}
"""Reasons of contradictions between several demands: each excuses one broken demand among its blocks."""


def contradictions(prepared: Prepared, parts: Sequence[Part]) -> tuple[Violation, ...]:
    """Demands that no plan can keep together, each named with its reason."""
    constraints = prepared.problem.constraints
    asked = constraints.keep_together or constraints.locked or constraints.keep_apart or constraints.places == "hard"
    if not asked:
        return tuple(_counts(prepared, parts))
    units = units_of(prepared.problem, prepared.blocks)
    single = [v for link in units.links for v in _link(prepared, link)]
    return (
        *single,
        *_closures(prepared, units, {v.blocks for v in single}),
        *_crossing(prepared, units),
        *_apart(prepared, units),
        *_large_places(prepared),
        *_counts(prepared, parts),
    )


def _ids(prepared: Prepared, at: IntArray) -> tuple[str, ...]:
    return tuple(prepared.blocks.ids[int(i)] for i in at)


def _link(prepared: Prepared, link: MustLink) -> Iterable[Violation]:
    """One demand that cannot be kept even alone."""
    pieces = len(np.unique(prepared.part_of_block[link.blocks]))
    residents, maximum = _residents_and_limit(prepared, link.blocks)
    if pieces > 1:
        reason = _what_separates(prepared, link.blocks)
        bridge = (Remedy("declare_bridge_in_group"),) if reason == "separated" else ()
        yield _impossible(link.rule, _ids(prepared, link.blocks), reason=reason, sizes=(pieces, 1), remedies=bridge)
    elif residents > maximum and link.rule != "place":
        remedies = (Remedy("widen_band", {"maximum": residents}), Remedy("shorten_group", {"residents": residents}))
        yield _impossible(
            link.rule,
            _ids(prepared, link.blocks),
            reason="group_above_maximum",
            sizes=(residents, maximum),
            remedies=remedies,
        )


def _residents_and_limit(prepared: Prepared, blocks: IntArray) -> tuple[int, int]:
    problem = prepared.problem
    target = target_of_blocks(prepared.blocks, blocks, problem.constraints, problem.target)[1]
    return int(prepared.blocks.population[blocks].sum()), target.maximum


def _what_separates(prepared: Prepared, blocks: IntArray) -> str:
    """Municipal borders, else barriers, else land or water that belongs to no block."""
    if len(np.unique(prepared.group[blocks])) > 1:
        return "different_municipalities"
    a, b = prepared.contiguity.edges.T
    opened = replace(prepared.contiguity, barrier=prepared.group[a] != prepared.group[b])
    return "barrier_between" if len(np.unique(opened.components()[blocks])) == 1 else "separated"


def _closures(prepared: Prepared, units: Units, named: set[tuple[str, ...]]) -> Iterable[Violation]:
    """Demands that are possible alone but not together, because they share blocks."""
    sizes = np.bincount(units.unit)
    for unit in np.flatnonzero(sizes > 1):
        members = np.flatnonzero(units.unit == unit)
        ids = _ids(prepared, members)
        rules = [link.rule for link in units.links if units.unit[link.blocks[0]] == unit]
        rule = next((r for r in ("keep_together", "place", "locked") if r in rules), rules[0])
        regions = units.regions.get(int(unit), ())
        if len(regions) > 1:
            yield _impossible(rule, ids, reason="locked_into_different_regions", sizes=(len(regions), 1))
        residents, maximum = _residents_and_limit(prepared, members)
        in_one_part = len(np.unique(prepared.part_of_block[members])) == 1
        if in_one_part and residents > maximum and len(rules) > 1 and ids not in named:
            remedies = (Remedy("widen_band", {"maximum": residents}), Remedy("shorten_group", {"residents": residents}))
            yield _impossible(rule, ids, reason="links_above_maximum", sizes=(residents, maximum), remedies=remedies)


def _is_cut_off(contiguity: Contiguity, units: Units, unit: int, members: IntArray) -> bool:
    """Does every way between these blocks lead over blocks that must lie in another region?"""
    closed = forbidden_blocks(units.unit, units.apart, unit)
    if not closed.any():
        return False
    around = replace(contiguity, barrier=contiguity.barrier | closed[contiguity.edges].any(axis=1))
    return len(np.unique(around.components()[members])) > 1


def _crossing(prepared: Prepared, units: Units) -> Iterable[Violation]:
    """Demands whose blocks cannot be joined: cut off by others, or possible one by one but not all together."""
    broken = [link for link in units.links if _is_in_pieces(prepared, link)]
    proven = prepared.ways
    for link in broken:
        unit = int(units.unit[link.blocks[0]])
        cut_off = _is_cut_off(prepared.contiguity, units, unit, np.flatnonzero(units.unit == unit))
        if cut_off or (proven is not None and unit in proven.given_up):
            reason = "cut_off" if cut_off else "ways_cross"
            yield _impossible(link.rule, _ids(prepared, link.blocks), reason=reason, sizes=(2, 1))


def _is_in_pieces(prepared: Prepared, link: MustLink) -> bool:
    """Do its blocks lie in one part and yet in several search nodes?"""
    one_part = len(np.unique(prepared.part_of_block[link.blocks])) == 1
    return one_part and len(np.unique(prepared.node[link.blocks])) > 1


def _apart(prepared: Prepared, units: Units) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    index = {block: i for i, block in enumerate(prepared.blocks.ids)} if constraints.keep_apart else {}
    for a, b in constraints.keep_apart:
        if a == b or units.unit[index[a]] == units.unit[index[b]]:
            same_lock = a in constraints.locked and constraints.locked.get(a) == constraints.locked.get(b)
            reason = "locked_into_one_region" if same_lock and a != b else "kept_together"
            yield _impossible("keep_apart", (a, b), reason=reason, sizes=(1, 0))


def _large_places(prepared: Prepared) -> Iterable[Violation]:
    """Places that have to be cut because no region can hold them."""
    if prepared.problem.constraints.places != "hard":
        return
    for members in places_in_groups(prepared.problem, prepared.blocks):
        residents, maximum = _residents_and_limit(prepared, members)
        if residents > maximum:
            remedies = (Remedy("widen_band", {"maximum": residents}), Remedy("cut_along_lines"))
            yield _impossible(
                "place",
                _ids(prepared, members),
                reason="place_above_maximum",
                sizes=(residents, maximum),
                remedies=remedies,
            )


def _counts(prepared: Prepared, parts: Sequence[Part]) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    total, wanted = sum(p.count for p in parts), constraints.region_count
    single = demanded_counts(constraints)
    counted = {key for keys in single for key in keys}
    if wanted is not None and total != wanted:
        free = sum(max(1, p.least) for p in parts if p.municipality not in counted)
        reason = (
            "counts_disagree" if single and sum(single.values()) + free > wanted else _why_not(parts, total, wanted)
        )
        reason = "counts_disagree" if single and all(p.municipality in counted for p in parts) else reason
        yield _impossible(
            "region_count", (), reason=reason, sizes=(total, wanted), remedies=(Remedy("set_count", {"count": total}),)
        )
    for keys, count in single.items():
        own = [p for p in parts if p.municipality in keys]
        given = sum(p.count for p in own)
        if own and given != count:
            asked = next(key for key in keys if key in constraints.regions_per_municipality)
            impossible = _impossible("region_count", (), reason=_why_not(own, given, count), sizes=(given, count))
            yield replace(impossible, municipality=asked, remedies=(Remedy("set_count", {"count": given}),))


def _why_not(parts: Sequence[Part], given: int, wanted: int) -> str:
    if given < wanted:
        return "more_than_blocks"
    return "apart_needs_more" if len(parts) <= wanted else "fewer_than_parts"


def _impossible(
    rule: str,
    blocks: tuple[str, ...],
    *,
    reason: str,
    sizes: tuple[float, float],
    remedies: tuple[Remedy, ...] = (),
) -> Violation:
    return Violation(
        rule,
        blocks=blocks,
        measured=sizes[0],
        limit=sizes[1],
        unavoidable=True,
        reason=reason,
        remedies=remedies or (Remedy("drop_demand", {"rule": rule}),),
    )
