"""Sentences that set several proposals side by side (Varianten)."""

from __future__ import annotations

from collections.abc import Sequence

from regionalization.compare import Difference
from regionalization.proposal import Proposal
from reporting.numbers_de import share, whole

COLUMNS = {
    "number": "Vorschlag",
    "in_band": "Räume im Band",
    "polsby_popper": "Kompaktheit",
    "ssd_ratio": "Ungleichheit in den Räumen",
    "cut_m": "innere Grenzen",
    "places_cut": "durchschnittene Orte",
    "moved": "Einwohner anders als in Vorschlag 1",
    "strength": "am besten bei",
}

_STRENGTHS = (
    ("polsby_popper", -1, "Kompaktheit"),
    ("ssd_ratio", 1, "Gleichartigkeit"),
    ("cut_m", 1, "kurze Grenzen"),
    ("places_cut", 1, "ganze Orte"),
)


def name(number: int) -> str:
    """What a proposal is called, counting from 1.

    >>> name(0)
    'Vorschlag 1'
    """
    return f"Vorschlag {number + 1}"


def strength(number: int, proposals: Sequence[Proposal]) -> str:
    """The measures in which one proposal is better than all others; a dash where there is none."""
    found = []
    for key, sign, words in _STRENGTHS:
        values = [sign * proposal.scores.get(key, 0.0) for proposal in proposals]
        others = [value for i, value in enumerate(values) if i != number]
        if others and values[number] < min(others):
            found.append(words)
    return ", ".join(found) or "–"


def difference(found: Difference, residents: int) -> str:
    """How far a plan is from another, in one sentence.

    >>> difference(Difference(("a",), 1200, {}, (), (), 0.9), 12000).replace(chr(0x202f), " ")
    '1 Block mit 1.200 Einwohnern läge in einem anderen Raum (10,0 % des Kreises).'
    """
    n = len(found.blocks)
    if not n:
        return "Beide Zuschnitte sind gleich."
    blocks = "1 Block" if n == 1 else f"{whole(n)} Blöcke"
    verb = "läge" if n == 1 else "lägen"
    part = share(found.residents / max(residents, 1))
    return f"{blocks} mit {whole(found.residents)} Einwohnern {verb} in einem anderen Raum ({part} des Kreises)."
