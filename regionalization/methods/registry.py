"""The methods a proposal can be made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Method:
    """A way to find a plan; ``effort`` multiplies the tries of the annealed search (0 = start and descent).

    ``exact`` asks for a proof in every part of at most 120 blocks.
    """

    key: str
    effort: float
    exact: bool = False


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "annealing": Method("annealing", 1.0),
        "tree": Method("tree", 0.0),
        "exact": Method("exact", 1.0, exact=True),
    }
)
