"""The one judge of plans, for machine and person alike (Prüfung)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from regionalization.feasibility import prepared_feasibility
from regionalization.municipal_groups import demanded_counts
from regionalization.parts import Part, parts_of, regions_out_of_band
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from regionalization.reasons import with_reasons
from regionalization.scores import RegionScore, region_scores
from regionalization.together import places_in_groups
from regionalization.violation import Violation
from spatial.arrays import IntArray, LabelArray
from spatial.connectivity import pieces
from spatial.errors import Finding, InputError
from spatial.plan import UNASSIGNED, Plan


def check(plan: Plan, problem: Problem) -> tuple[Violation, ...]:
    """Every rule the plan breaks; those that no plan could keep are marked ``unavoidable``.

    Raises
    ------
    InputError : the plan has another number of blocks than the problem, or the constraints name unknown things
    """
    if len(plan) != len(problem.blocks):
        values = {"blocks": len(problem.blocks), "plan": len(plan)}
        raise InputError(Finding("plan.length", values=values))
    prepared = prepare(problem)
    parts = parts_of(prepared)
    return broken_rules(plan, prepared, parts=parts, known=prepared_feasibility(prepared, parts))


def broken_rules(
    plan: Plan, prepared: Prepared, *, parts: tuple[Part, ...], known: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """``check`` where the county is prepared already and it is ``known`` what no plan can keep."""
    labels = plan.labels[prepared.order]
    parent = plan.parent.labels[prepared.order] if plan.parent is not None else None
    found = [
        *_assigned(prepared, labels),
        *_contiguous(prepared, labels),
        *_population(prepared, labels, (parts, known)),
        *_municipality(prepared, labels),
        *_region_count(prepared, labels),
        *_groups(prepared, labels),
        *_places(prepared, labels),
        *_nested(prepared, labels, parent),
    ]
    return with_reasons(found, known)


def _ids(prepared: Prepared, at: IntArray) -> tuple[str, ...]:
    return tuple(prepared.blocks.ids[i] for i in at)


def _assigned(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    missing = np.flatnonzero(labels == UNASSIGNED)
    if len(missing):
        yield Violation("assigned", blocks=_ids(prepared, missing), measured=len(missing), limit=0)


def _contiguous(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    """One violation per region in pieces; its blocks are those outside the piece with most residents."""
    piece = pieces(labels, prepared.contiguity)
    for region in np.unique(labels[labels != UNASSIGNED]):
        members = np.flatnonzero(labels == region)
        numbers, at = np.unique(piece[members], return_inverse=True)
        if len(numbers) > 1:
            main = np.argmax(np.bincount(at, weights=prepared.blocks.population[members] + 1e-6))
            apart = members[at != main]
            yield Violation("contiguous", int(region), blocks=_ids(prepared, apart), measured=len(numbers), limit=1)


def _population(
    prepared: Prepared, labels: LabelArray, facts: tuple[tuple[Part, ...], tuple[Violation, ...]]
) -> Iterable[Violation]:
    """Regions out of their band; ``facts`` = (parts, what was known to be impossible)."""
    parts, known = facts
    part_of, counts = prepared.part_of_block, _regions_in_part(prepared, labels)
    canonical = replace(
        prepared.problem, blocks=prepared.blocks, contiguity=prepared.contiguity, features=None, feature_names=()
    )
    for score in region_scores(Plan(labels), canonical):
        if score.in_band:
            continue
        members = np.flatnonzero(labels == score.region)
        part = parts[int(part_of[members[0]])]
        limit = score.target.minimum if score.residents < score.target.minimum else score.target.maximum
        violation = Violation("population", score.region, score.municipalities[0], (), score.residents, limit)
        reason = _impossible(prepared, members, score, (part, counts[part.number], known))
        yield (
            replace(violation, unavoidable=True, reason=reason.reason, remedies=reason.remedies)
            if reason
            else violation
        )


def _regions_in_part(prepared: Prepared, labels: LabelArray) -> dict[int, int]:
    pairs = np.unique(np.stack([prepared.part_of_block, labels], axis=1), axis=0)
    parts, counts = np.unique(pairs[:, 0], return_counts=True)
    return {int(p): int(c) for p, c in zip(parts, counts, strict=True)}


def _impossible(
    prepared: Prepared, members: IntArray, score: RegionScore, facts: tuple[Part, int, tuple[Violation, ...]]
) -> Violation | None:
    """The known infeasibility that explains why this region is out of its band; None when another plan could help."""
    part, count, known = facts
    too_high = score.residents > score.target.maximum
    if too_high:
        own = set(_ids(prepared, members))
        for v in known:
            if v.reason == "block_above_maximum" and set(v.blocks) <= own:
                return v
            if v.reason in ("group_above_maximum", "links_above_maximum") and set(v.blocks) <= own:
                return replace(v, reason="held_above_maximum")
    if (prepared.part_of_block[members] != part.number).any() or abs(count - part.count) > 1:
        return None
    short = part.counted < count * part.target.minimum
    fits = regions_out_of_band(part.counted, count, part.target) == 0
    if fits or regions_out_of_band(part.counted, part.count, part.target) == 0 or short == too_high:
        return None
    return _of_part(prepared, part, known)


def _of_part(prepared: Prepared, part: Part, known: tuple[Violation, ...]) -> Violation | None:
    own = set(_ids(prepared, part.blocks))
    for v in known:
        named = set(v.blocks) == own or (not v.blocks and v.municipality == part.municipality)
        if v.rule == "population" and v.reason != "block_above_maximum" and named:
            return v
    return None


def _municipality(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    used = labels != UNASSIGNED
    pairs = np.unique(np.stack([labels[used], prepared.group[used]], axis=1), axis=0)
    regions, counts = np.unique(pairs[:, 0], return_counts=True)
    for region, count in zip(regions[counts > 1], counts[counts > 1], strict=True):
        members = np.flatnonzero(labels == region)
        people = np.bincount(prepared.group[members], weights=prepared.blocks.population[members] + 1e-6)
        outside = members[prepared.group[members] != int(np.argmax(people))]
        yield Violation("municipality", int(region), blocks=_ids(prepared, outside), measured=int(count), limit=1)


def _region_count(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    count = len(np.unique(labels[labels != UNASSIGNED]))
    if constraints.region_count is not None and count != constraints.region_count:
        yield Violation("region_count", measured=count, limit=constraints.region_count)
    for keys, wanted in demanded_counts(constraints).items():
        codes = [code for code, municipality in enumerate(prepared.blocks.municipalities) if municipality.key in keys]
        inside = np.unique(labels[np.isin(prepared.blocks.municipality, codes) & (labels != UNASSIGNED)])
        if len(inside) != wanted:
            asked = next(key for key in keys if key in constraints.regions_per_municipality)
            yield Violation("region_count", None, asked, (), len(inside), wanted)


def _groups(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    named = constraints.locked or constraints.keep_together or constraints.keep_apart
    index = {block: i for i, block in enumerate(prepared.blocks.ids)} if named else {}
    for region in sorted(set(constraints.locked.values())):
        wanted = [b for b, r in sorted(constraints.locked.items()) if r == region]
        gone = tuple(b for b in wanted if labels[index[b]] != region)
        if gone:
            yield Violation("locked", region, blocks=gone, measured=len(gone), limit=0)
    for group in constraints.keep_together:
        held = {int(labels[index[b]]) for b in group}
        if len(held) > 1:
            yield Violation("keep_together", blocks=tuple(group), measured=len(held), limit=1)
    for a, b in constraints.keep_apart:
        if labels[index[a]] == labels[index[b]] != UNASSIGNED:
            yield Violation("keep_apart", int(labels[index[a]]), blocks=(a, b), measured=1, limit=0)


def _places(prepared: Prepared, labels: LabelArray) -> Iterable[Violation]:
    if prepared.problem.constraints.places != "hard":
        return
    for members in places_in_groups(prepared.problem, prepared.blocks):
        held = len(np.unique(labels[members]))
        if held > 1:
            yield Violation("place", blocks=_ids(prepared, members), measured=held, limit=1)


def _nested(prepared: Prepared, labels: LabelArray, parent: LabelArray | None) -> Iterable[Violation]:
    if parent is None:
        return
    for region in np.unique(labels[labels != UNASSIGNED]):
        members = np.flatnonzero(labels == region)
        above = np.unique(parent[members])
        if len(above) > 1:
            main = np.bincount(np.searchsorted(above, parent[members])).argmax()
            outside = members[parent[members] != above[main]]
            yield Violation("nested", int(region), blocks=_ids(prepared, outside), measured=len(above), limit=1)
