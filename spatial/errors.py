"""What is wrong with an input (Befund), as a value that can be shown, counted and tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Severity = Literal["error", "question", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or worth knowing about an input (Befund).

    Attributes
    ----------
    code : stable key, for example ``"blocks.id.duplicate"``; its German sentence stands in ``reporting/text_de``
    severity : ``"error"`` the input cannot be used, ``"question"`` somebody must choose,
        ``"warning"`` usable but suspicious, ``"note"`` said for information
    where : ids, row numbers or column names concerned, as text; may be shortened for display, never here
    values : the measured numbers and names that the sentence needs
    """

    code: str
    severity: Severity = "error"
    where: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Finding, (self.code, self.severity, self.where, dict(self.values)))


class InputError(ValueError):
    """The input cannot be used; carries every finding at once, never only the first.

    >>> InputError(Finding("blocks.id.duplicate", where=("04-117",))).findings[0].where
    ('04-117',)
    """

    def __init__(self, *findings: Finding) -> None:
        self.findings: tuple[Finding, ...] = findings
        super().__init__("; ".join(f"{f.code} {list(f.where[:3])} {dict(f.values)}" for f in findings))

    def __reduce__(self) -> tuple[Any, ...]:
        return (InputError, self.findings)


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that forbid going on: errors and open questions.

    >>> blocking((Finding("a", "note"), Finding("b", "error")))[0].code
    'b'
    """
    return tuple(f for f in findings if f.severity in ("error", "question"))
