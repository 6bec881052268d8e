"""Broken rules and impossible wishes, as values that screen, command line and tests share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Remedy:
    """Something the planner can do about a violation, with its numbers (Abhilfe).

    ``code`` is one of the keys in ``reporting/text_de``, for example ``"widen_band"`` with ``{"maximum": 16897}``.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Remedy, (self.code, dict(self.values)))


@dataclass(frozen=True)
class Violation:
    """One broken rule (Verstoß) of a plan, or one that no plan can keep.

    Attributes
    ----------
    rule : ``"assigned"``, ``"contiguous"``, ``"population"``, ``"municipality"``, ``"region_count"``, ``"locked"``,
        ``"keep_together"``, ``"keep_apart"``, ``"place"``, ``"nested"``, …
    region : region number, None where the rule concerns no single region
    municipality : key of the municipality concerned, empty where none
    blocks : ids concerned, may be empty
    measured, limit : what is and what is allowed; residents for ``population``, counts elsewhere
    unavoidable : True where no plan under these constraints can keep the rule
    reason : code of why it cannot be kept, empty where it can
    remedies : what the planner can do, best first
    """

    rule: str
    region: int | None = None
    municipality: str = ""
    blocks: tuple[str, ...] = ()
    measured: float = 0
    limit: float = 0
    unavoidable: bool = False
    reason: str = ""
    remedies: tuple[Remedy, ...] = ()
