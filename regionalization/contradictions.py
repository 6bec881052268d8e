"""Demands that name what does not exist, or that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionalization.constraints import Constraints
from regionalization.violation import Remedy, Violation
from spatial.blocks import BlockSet
from spatial.errors import Finding

if TYPE_CHECKING:
    from regionalization.parts import Part
    from regionalization.preparation import Prepared


def constraint_findings(constraints: Constraints, blocks: BlockSet) -> tuple[Finding, ...]:
    """Everything in the constraints that names something unknown or has no meaning."""
    named: dict[str, Iterable[str]] = {
        "locked": constraints.locked,
        "keep_together": [b for group in constraints.keep_together for b in group],
        "keep_apart": [b for pair in constraints.keep_apart for b in pair],
        "barrier_edges": [b for pair in constraints.barrier_edges for b in pair],
        "bridge_edges": [b for pair in constraints.bridge_edges for b in pair],
    }
    found = []
    known = set(blocks.ids) if any(named.values()) else set()
    for name, ids in named.items():
        unknown = tuple(dict.fromkeys(i for i in ids if i not in known))
        if unknown:
            values = {"constraint": name, "count": len(unknown)}
            found.append(Finding("constraints.block.unknown", where=unknown, values=values))
    return (*found, *_municipality_findings(constraints, blocks), *_number_findings(constraints, blocks))


def _municipality_findings(constraints: Constraints, blocks: BlockSet) -> Iterable[Finding]:
    keys = {m.key for m in blocks.municipalities}
    named: dict[str, Iterable[str]] = {
        "regions_per_municipality": constraints.regions_per_municipality,
        "targets": constraints.targets,
        "joint_municipalities": [k for group in constraints.joint_municipalities for k in group],
    }
    for name, mentioned in named.items():
        unknown = tuple(dict.fromkeys(k for k in mentioned if k not in keys))
        if unknown:
            yield Finding("constraints.municipality.unknown", where=unknown, values={"constraint": name})


def _number_findings(constraints: Constraints, blocks: BlockSet) -> Iterable[Finding]:
    if constraints.region_count is not None and not 1 <= constraints.region_count <= len(blocks):
        values = {"count": constraints.region_count, "blocks": len(blocks)}
        yield Finding("constraints.region_count.range", values=values)
    wrong = tuple(k for k, count in constraints.regions_per_municipality.items() if count < 1)
    if wrong:
        yield Finding("constraints.regions_per_municipality.range", where=wrong)
    negative = tuple(block for block, region in constraints.locked.items() if region < 0)
    if negative:
        yield Finding("constraints.locked.negative", where=negative)
    plan = constraints.current_plan
    if plan is not None and len(plan) != len(blocks):
        values = {"blocks": len(blocks), "plan": len(plan)}
        yield Finding("constraints.current_plan.length", values=values)
    if not np.isfinite(constraints.stay_close) or constraints.stay_close < 0:
        yield Finding("constraints.stay_close.negative", values={"stay_close": constraints.stay_close})


def contradictions(prepared: Prepared, parts: Sequence[Part]) -> tuple[Violation, ...]:
    """Demands that no plan can keep together, each named with its reason."""
    return (
        *_together(prepared),
        *_apart(prepared),
        *_counts(prepared, parts),
    )


def _groups(prepared: Prepared) -> list[tuple[str, tuple[str, ...]]]:
    constraints = prepared.problem.constraints
    groups = [("keep_together", group) for group in constraints.keep_together]
    locked = constraints.locked
    by_region = {r: tuple(b for b in sorted(locked) if locked[b] == r) for r in sorted(set(locked.values()))}
    return [*groups, *(("locked", group) for group in by_region.values())]


def _together(prepared: Prepared) -> Iterable[Violation]:
    index = {block: i for i, block in enumerate(prepared.blocks.ids)} if _groups(prepared) else {}
    part, maximum = prepared.part_of_block, prepared.problem.target.maximum
    for rule, group in _groups(prepared):
        at = np.array([index[b] for b in group], dtype=np.int64)
        residents = int(prepared.blocks.population[np.isin(prepared.node, np.unique(prepared.node[at]))].sum())
        if len(np.unique(part[at])) > 1:
            yield _impossible(rule, group, len(np.unique(part[at])), 1, "separated")
        elif residents > maximum:
            remedies = (Remedy("widen_band", {"maximum": residents}), Remedy("shorten_group", {"residents": residents}))
            yield _impossible(rule, group, residents, maximum, "group_above_maximum", remedies)
        regions = sorted(
            {prepared.problem.constraints.locked[b] for b in group if b in prepared.problem.constraints.locked}
        )
        if rule == "keep_together" and len(regions) > 1:
            yield _impossible(rule, group, len(regions), 1, "locked_into_different_regions")


def _apart(prepared: Prepared) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    index = {block: i for i, block in enumerate(prepared.blocks.ids)} if constraints.keep_apart else {}
    for a, b in constraints.keep_apart:
        if a == b or prepared.node[index[a]] == prepared.node[index[b]]:
            yield _impossible("keep_apart", (a, b), 1, 0, "kept_together")
        elif a in constraints.locked and constraints.locked.get(a) == constraints.locked.get(b):
            yield _impossible("keep_apart", (a, b), 1, 0, "locked_into_one_region")


def _counts(prepared: Prepared, parts: Sequence[Part]) -> Iterable[Violation]:
    constraints = prepared.problem.constraints
    total, wanted = sum(p.count for p in parts), constraints.region_count
    if wanted is not None and total != wanted:
        reason = "fewer_than_parts" if total > wanted else "more_than_blocks"
        yield _impossible("region_count", (), total, wanted, reason, (Remedy("set_count", {"count": total}),))
    for key, count in sorted(constraints.regions_per_municipality.items()):
        given = sum(p.count for p in parts if p.municipality == key)
        if given and given != count:
            reason = "fewer_than_parts" if given > count else "more_than_blocks"
            yield Violation(
                "region_count", None, key, (), given, count, True, reason, (Remedy("set_count", {"count": given}),)
            )


def _impossible(
    rule: str, blocks: tuple[str, ...], measured: float, limit: float, reason: str, remedies: tuple[Remedy, ...] = ()
) -> Violation:
    return Violation(
        rule,
        blocks=blocks,
        measured=measured,
        limit=limit,
        unavoidable=True,
        reason=reason,
        remedies=remedies or (Remedy("drop_demand", {"rule": rule}),),
    )
