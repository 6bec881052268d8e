"""The population a region should hold (Einwohnerziel)."""

from __future__ import annotations

from dataclasses import dataclass

from spatial.errors import Finding, InputError


@dataclass(frozen=True)
class PopulationTarget:
    """Band and aim for the residents of one region: minimum ≤ target ≤ maximum.

    >>> PopulationTarget(10_000, 12_500, 15_000).holds(15_000)
    True
    """

    minimum: int = 10_000
    target: int = 12_500
    maximum: int = 15_000

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.target <= self.maximum or self.maximum == 0:
            limits = {"minimum": self.minimum, "target": self.target, "maximum": self.maximum}
            raise InputError(Finding("target.order", values=limits))

    def holds(self, residents: int) -> bool:
        """Is a region with so many residents in the band?"""
        return self.minimum <= residents <= self.maximum
