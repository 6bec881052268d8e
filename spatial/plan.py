"""A plan (Sozialraumzuschnitt): which block belongs to which region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from spatial.arrays import IntArray, LabelArray, frozen
from spatial.errors import Finding, InputError

UNASSIGNED = -1
Level = Literal["sozialraum", "quartier"]


@dataclass(frozen=True, eq=False)
class Plan:
    """One label per block; region numbers are stable identities and are never renumbered by an edit.

    Attributes
    ----------
    labels : (n,) int32, region number ≥ 0 or −1 for a block that belongs to no region
    level : ``"sozialraum"`` or ``"quartier"``
    parent : the plan of the upper level when nested (Quartiere in Sozialräume)
    names : names given to regions by people; regions without one show their number
    colours : colour slot of a region where one was chosen; stored, never recomputed

    >>> plan = Plan(np.array([1, 1, 2, -1]))
    >>> plan.regions.tolist(), plan.labels.flags.writeable
    ([1, 2], False)
    """

    labels: LabelArray
    level: Level = "sozialraum"
    parent: Plan | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    colours: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", frozen(self.labels, np.int32))
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))
        object.__setattr__(self, "colours", MappingProxyType(dict(self.colours)))
        if (self.labels < UNASSIGNED).any():
            raise InputError(Finding("plan.label.negative", values={"smallest": int(self.labels.min())}))
        if self.parent is not None and len(self.parent.labels) != len(self.labels):
            lengths = {"blocks": len(self.labels), "parent": len(self.parent.labels)}
            raise InputError(Finding("plan.parent.length", values=lengths))

    def __len__(self) -> int:
        return len(self.labels)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Plan, (self.labels, self.level, self.parent, dict(self.names), dict(self.colours)))

    @property
    def regions(self) -> IntArray:
        """Numbers of the regions in use, ascending; (k,) int64."""
        numbers: IntArray = np.unique(self.labels[self.labels != UNASSIGNED]).astype(np.int64)
        return numbers

    def with_labels(self, labels: LabelArray) -> Plan:
        """The same plan with other labels; names, colours, level and parent stay."""
        return replace(self, labels=labels)


def region_totals(plan: Plan, values: Any) -> dict[int, Any]:
    """Sum of a block column per region, exactly as it stands in the column's own type.

    >>> region_totals(Plan(np.array([7, 7, -1])), np.array([2, 3, 4]))
    {7: 5}
    """
    column = np.asarray(values)
    return {int(r): column[plan.labels == r].sum(axis=0).item() for r in plan.regions}
