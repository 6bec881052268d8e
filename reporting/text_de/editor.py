"""Words of the map and the editor (Karte, Bearbeiten)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reporting.numbers_de import whole

MAP: Mapping[str, str] = MappingProxyType(
    {
        "zoom_in": "Näher",
        "zoom_out": "Weiter weg",
        "whole": "Ganzen Kreis zeigen",
        "loading": "Die Karte wird gezeichnet …",
        "failed": "Die Karte konnte nicht geladen werden. Prüfen Sie die Verbindung, die Seite versucht es weiter.",
        "legend": "Legende",
        "keys": "Pfeiltasten verschieben die Karte, Plus und Minus ändern den Maßstab.",
    }
)

SERVING = "Raumwerk läuft. Öffnen Sie im Browser"
SERVER_HELP: Mapping[str, str] = MappingProxyType(
    {"description": "Startet die App.", "address": "0.0.0.0 öffnet die App im ganzen Haus."}
)


def plan_description(regions: int) -> str:
    """The accessible name of a map of a plan.

    >>> plan_description(20)
    'Karte des Zuschnitts mit 20 Räumen. Die Tabelle der Räume nennt dieselben Zahlen.'
    """
    return f"Karte des Zuschnitts mit {whole(regions)} Räumen. Die Tabelle der Räume nennt dieselben Zahlen."


def region_tooltip(name: str, residents: int, sign: str) -> str:
    """What stands at the pointer over a region.

    >>> region_tooltip("Raum 7", 12345, "✓")
    'Raum 7\\n12.345 Einwohner ✓'
    """
    return f"{name}\n{whole(residents)} Einwohner {sign}"
