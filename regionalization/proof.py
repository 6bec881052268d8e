"""What is proven about a proposal (Nachweis): best, impossible, at most so far from the best, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PartProof:
    """What is proven about one part.

    Attributes
    ----------
    kind : ``"optimal"``, ``"infeasible"``, ``"bound"`` (a bound is known, more is not) or ``"open"``
    over : energy above the bound, ≥ 0; by no more could another division in the band be better
    """

    kind: str = "open"
    over: float = 0.0


@dataclass(frozen=True)
class Proof:
    """What is proven about a proposal, counted in parts (municipalities, or connected pieces of them).

    Attributes
    ----------
    optimal : parts whose division is proven to be the best one in the band
    infeasible : parts proven to have no division in the band
    bounded : parts for which only a bound is known; open : parts for which nothing is known
    gap : share of the energy (0–1) by which a better plan could at most be better; None where no bound is known
    """

    optimal: int
    infeasible: int
    bounded: int
    open: int
    gap: float | None


def proof_of(parts: Sequence[PartProof], energy: float) -> Proof:
    """Put together what is proven about the parts of a plan of so much energy.

    >>> proof_of([PartProof("optimal"), PartProof("bound", 2.0)], 100.0)
    Proof(optimal=1, infeasible=0, bounded=1, open=0, gap=0.02)
    >>> proof_of([PartProof("optimal"), PartProof()], 100.0).gap is None
    True
    """
    kinds = [part.kind for part in parts]
    unknown = kinds.count("open") + kinds.count("infeasible")
    over = sum(part.over for part in parts)
    gap = None if unknown else 0.0 if over <= 0 else min(over / energy, 1.0) if energy > 0 else None
    return Proof(kinds.count("optimal"), kinds.count("infeasible"), kinds.count("bound"), kinds.count("open"), gap)
