"""Demands that name what does not exist, or have no meaning (Vorgaben prüfen)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from regionalization.constraints import Constraints
from regionalization.municipal_groups import joint_with
from spatial.blocks import BlockSet
from spatial.errors import Finding

LARGEST_NUMBER = 999_999  # of a region


def constraint_findings(constraints: Constraints, blocks: BlockSet) -> tuple[Finding, ...]:
    """Everything in the constraints that names something unknown or has no meaning."""
    named: dict[str, Iterable[str]] = {
        "locked": constraints.locked,
        "keep_together": [b for group in constraints.keep_together for b in group],
        "keep_apart": [b for pair in constraints.keep_apart for b in pair],
        "barrier_edges": [b for pair in constraints.barrier_edges for b in pair],
        "bridge_edges": [b for pair in constraints.bridge_edges for b in pair],
        "preferred_cuts": [b for pair in constraints.preferred_cuts for b in pair],
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
    own: dict[str, Mapping[str, object]] = {
        "constraints.targets.joint_differ": constraints.targets,
        "constraints.regions_per_municipality.joint_differ": constraints.regions_per_municipality,
    }
    for code, demanded in own.items():
        for first in sorted(demanded):
            joint = sorted(joint_with(first, constraints) & set(demanded))
            if first == joint[0] and len({demanded[key] for key in joint}) > 1:
                yield Finding(code, where=tuple(joint))
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
    large = tuple(block for block, region in constraints.locked.items() if region > LARGEST_NUMBER)
    if large:
        yield Finding("constraints.locked.too_large", where=large, values={"limit": LARGEST_NUMBER})
    itself = tuple(dict.fromkeys(a for a, b in (*constraints.bridge_edges, *constraints.barrier_edges) if a == b))
    if itself:
        yield Finding("constraints.edge.itself", where=itself)
    yield from _weight_findings(constraints)
    plan = constraints.current_plan
    if plan is not None and len(plan) != len(blocks):
        values = {"blocks": len(blocks), "plan": len(plan)}
        yield Finding("constraints.current_plan.length", values=values)


def _weight_findings(constraints: Constraints) -> Iterable[Finding]:
    if not np.isfinite(constraints.stay_close) or constraints.stay_close < 0:
        yield Finding("constraints.stay_close.negative", values={"stay_close": constraints.stay_close})
    if not np.isfinite(constraints.places_weight) or constraints.places_weight < 1:
        yield Finding("constraints.places_weight.range", values={"weight": constraints.places_weight})
    wrong = tuple(f"{a} – {b}" for (a, b), price in constraints.preferred_cuts.items() if not 0 <= price <= 1)
    if wrong:
        yield Finding("constraints.preferred_cuts.price", where=wrong)
