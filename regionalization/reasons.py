"""Which broken rules follow from demands that no plan can keep (Unvermeidbares)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from regionalization.contradictions import JOINT
from regionalization.violation import Violation

_DEMANDS = ("keep_together", "keep_apart", "locked", "place")


def with_reasons(found: Iterable[Violation], known: Sequence[Violation]) -> tuple[Violation, ...]:
    """The broken rules, those with reason and remedies that follow from what was known to be impossible.

    A demand that is impossible alone excuses its own violation. A contradiction between several demands excuses one
    of them: the others could have been kept.
    """
    open_joint = [v for v in known if v.reason in JOINT]
    alone = [v for v in known if v.reason not in JOINT]
    judged = []
    for violation in found:
        reason = next((v for v in alone if _explains(v, violation)), None)
        if reason is None:
            reason = next((v for v in open_joint if _may_follow(v, violation)), None)
            open_joint = [v for v in open_joint if v is not reason]
        judged.append(_because(violation, reason))
    return tuple(judged)


def _explains(known: Violation, violation: Violation) -> bool:
    if violation.rule == "population" or known.rule != violation.rule or known.municipality != violation.municipality:
        return False
    inside = set(violation.blocks) <= set(known.blocks)
    return inside if violation.rule == "locked" else inside and len(violation.blocks) == len(known.blocks)


def _may_follow(known: Violation, violation: Violation) -> bool:
    if violation.rule not in _DEMANDS or not violation.blocks:
        return False
    if known.reason == "cut_off" and violation.rule in (
        "keep_apart",
        "locked",
    ):  # what cuts off is not among its blocks
        return bool(set(violation.blocks) & set(known.blocks)) or violation.rule == "locked"
    return set(violation.blocks) <= set(known.blocks)


def _because(violation: Violation, reason: Violation | None) -> Violation:
    if reason is None or violation.unavoidable:
        return violation
    return replace(violation, unavoidable=True, reason=reason.reason, remedies=reason.remedies)
