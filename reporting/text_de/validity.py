"""Words of the validity meter on the page Methode (Aussagekraft)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from reporting.numbers_de import NARROW_SPACE, count, decimal, whole
from reporting.text_de.indicator_rooms import german_date

TITLE = "Aussagekraft: Was die Größe eines Raums erlaubt"
TABLE = ("Raum mit", "davon in der Gruppe", "Wert ungewiss um", "Das heißt")
GRADES: Mapping[str, str] = {
    "good": "Unterschiede von wenigen Punkten sind erkennbar",
    "limited": "nur größere Unterschiede sind erkennbar",
    "weak": "der Wert dient nur der Orientierung",
}
NOTE = (
    "Halbe Breite des 95-%-Bereichs, wenn der Raum so zusammengesetzt ist wie der Kreis. Bis ±2 Punkte gut, bis ±4 "
    "eingeschränkt. Bei Raten steht in Klammern, welcher Teil des Werts das ist."
)
NOT_YET = (
    "Wie genau der Indikator in Ihren Räumen ist, steht hier, sobald ein Zuschnitt und Fallzahlen zu diesem Indikator "
    "vorliegen."
)
NO_INTERVAL = "Für diese Art von Wert gibt es keinen Vertrauensbereich und damit keine Aussagekraft nach Raumgröße."


def residents(number: int) -> str:
    """A size in the first column.

    >>> residents(10_000).replace("\u202f", " ")
    '10.000 Einwohnern'
    """
    return f"{whole(number)} Einwohnern"


def group(number: float) -> str:
    """How many are expected in the group behind the quotient.

    >>> group(1301.4)
    'rund 1.300'
    """
    digits = max(0, math.floor(math.log10(number)) - 1) if number >= 1 else 0
    return f"rund {count(round(number / 10**digits) * 10**digits)}"


def half_width(width: float, unit: str, value: float) -> str:
    """Half an interval; in points for shares, otherwise in the unit and as a part of the value.

    >>> half_width(1.77, "%", 12.0).replace("\u202f", " "), half_width(6.0, "je 1.000", 24.0).replace("\u202f", " ")
    ('±1,8 Punkte', '±6,0 je 1.000 (25 %)')
    """
    if unit == "%":
        return f"±{decimal(width, 1)}{NARROW_SPACE}Punkte"
    part = f" ({decimal(100 * width / value, 0)}{NARROW_SPACE}%)" if value else ""
    return f"±{decimal(width, 2 if width < 1 else 1)}{NARROW_SPACE}{unit}{part}"


def told_apart(number: int, judged: int, *, date: str, widths: tuple[str, str]) -> str:
    """How many regions of the drawing differ recognisably from the rest of the county.

    >>> told_apart(15, 21, date="2022-12-31", widths=("±1,2 Punkte", "±2,0 Punkte"))[:78]
    'Im Zuschnitt auf dem Tisch unterscheiden sich 15 von 21 Sozialräumen erkennbar'
    """
    verb = "unterscheidet sich" if number == 1 else "unterscheiden sich"
    first = whole(number) if number else "keine"
    between = widths[0] if widths[0] == widths[1] else f"{widths[0]} bis {widths[1]}"
    return (
        f"Im Zuschnitt auf dem Tisch {verb} {first} von {whole(judged)} Sozialräumen erkennbar vom übrigen Kreis "
        f"(Stand {german_date(date)}). Dort sind die Werte ungewiss um {between}."
    )
