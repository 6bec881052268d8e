"""What an operation of the editor does to a draft: pure values in, pure values out, replayable at any time.

An operation is what a person asked for; its effect is what came of it. Only effects are replayed, so a journal gives
the same plan under every later version of the rules below.

Kinds of operation and their payload:

========  ==========================================================  =====================================
assign    ``{"moves": [[region, [block ids]], …], "new": [regions]}``  move blocks; ``new`` asks for new numbers
name      ``{"region": 3, "name": "Nord"}``                            give a region a name
colour    ``{"region": 3, "slot": 5}``                                 give a region a colour
lock      ``{"regions": [3], "locked": true}``                         lock or unlock regions
========  ==========================================================  =====================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from spatial.arrays import IntArray
from spatial.plan import UNASSIGNED, Plan

Effect = dict[str, Any]
KINDS = ("assign", "name", "colour", "lock")
_NEVER = -1


@dataclass(frozen=True)
class Operation:
    """One thing a person did in the editor; ``uuid`` is made in the browser, so sending it twice changes nothing."""

    uuid: str
    kind: str
    payload: Mapping[str, Any]
    base_revision: int
    author: str
    client: str


@dataclass(frozen=True, eq=False)
class Draft:
    """A plan being edited (Entwurf).

    Attributes
    ----------
    plan : n labels, names and colours
    index : block id → position
    locked : regions nobody may change
    revision : number of the last journal line in it, 0 before the first
    changed_at : (n,) int64, revision that last moved the block, −1 for never
    highest : highest region number ever used, so that no number is given twice
    """

    plan: Plan
    index: Mapping[str, int]
    locked: frozenset[int] = frozenset()
    revision: int = 0
    changed_at: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    highest: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Block ids in the fixed order."""
        return tuple(self.index)


def draft_from_plan(plan: Plan, ids: Sequence[str]) -> Draft:
    """A plan laid open for editing.

    >>> draft = draft_from_plan(Plan(np.array([4, 4, 9])), ["a", "b", "c"])
    >>> draft.highest, draft.revision
    (9, 0)
    """
    index = MappingProxyType({block_id: i for i, block_id in enumerate(ids)})
    highest = int(plan.labels.max(initial=0))
    return Draft(plan, index, changed_at=np.full(len(ids), _NEVER, dtype=np.int64), highest=highest)


def effect_of(draft: Draft, operation: Operation, *, foreign: Callable[[int], bool] = lambda revision: False) -> Effect:
    """What an operation would do to a draft.

    Parameters
    ----------
    foreign : was the journal line with this revision made by somebody else than the one who asks?

    Returns
    -------
    ``moved`` as ``[[from, to, ids], …]``, ``refused`` as ``[[reason, ids], …]``, ``contested`` as ``[[to, id], …]``,
    ``names`` and ``colours`` as ``{region: [old, new]}``, ``lock`` and ``unlock`` as lists; only what is not empty.
    Reasons are ``locked``, ``unknown`` and ``contested``.
    """
    if operation.kind == "assign":
        return _assign(draft, operation, foreign)
    payload = operation.payload
    region = int(payload.get("region", UNASSIGNED))
    if operation.kind == "name":
        old, new = draft.plan.names.get(region, ""), str(payload["name"]).strip()[:80]
        return {"names": {str(region): [old, new]}} if old != new else {}
    if operation.kind == "colour":
        slot = draft.plan.colours.get(region)
        return {"colours": {str(region): [slot, int(payload["slot"])]}} if slot != int(payload["slot"]) else {}
    return _lock(draft, payload)


def inverse(draft: Draft, effect: Mapping[str, Any]) -> Effect:
    """The effect that takes another one back, as far as nobody changed the same things since.

    >>> draft = draft_from_plan(Plan(np.array([2, 5])), ["a", "b"])
    >>> inverse(draft, {"moved": [[1, 2, ["a", "b"]]]})
    {'moved': [[2, 1, ['a']]], 'refused': [['changed', ['b']]]}
    """
    back: Effect = {"moved": [], "refused": []}
    for old, new, ids in effect.get("moved", ()):
        still = [i for i in ids if draft.plan.labels[draft.index[i]] == new and not {old, new} & draft.locked]
        gone = [i for i in ids if i not in set(still)]
        back["moved"] += [[new, old, still]] if still else []
        back["refused"] += [["changed", gone]] if gone else []
    for kind, current in (("names", draft.plan.names), ("colours", draft.plan.colours)):
        pairs: Mapping[str, Any] = effect.get(kind, {})
        empty = "" if kind == "names" else None
        back[kind] = {r: [new, old] for r, (old, new) in pairs.items() if current.get(int(r), empty) == new}
    back["lock"] = [r for r in effect.get("unlock", ()) if r not in draft.locked]
    back["unlock"] = [r for r in effect.get("lock", ()) if r in draft.locked]
    return _without_empty(back)


def apply_effect(draft: Draft, effect: Mapping[str, Any], revision: int) -> Draft:
    """The draft after a journal line.

    >>> draft = draft_from_plan(Plan(np.array([1, 1])), ["a", "b"])
    >>> after = apply_effect(draft, {"moved": [[1, 7, ["b"]]], "lock": [1]}, 1)
    >>> after.plan.labels.tolist(), sorted(after.locked), after.highest, after.changed_at.tolist()
    ([1, 7], [1], 7, [-1, 1])
    """
    labels, changed = draft.plan.labels.copy(), draft.changed_at.copy()
    for _old, new, ids in effect.get("moved", ()):
        where = [draft.index[i] for i in ids]
        labels[where] = new
        changed[where] = revision
    names, colours = dict(draft.plan.names), dict(draft.plan.colours)
    _swap(names, effect.get("names", {}))
    _swap(colours, effect.get("colours", {}))
    locked = (draft.locked | set(effect.get("lock", ()))) - set(effect.get("unlock", ()))
    return replace(
        draft,
        plan=replace(draft.plan, labels=labels, names=names, colours=colours),
        locked=frozenset(locked),
        revision=revision,
        changed_at=changed,
        highest=max(draft.highest, int(labels.max(initial=0))),
    )


def changes_something(effect: Mapping[str, Any]) -> bool:
    """Did an operation do anything beside being refused?"""
    return any(effect.get(part) for part in ("moved", "names", "colours", "lock", "unlock"))


def _assign(draft: Draft, operation: Operation, foreign: Callable[[int], bool]) -> Effect:
    renumbered = _new_numbers(draft, operation)
    moved: dict[tuple[int, int], list[str]] = {}
    refused: dict[str, list[str]] = {}
    contested: list[list[Any]] = []
    for wished, ids in operation.payload["moves"]:
        target = renumbered.get(int(wished), int(wished))
        for block_id in dict.fromkeys(ids):
            reason = _objection(draft, block_id, target=target, base=operation.base_revision, foreign=foreign)
            if reason == "same":
                continue
            if reason:
                refused.setdefault(reason, []).append(block_id)
                contested += [[target, block_id]] if reason == "contested" else []
            else:
                moved.setdefault((int(draft.plan.labels[draft.index[block_id]]), target), []).append(block_id)
    effect: Effect = {
        "moved": [[old, new, ids] for (old, new), ids in moved.items()],
        "refused": [[reason, ids] for reason, ids in refused.items()],
        "contested": contested,
        "renumbered": {str(a): b for a, b in renumbered.items() if a != b},
    }
    return _without_empty(effect)


def _objection(draft: Draft, block_id: str, *, target: int, base: int, foreign: Callable[[int], bool]) -> str:
    position = draft.index.get(block_id)
    if position is None or target < UNASSIGNED:
        return "unknown"
    here = int(draft.plan.labels[position])
    if here == target:
        return "same"
    if {here, target} & draft.locked:
        return "locked"
    last = int(draft.changed_at[position])
    return "contested" if last > base and foreign(last) else ""


def _new_numbers(draft: Draft, operation: Operation) -> dict[int, int]:
    """A wished number that somebody else took meanwhile becomes the next free one."""
    numbers, highest = {}, draft.highest
    for wished in operation.payload.get("new", ()):
        numbers[int(wished)] = int(wished) if int(wished) > highest else highest + 1
        highest = max(highest, numbers[int(wished)])
    return numbers


def _lock(draft: Draft, payload: Mapping[str, Any]) -> Effect:
    regions = {int(r) for r in payload["regions"]}
    if payload["locked"]:
        return _without_empty({"lock": sorted(regions - draft.locked)})
    return _without_empty({"unlock": sorted(regions & draft.locked)})


def _swap(current: dict[int, Any], pairs: Mapping[str, Sequence[Any]]) -> None:
    for region, (_old, new) in pairs.items():
        if new in ("", None):
            current.pop(int(region), None)
        else:
            current[int(region)] = new


def _without_empty(effect: Effect) -> Effect:
    return {part: value for part, value in effect.items() if value}


def moved_ids(effect: Mapping[str, Any]) -> Iterable[str]:
    """All blocks an effect moved."""
    return (block_id for _old, _new, ids in effect.get("moved", ()) for block_id in ids)
