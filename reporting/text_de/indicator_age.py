"""Words of age standardisation (Altersbereinigung)."""

from __future__ import annotations

from collections.abc import Sequence

INTRO = (
    "**Liegt ein hoher Wert nur am Alter der Bewohner?** Laden Sie Fälle und Personen je Block und Altersgruppe. Der "
    "Maßstab ist der ganze Kreis."
)
FILE = "Fälle nach Alter (CSV, XLSX)"
COLUMNS = "Spalten: `block_id; altersgruppe; faelle; personen` – je Block und Altersgruppe eine Zeile."
TABLE = ("Raum", "Fälle", "je 1.000", "direkt bereinigt", "95 %", "beobachtet : erwartet", "95 % ")
NOTE = (
    "Direkt: Rate bei der Altersverteilung des Kreises (Fay und Feuer), nie unter 10 Fällen („/“). Beobachtet : "
    "erwartet (indirekt): 1 heißt so viele Fälle, wie das Alter erwarten lässt; unter 10 Fällen exakt, sonst nach "
    "Byar. „.“ geheim."
)
REFUSED = "/"
CSV_HEADER = (
    "Raum", "Name", "Fälle", "Personen", "Rate je 1.000", "direkt", "direkt_von", "direkt_bis", "Verhältnis",
    "Verhältnis_von", "Verhältnis_bis",
)  # fmt: skip


def verdict(above: Sequence[str], below: Sequence[str]) -> str:
    """Which areas have more or fewer cases than their ages let expect.

    >>> verdict(["Raum 16"], [])
    'Mehr Fälle, als das Alter erwarten lässt: Raum 16.'
    >>> verdict([], ["Raum 11"])
    'Weniger Fälle, als das Alter erwarten lässt: Raum 11.'
    >>> verdict([], [])
    'Kein Raum hat erkennbar mehr oder weniger Fälle, als das Alter erwarten lässt.'
    """
    parts = [f"Mehr Fälle, als das Alter erwarten lässt: {', '.join(above)}."] if above else []
    start = "Weniger" if above else "Weniger Fälle, als das Alter erwarten lässt"
    parts += [f"{start}: {', '.join(below)}."] if below else []
    return " ".join(parts) or "Kein Raum hat erkennbar mehr oder weniger Fälle, als das Alter erwarten lässt."
