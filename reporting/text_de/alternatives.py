"""Sentences that set several proposals side by side (Varianten)."""

from __future__ import annotations

from collections.abc import Sequence

from regionalization.compare import Difference
from regionalization.proposal import Proposal
from reporting.numbers_de import share, whole
from reporting.text_de.rules import STRENGTHS

COLUMNS = {
    "number": "Vorschlag",
    "in_band": "Räume im Band",
    "strength": "am besten bei",
    "distance": "anders als alle davor",
    "gap": "schlechter als der beste um",
    "mean_deviation": "Abweichung vom Ziel",
    "polsby_popper": "Kompaktheit",
    "ssd_ratio": "Ungleichheit in den Räumen",
    "cut_m": "innere Grenzen",
    "places_cut": "durchschnittene Orte",
    "moved": "anders als Vorschlag 1",
}
EXPLAINED = (
    "„Anders als alle davor“: Abstand zum ähnlichsten Vorschlag weiter oben; 0\u202f% ist derselbe Zuschnitt, "
    "100\u202f% so verschieden wie zwei zufällige. „Schlechter als der beste um“: nach den Gewichten der Vorgaben, "
    "alles zusammen."
)
MOVES = "Welche Räume abgeben und aufnehmen"
COMPARE_WITH = "Vorschlag auf dem Tisch vergleichen mit"


def name(number: int) -> str:
    """What a proposal is called, counting from 1.

    >>> name(0)
    'Vorschlag 1'
    """
    return f"Vorschlag {number + 1}"


def strength(proposal: Proposal) -> str:
    """In what a proposal is the best of its set; a dash where it is the best in nothing."""
    return ", ".join(STRENGTHS[code] for code in proposal.extra.get("strengths", ())) or "–"


def left_out(proposals: Sequence[Proposal]) -> str:
    """Why fewer proposals are there than were asked for: the same plan came out again; empty where none did."""
    again = sum(int(proposal.extra.get("same", 0)) for proposal in proposals)
    if not again:
        return ""
    asked = whole(int(proposals[0].extra["count"]))
    one = (
        "einer davon glich einem anderen und ist"
        if again == 1
        else f"{whole(again)} davon glichen einem anderen und sind"
    )
    return f"Gesucht wurden {asked} Vorschläge; {one} weggelassen. Die Vorgaben lassen hier wenig Spielraum."


def on_table(number: int, other: int) -> str:
    """Heading over the comparison of the proposal on the table with another.

    >>> on_table(2, 0)
    'Vorschlag 3 gegenüber Vorschlag 1'
    """
    return f"{name(number)} gegenüber {name(other)}"


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
