"""Words about the Quartiere of the page Indikatoren: proposed, or brought along in a file."""

from __future__ import annotations

from reporting.numbers_de import whole

TITLE = "Eigene Quartiere verwenden"
FILE = "Tabelle mit Block und Quartier (plan_quartiere.csv)"
HINT = (
    "Spalten `block_id` und `quartier`, wie `raumwerk propose --quartiere` sie schreibt. Jedes Quartier liegt in einem "
    "Sozialraum. Karte, Zahlen und Häufungen gelten dann für diese Quartiere."
)
NO_COLUMN = (
    "Die Tabelle hat keine Spalte „quartier“, oder kein Block dieses Kreises steht darin. Nehmen Sie die Datei "
    "plan_quartiere.csv zu diesem Zuschnitt."
)
BACK = "Wieder die vorgeschlagenen Quartiere"
TAKEN_BACK = "Es gelten wieder die vorgeschlagenen Quartiere."
OUTDATED = (
    "Ihre Quartiere passen nicht mehr zum Zuschnitt: Mindestens eines läge in zwei Sozialräumen. Gezeigt werden die "
    "vorgeschlagenen."
)


def taken(number: int) -> str:
    """The file's Quartiere are in use.

    >>> taken(64)
    'Die 64 Quartiere Ihrer Datei gelten jetzt.'
    """
    return f"Die {whole(number)} Quartiere Ihrer Datei gelten jetzt."


def brought(number: int) -> str:
    """Whose Quartiere the map shows.

    >>> brought(64)
    'Gezeigt sind die 64 Quartiere aus Ihrer Datei.'
    """
    return f"Gezeigt sind die {whole(number)} Quartiere aus Ihrer Datei."
