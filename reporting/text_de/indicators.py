"""Words for indicators: signs of DIN 55301, levels, audiences, comparisons (Wortlaut der Indikatoren)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from reporting.numbers_de import NARROW_SPACE, count, decimal

KNOWN, MISSING, SUPPRESSED, NOT_APPLICABLE = 1, 2, 4, 8
SIGNS: Mapping[int, str] = {MISSING: "...", SUPPRESSED: ".", NOT_APPLICABLE: "x"}
ZERO = "–"
SIGN_MEANING: Mapping[str, str] = {
    "–": "genau null",
    ".": "geheim zu halten",
    "...": "Angabe fehlt oder liegt noch nicht vor",
    "x": "Aussage nicht sinnvoll",
}
LEVELS: Mapping[str, str] = {
    "kreis": "Kreis",
    "gemeinde": "Gemeinde",
    "sozialraum": "Sozialraum",
    "quartier": "Quartier",
    "block": "Block",
}
AUDIENCES: Mapping[str, str] = {
    "intern": "intern – vertraulich",
    "workshop": "für die Arbeitsgruppe freigegeben",
    "public": "öffentlich freigegeben",
}
POLARITY: Mapping[int, str] = {
    -1: "Ein höherer Wert bedeutet mehr Belastung.",
    0: "Der Wert beschreibt Rahmenbedingungen und ist weder gut noch schlecht.",
    1: "Ein höherer Wert ist günstiger.",
}
KINDS: Mapping[str, str] = {
    "count": "Anzahl",
    "density": "Dichte",
    "proportion": "Anteil",
    "rate": "Rate",
    "ratio": "Verhältnis",
    "balance": "Saldo",
    "supply": "Angebot",
    "mean": "Durchschnitt",
    "model": "Modellrechnung",
}
METHODS: Mapping[str, str] = {
    "count": "Die Fallzahlen der Blöcke werden zusammengezählt.",
    "density": "Zähler durch Fläche; ohne Vertrauensbereich.",
    "proportion": "Zähler durch Nenner; 95-%-Vertrauensbereich nach Wilson.",
    "rate": "Fälle je Personen; 95-%-Vertrauensbereich exakt (Poisson) unter 10 Fällen, ab 10 nach Byar.",
    "ratio": "Zähler durch Nenner; 95-%-Vertrauensbereich exakt (Poisson) unter 10 Fällen, ab 10 nach Byar.",
    "balance": "Saldo durch Nenner; ohne Vertrauensbereich, weil nur der Saldo vorliegt.",
    "supply": "Angebot durch Personen; ohne Vertrauensbereich, weil das Angebot keine Stichprobe ist.",
    "mean": "Summe durch Anzahl; ohne Vertrauensbereich, weil die Streuung nicht vorliegt.",
    "model": "Modellrechnung aus Bevölkerung und Quoten; ohne Vertrauensbereich.",
}
MODELLED = "Modellierter Wert, keine Zählung."
SMOOTHED = "Geglättet (empirisches Bayes-Verfahren): nur zur Ansicht, nicht zur Verteilung von Mitteln."
VERDICTS: Mapping[str, str] = {
    "higher": "liegt erkennbar über dem Kreis",
    "lower": "liegt erkennbar unter dem Kreis",
    "same": "unterscheidet sich nicht erkennbar vom Kreis",
    "unknown": "lässt sich nicht mit dem Kreis vergleichen",
}
CHANGES: Mapping[str, str] = {
    "higher": "ist erkennbar gestiegen",
    "lower": "ist erkennbar gesunken",
    "same": "hat sich nicht erkennbar verändert",
    "unknown": "lässt sich nicht mit dem früheren Stichtag vergleichen",
}
EARLY_WARNING = "Frühwarnung: drei Stichtage in Folge ungünstiger als der Kreis."
NATIONAL = "orientiert an KGSt-Materialien Nr. 4/2009"

TABLE_HEADER = (
    "Ebene", "Schlüssel", "Name", "Stichtag", "Indikator", "Bezeichnung", "Wert", "Untergrenze", "Obergrenze", "Zähler",
    "Nenner", "Einheit", "Quelle",
)  # fmt: skip
SHEET_VALUES, SHEET_SOURCES, SHEET_NOTES = "Werte", "Indikatoren", "Hinweise"
SOURCES_HEADER = (
    "Indikator", "Bezeichnung", "Zähler", "Nenner", "Einheit", "Quelle", "Rechtsgrundlage", "Zeitbezug", "Deutung",
    "Grenzen", "Fassung",
)  # fmt: skip
NOTES = (
    "Kleine Zahlen werden geheim gehalten; geheime Zellen enthalten keinen Wert.",
    "Gespeichert sind Fallzahlen; Anteile entstehen erst aus den Summen eines Raums.",
)


def value_text(value: float, *, state: int, digits: int = 1) -> str:
    """A value in German writing, or the sign that says why there is none; exactly zero is a dash.

    >>> value_text(12.345, state=1), value_text(0.0, state=1), value_text(float("nan"), state=4)
    ('12,3', '–', '.')
    """
    if state != KNOWN or not math.isfinite(value):
        return SIGNS.get(state, SIGNS[MISSING])
    return ZERO if value == 0 else decimal(value, digits)


def digits_of(kind: str, per: float) -> int:
    """Decimals of a printed value: ratios per single person need two.

    >>> digits_of("proportion", 100), digits_of("ratio", 1)
    (1, 2)
    """
    return 2 if kind == "ratio" and per == 1 else 1


def figure_text(kind: str, per: float, value: float, *, state: int) -> str:
    """A value as its kind is printed: plain numbers whole, others with their digits; without a unit.

    >>> figure_text("count", 1, 14998.0, state=1), figure_text("proportion", 100, 12.3, state=1)
    ('14.998', '12,3')
    """
    if kind == "count":
        return count_text(value, state=state)
    return value_text(value, state=state, digits=digits_of(kind, per))


def count_text(value: float, *, state: int) -> str:
    """A count in German writing, or the sign that says why there is none.

    >>> count_text(1250.0, state=1), count_text(float("nan"), state=2)
    ('1.250', '...')
    """
    return count(value) if state == KNOWN and math.isfinite(value) else SIGNS.get(state, SIGNS[MISSING])


def interval_text(low: float, high: float, *, state: int, digits: int = 1) -> str:
    """The interval in German writing; empty for kinds without one.

    >>> interval_text(10.2, 13.8, state=1)
    '10,2 bis 13,8'
    """
    if state != KNOWN or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{decimal(low, digits)} bis {decimal(high, digits)}"


def with_unit(text: str, unit: str) -> str:
    """A printed value with its unit; a sign stands alone.

    >>> with_unit("12,3", "%").replace("\u202f", " "), with_unit(".", "%")
    ('12,3 %', '.')
    """
    return text if text in SIGN_MEANING else f"{text}{NARROW_SPACE}{unit}"


def level_name(level: str, key: str, *, name: str = "") -> str:
    """What an area is called on screen and paper.

    >>> level_name("sozialraum", "7"), level_name("kreis", "kreis"), level_name("gemeinde", "0537", name="Wegberg")
    ('Raum 7', 'Kreis', 'Wegberg')
    """
    if level == "kreis":
        return name if name and name != "kreis" else "Kreis"
    if name and name != key:
        return name
    return f"Raum {key}" if level == "sozialraum" else f"{LEVELS.get(level, level)} {key}"


_AREAS: Mapping[str, tuple[str, str]] = {
    "sozialraum": ("Raum", "Räume"),
    "quartier": ("Quartier", "Quartiere"),
    "block": ("Block", "Blöcke"),
    "gemeinde": ("Gemeinde", "Gemeinden"),
    "kreis": ("Kreis", "Kreise"),
}


def area_count(level: str, number: int) -> str:
    """How many areas of a level, for a legend.

    >>> area_count("sozialraum", 1), area_count("block", 1672)
    ('1 Raum', '1.672 Blöcke')
    """
    return f"{count(number)} {_AREAS[level][number != 1]}"


MAP_ZERO = "genau null (–)"
MAP_SECRET = "geheim (.)"
MAP_MISSING = "keine Angabe (...)"
MAP_NOT_APPLICABLE = "nicht sinnvoll (x)"
CLASS_METHODS: Mapping[str, str] = {
    "quantile": "gleich viele Räume je Klasse (Quantile)",
    "natural": "natürliche Grenzen (Jenks)",
    "equal": "gleiche Abstände",
    "deviation": "Standardabweichungen vom Mittel",
    "fixed": "feste Grenzen",
}
REFERENCE: Mapping[str, str] = {"date": "Stichtag", "period": "Zeitraum"}
GENERATED = "Diese Seiten entstehen aus `indicators/catalogue.toml` mit `python docs/indicators/generate.py`."
