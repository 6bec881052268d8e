"""Sentences about the counts of a project, the list of releases and the effect of a draft on the indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reporting.numbers_de import count, decimal, whole

COUNTS = "Fallzahlen"
COUNTS_NONE = "Zu diesem Kreis liegen keine Fallzahlen vor."
COUNTS_EXAMPLE = "Es gelten die erfundenen Fallzahlen des Musterkreises."
COUNTS_INTRO = (
    "Laden Sie eine Tabelle mit Blockschlüssel, Stichtag, Zählern und Nennern. Die Zahlen bleiben in der Projektdatei."
)
COUNTS_FILE = "Fallzahlen (CSV, XLSX oder GeoPackage mit der Ebene „counts“)"
COUNTS_MODELLED = "Diese Zahlen sind geschätzt (modelliert), nicht gezählt"
COUNTS_TAKE, COUNTS_REPLACE = "Fallzahlen übernehmen", "Fallzahlen ersetzen"
COUNTS_TAKEN = "Die Fallzahlen sind übernommen und bleiben in der Projektdatei."
COUNTS_SAME = "Die Datei enthält dieselben Fallzahlen wie das Projekt. Es ist nichts zu ersetzen."
COUNTS_CHANGE = "Das ändert sich"
COUNTS_REPLACED_NOTE = "Die bisherigen Fallzahlen werden ersetzt; ihre Herkunft bleibt verzeichnet."
COUNTS_ROWS = ("Datei", "Prüfsumme", "Gebietsstand", "Übernommen", "Umfang", "Art")
CATALOGUE = "Eigene Indikatoren"
CATALOGUE_INTRO = (
    "Ein Kreis kann den Katalog um eigene Indikatoren ergänzen: eine TOML-Datei mit demselben Aufbau wie der "
    "mitgelieferte Katalog. Laden Sie sie vor den Fallzahlen; sie bleibt in der Projektdatei."
)
CATALOGUE_FILE = "Katalog des Kreises (TOML)"
CATALOGUE_TAKE = "Katalog übernehmen"
CATALOGUE_TAKEN = "Der Katalog ist übernommen. Seine Indikatoren gelten ab jetzt für Fallzahlen und Kennzahlen."
CATALOGUE_SAME = "Dieser Katalog gilt bereits."
COUNTED, ESTIMATED = "gezählt", "geschätzt (modelliert)"
EARLIER = "Frühere Fallzahlen"

WHO = "Ihr Name (für das Freigabeverzeichnis)"
NOBODY = "ohne Namen"
LEDGER = "Freigabeverzeichnis"
LEDGER_INTRO = (
    "Jede Zahl, die das Haus verlassen hat: wer, wann, für wen, wozu. Die Liste wird nur fortgeschrieben und enthält "
    "selbst keine Werte. Vor jeder Freigabe wird geprüft, was zusammen mit früheren Freigaben zu erkennen wäre."
)
LEDGER_EMPTY = "Bisher wurde nichts freigegeben."
LEDGER_DOWNLOAD = "Verzeichnis als JSON"
LEDGER_TABLE = ("Nr.", "Zeit", "Person", "Für wen", "Zweck", "Zuschnitt", "Stichtage", "Ebenen", "gezeigt", "geheim")

EFFECT = "Wirkung auf die Kennzahlen"
EFFECT_NONE = "Kein Raum ändert seine Blöcke. Die Kennzahlen bleiben, wie sie sind."
EFFECT_NO_COUNTS = "Für die Wirkung auf die Kennzahlen fehlen Fallzahlen. Laden Sie sie auf der Seite „Daten“."
EFFECT_NO_TEST = "ohne Vergleichstest"
EFFECT_SECRET = "geheim zu halten"
EFFECT_GONE, EFFECT_NEW = "aufgelöst", "neu"
EFFECT_CORE = "Kernkennzahlen"
EFFECT_ONLY = "nur erkennbare Unterschiede zeigen"
EFFECT_INDICATOR = "Kennzahl auf der Karte"
EFFECT_VIEW = "Kennzahlen"
EFFECT_COLUMNS: Mapping[str, str] = {
    "region": "Raum",
    "indicator": "Kennzahl",
    "before": "vorher (95-%-Bereich)",
    "after": "nachher (95-%-Bereich)",
    "sentence": "Unterschied",
}
EFFECT_NOTE = (
    "Verglichen wird derselbe Raum vor und nach der Änderung; Blöcke, die in beiden liegen, zählen nicht als "
    "Unterschied. Über alle Kennzahlen aller geänderten Räume gilt eine Falschmeldequote von 5 %. Geheim bleibt ein "
    "Wert auch dann, wenn er zusammen mit dem vorherigen Zuschnitt eine kleine Zahl verraten würde."
)
EFFECT_LEGEND: Mapping[str, str] = {
    "higher": "steigt erkennbar",
    "lower": "sinkt erkennbar",
    "same": "nicht erkennbar anders",
    "secret": "geheim oder ohne Wert",
    "new": "neuer oder aufgelöster Raum",
    "untouched": "unverändert",
}
EFFECT_COLOURS = ("#b2182b", "#2166ac", "#d9cfa8", "#9e9e9e", "#7b5ea7", "#e6ebe8")
START = "Stand zu Beginn dieser Fassung"


def taken(when: str, who: str) -> str:
    """When and by whom, from an ISO time.

    >>> taken("2026-03-02T08:05:00Z", "Kern")
    '02.03.2026, 08:05 Uhr (UTC), Kern'
    """
    day, clock = when[:10].split("-") if len(when) >= 10 else ("", "", ""), when[11:16]
    return f"{'.'.join(reversed(list(day)))}, {clock} Uhr (UTC)" + (f", {who}" if who else "")


def extent(blocks: int, indicators: int, dates: Sequence[str]) -> str:
    """How much there is.

    >>> extent(2000, 1, ["2022-12-31"])
    '2.000 Blöcke, 1 Indikator, Stichtage 31.12.2022'
    """
    word = "Indikator" if indicators == 1 else "Indikatoren"
    days = ", ".join(".".join(reversed(day.split("-"))) for day in dates)
    return f"{whole(blocks)} Blöcke, {whole(indicators)} {word}, Stichtage {days}"


def catalogue_line(name: str, when: str, own: Sequence[str]) -> str:
    """Which catalogue holds beside the standard one.

    >>> catalogue_line("kreis.toml", "02.03.2026, 08:05 Uhr (UTC), Kern", ["ERW01", "ERW02"])
    'kreis.toml (02.03.2026, 08:05 Uhr (UTC), Kern): ERW01, ERW02'
    """
    return f"{name} ({when}): {', '.join(own)}"


def change_lines(
    dates: tuple[Sequence[str], Sequence[str]],
    indicators: tuple[Sequence[str], Sequence[str]],
    *,
    cells: int,
    blocks: int,
) -> list[str]:
    """What new counts change, line by line; (new, gone) dates and indicators.

    >>> change_lines((["2024-12-31"], []), ([], ["EIN02"]), cells=3, blocks=2)
    ['neue Stichtage: 31.12.2024', 'Indikatoren fallen weg: EIN02', '3 Zahlen in 2 Blöcken sind anders']
    """
    german = [[".".join(reversed(day.split("-"))) for day in days] for days in dates]
    lines = [
        f"{words}: {', '.join(keys)}"
        for words, keys in (
            ("neue Stichtage", german[0]),
            ("Stichtage fallen weg", german[1]),
            ("neue Indikatoren", indicators[0]),
            ("Indikatoren fallen weg", indicators[1]),
        )
        if keys
    ]
    number = "1 Zahl ist" if cells == 1 else f"{whole(cells)} Zahlen"
    place = "1 Block" if blocks == 1 else f"{whole(blocks)} Blöcken"
    changed = f"{number} in {place} anders" if cells == 1 else f"{number} in {place} sind anders"
    return [*lines, *([changed] if cells else [])]


def total_line(name: str, date: str, before: float, after: float) -> str:
    """A total that changes.

    >>> total_line("Kinderarmut", "2022-12-31", 120, 131)
    'Kinderarmut (31.12.2022): Summe der Zähler 120, neu 131'
    """
    day = ".".join(reversed(date.split("-")))
    return f"{name} ({day}): Summe der Zähler {_number(before)}, neu {_number(after)}"


def _number(value: float) -> str:
    return count(value) if float(value).is_integer() else decimal(value, 1)


def effect_sentence(verdict: str, difference: str) -> str:
    """Whether a difference is recognisable, in words.

    >>> effect_sentence("same", "+0,2")
    'unterscheidet sich nicht erkennbar (+0,2)'
    >>> effect_sentence("higher", "+3,1")
    'steigt erkennbar (+3,1)'
    """
    words = {
        "higher": "steigt erkennbar",
        "lower": "sinkt erkennbar",
        "same": "unterscheidet sich nicht erkennbar",
        "untested": EFFECT_NO_TEST,
    }
    return f"{words[verdict]} ({difference})"


def effect_summary(regions: int, recognisable: int, cells: int) -> str:
    """The effect of a draft in one sentence.

    >>> effect_summary(2, 0, 18)
    '2 Räume ändern sich. Keine der 18 Kennzahlen unterscheidet sich erkennbar.'
    >>> effect_summary(1, 1, 18)
    '1 Raum ändert sich. 1 von 18 Kennzahlen unterscheidet sich erkennbar.'
    """
    first = "1 Raum ändert sich" if regions == 1 else f"{whole(regions)} Räume ändern sich"
    if recognisable == 0:
        return f"{first}. Keine der {whole(cells)} Kennzahlen unterscheidet sich erkennbar."
    verb = "unterscheidet" if recognisable == 1 else "unterscheiden"
    return f"{first}. {whole(recognisable)} von {whole(cells)} Kennzahlen {verb} sich erkennbar."


def effect_description(indicator: str) -> str:
    """What the difference map shows, for a screen reader.

    >>> effect_description("Kinderarmut")
    'Karte der Räume: wie sich „Kinderarmut“ durch den neuen Zuschnitt ändert'
    """
    return f"Karte der Räume: wie sich „{indicator}“ durch den neuen Zuschnitt ändert"
