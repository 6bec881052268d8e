"""What somebody wants to take out of the house, and on which occasion (Freigabeantrag)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indicators.compute import IndicatorTable
from indicators.counts import CountTable
from spatial.arrays import IntArray

Audience = Literal["intern", "workshop", "public"]
AUDIENCES: tuple[Audience, ...] = ("intern", "workshop", "public")


@dataclass(frozen=True, eq=False)
class Candidate:
    """Figures that somebody wants to take out: nested levels of one drawing of boundaries (Freigabeantrag).

    Attributes
    ----------
    tables : from the coarsest level to the finest, same dates and indicators
    parents : for each table but the first, the index of each area's parent in the table before, −1 for none
    members : for each table, the ids of the blocks of each area; what an audit across drafts needs
    plan : fingerprint of the drawing
    names : for each table, the printed names of its areas
    withheld : areas of the finest table that are only derivable (unassigned rest): protected but never printed
    blocks : the counts of the blocks, so that the door can work out what two drawings tell together; None = unknown
    unprinted : indicators that are only looked at because they share counts with the others, and never printed
    many_tables : indicators whose name stands for different tables: an area shown before does not free it again
    """

    tables: tuple[IndicatorTable, ...]
    parents: tuple[IntArray, ...]
    members: tuple[tuple[tuple[str, ...], ...], ...]
    plan: str
    names: tuple[tuple[str, ...], ...]
    withheld: frozenset[str] = frozenset()
    blocks: CountTable | None = None
    unprinted: frozenset[str] = frozenset()
    many_tables: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Occasion:
    """Who takes figures out, for whom, why and when; time is an argument, never read from the clock."""

    audience: Audience
    released_by: str
    released_at: str
    purpose: str = ""
