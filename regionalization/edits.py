"""Steps of a person on a plan (Bearbeitungsschritte): serialisable, replayable, never in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from spatial.arrays import LabelArray
from spatial.blocks import BlockSet
from spatial.errors import Finding, InputError
from spatial.plan import UNASSIGNED, Plan

Kind = Literal["assign", "new_region", "merge", "split", "rename", "recolour"]
_NEEDS_BLOCKS = ("assign", "new_region", "split")


@dataclass(frozen=True)
class Edit:
    """One step on a plan.

    Attributes
    ----------
    kind : ``"assign"`` blocks to ``region`` (−1 takes them out of every region), ``"new_region"`` makes ``region`` of
        the blocks, ``"split"`` takes the blocks out of the region they share into the new ``region``, ``"merge"``
        puts all regions of ``sources`` into ``region``, ``"rename"`` gives ``region`` the ``name`` (empty = none),
        ``"recolour"`` gives it the ``colour`` slot (−1 = none)
    region : number of the region that receives
    blocks : block ids
    sources : numbers of the regions merged
    name, colour : see ``kind``

    >>> Edit.from_dict(Edit("rename", 3, name="Nord").as_dict()) == Edit("rename", 3, name="Nord")
    True
    """

    kind: Kind
    region: int
    blocks: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    name: str = ""
    colour: int = -1

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a journal (JSON)."""
        return {**asdict(self), "blocks": list(self.blocks), "sources": list(self.sources)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Edit:
        """The step written by ``as_dict``."""
        sequences = {key: tuple(values.get(key, ())) for key in ("blocks", "sources")}
        return cls(**{**values, **sequences})


def apply_edit(plan: Plan, edit: Edit, blocks: BlockSet) -> Plan:
    """The plan after one step; region numbers of untouched regions, names and colours stay.

    Raises
    ------
    InputError : unknown blocks or regions, a number already used, nothing to do it with (every finding at once)

    >>> from spatial.blocks import block_set
    >>> two = block_set(["a", "b"], population=[1, 1])
    >>> apply_edit(Plan(np.array([1, 1])), Edit("new_region", 2, blocks=("b",)), two).labels.tolist()
    [1, 2]
    """
    findings = edit_findings(plan, edit, blocks)
    if findings:
        raise InputError(*findings)
    if edit.kind == "rename":
        names = {r: n for r, n in plan.names.items() if r != edit.region}
        return replace(plan, names={**names, edit.region: edit.name} if edit.name else names)
    if edit.kind == "recolour":
        colours = {r: c for r, c in plan.colours.items() if r != edit.region}
        return replace(plan, colours={**colours, edit.region: edit.colour} if edit.colour >= 0 else colours)
    return plan.with_labels(_new_labels(plan, edit, blocks))


def apply_edits(plan: Plan, edits: Sequence[Edit], blocks: BlockSet) -> Plan:
    """Replay steps in their order."""
    for edit in edits:
        plan = apply_edit(plan, edit, blocks)
    return plan


def next_region(plan: Plan) -> int:
    """The number of the next new region: one above the largest ever seen in labels, names or colours.

    >>> next_region(Plan(np.array([1, 4])))
    5
    """
    return 1 + max([0, *(int(r) for r in plan.regions), *plan.names, *plan.colours])


def edit_findings(plan: Plan, edit: Edit, blocks: BlockSet) -> tuple[Finding, ...]:
    """Why a step cannot be done on this plan; empty when it can."""
    known, used = set(blocks.ids), {int(r) for r in plan.regions}
    unknown = tuple(b for b in edit.blocks if b not in known)
    found = [Finding("edit.block.unknown", where=unknown, values={"count": len(unknown)})] if unknown else []
    if edit.kind not in get_args(Kind):
        return (*found, Finding("edit.kind.unknown", where=(str(edit.kind),)))
    if edit.kind in _NEEDS_BLOCKS and not edit.blocks:
        found.append(Finding("edit.blocks.empty", values={"kind": edit.kind}))
    if edit.kind in ("new_region", "split") and (edit.region in used or edit.region < 0):
        found.append(Finding("edit.region.in_use", values={"region": edit.region}))
    if edit.kind in ("rename", "recolour") and edit.region not in used:
        found.append(Finding("edit.region.unknown", where=(str(edit.region),)))
    missing = tuple(str(r) for r in edit.sources if r not in used)
    if edit.kind == "merge" and (missing or not edit.sources):
        found.append(Finding("edit.region.unknown", where=missing))
    if edit.kind in ("assign", "merge") and edit.region < UNASSIGNED:
        found.append(Finding("edit.region.negative", values={"region": edit.region}))
    return (*found, *_split_findings(plan, edit, blocks, bool(unknown)))


def _split_findings(plan: Plan, edit: Edit, blocks: BlockSet, unknown: bool) -> tuple[Finding, ...]:
    if edit.kind != "split" or unknown or not edit.blocks:
        return ()
    sources = np.unique(plan.labels[blocks.positions(edit.blocks)])
    if len(sources) > 1 or sources[0] == UNASSIGNED:
        return (Finding("edit.split.several_regions", where=tuple(str(r) for r in sources)),)
    if (plan.labels == sources[0]).sum() == len(set(edit.blocks)):
        return (Finding("edit.split.nothing_left", where=(str(sources[0]),)),)
    return ()


def _new_labels(plan: Plan, edit: Edit, blocks: BlockSet) -> LabelArray:
    labels = plan.labels.copy()
    if edit.kind == "merge":
        labels[np.isin(labels, np.array(edit.sources))] = edit.region
    else:
        labels[blocks.positions(edit.blocks)] = edit.region
    return labels
