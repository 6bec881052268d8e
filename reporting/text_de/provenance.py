"""Where figures and shapes come from, in words: below maps, beside tables, in every file that leaves the house."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reporting.numbers_de import decimal, whole

TITLE = "Herkunft"
SHEET = "Herkunft"
UNKNOWN = "Quelle nicht angegeben"
HEADER = ("Datei oder Adresse", "Ebene", "Stichtag", "Quellenvermerk", "Bearbeitung", "Prüfsumme (SHA-256)")
MODELLED = "geschätzt (modelliert), nicht gezählt"
CSV_COMPANION = "Herkunft der Datei {name}\n"
SAMPLE_LICENCE = (
    "Erfundene Daten (Musterkreis); Eckwerte: Gemeindeverzeichnis GV100AD, Statistische Ämter des Bundes und der Länder"
)
_REPAIRED = {
    "make_valid": "fehlerhafte Flächen gültig gemacht",
    "snap": "Eckpunkte bis 5 cm zusammengelegt",
    "clean": "Überlappungen und Lücken unter 1 m bereinigt",
    "drop_empty": "Zeilen ohne Fläche und ohne Einwohner weggelassen",
}
_STEPS: Mapping[str, str] = {
    "join": "Tabelle „{0}“ über den Schlüssel angefügt",
    "fetch": "von der amtlichen Adresse geladen",
    "gap": "Blöcke über Straßen bis {0} m als benachbart angesehen",
    "barriers": "{0} Nachbarschaften durch Barrieren geschlossen",
    "bridges": "{0} Verbindungen erklärt",
    "cells": "Blöcke aus Zensuszellen ({0} m) und Gemeindegrenzen gebildet, mindestens {1} Einwohner",
    "lines": "Blockgrenzen folgen gegebenen Linien",
    "totals": "auf amtliche Gemeindesummen gebracht",
    "raster": "Einwohner aus dem Raster „{0}“ auf Flächen gebracht",
    "service": "Dienst {0}, {1} Objekte",
    "crosswalk": "mit Umsteigeschlüssel „{0}“ auf anderen Gebietsstand umgerechnet",
}
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def step(code: str) -> str:
    """One step of the history of a layer in words; a code without words is shown as it is.

    >>> step("crs 4326 25832"), step("repair.clean 1200")
    ('umgerechnet von EPSG 4326 nach 25832', 'Überlappungen und Lücken unter 1 m bereinigt: 1.200 Blöcke')
    >>> step("gap 15.0"), step("join einwohner.csv")
    ('Blöcke über Straßen bis 15 m als benachbart angesehen', 'Tabelle „einwohner.csv“ über den Schlüssel angefügt')
    """
    kind, *values = code.split(" ")
    if kind == "crs":
        known = f" von EPSG {values[0]}" if values[0] != "None" else ""
        return f"umgerechnet{known} nach {values[1]}"
    if kind.startswith("repair."):
        count = int(values[0])
        return (
            f"{_REPAIRED.get(kind.removeprefix('repair.'), kind)}: {whole(count)} {'Block' if count == 1 else 'Blöcke'}"
        )
    if kind in ("join", "raster", "crosswalk"):
        return _STEPS[kind].format(" ".join(values))
    return _STEPS[kind].format(*(_number(value) for value in values)) if kind in _STEPS else code


def steps(codes: Sequence[str]) -> str:
    """The history of a layer in one line.

    >>> steps(["fetch", "totals"]), steps([])
    ('von der amtlichen Adresse geladen; auf amtliche Gemeindesummen gebracht', 'unverändert')
    """
    return "; ".join(step(code) for code in codes) or "unverändert"


def date(text: str) -> str:
    """A reference date as people write it here; other texts stay as they are.

    >>> date("2022-12-31"), date("31.12. des Vorjahres")
    ('31.12.2022', '31.12. des Vorjahres')
    """
    return _ISO_DATE.sub(r"\3.\2.\1", text)


def source_line(licences: Sequence[str], reference_date: str) -> str:
    """The line that stands below every map and table.

    >>> source_line(["© Kreis Heinsberg"], "2022-12-31")
    'Quelle: © Kreis Heinsberg. Stand: 31.12.2022.'
    >>> source_line([], "")
    'Quelle nicht angegeben.'
    """
    source = f"Quelle: {'; '.join(licences)}." if licences else f"{UNKNOWN}."
    return f"{source} Stand: {date(reference_date)}." if reference_date else source


def companion(name: str, rows: Sequence[Sequence[str]]) -> str:
    """The text file beside a table that may hold nothing but its columns.

    Parameters
    ----------
    rows : one row per source, cells as in ``HEADER``

    >>> print(companion("plan.csv", [("a.gpkg", "", "31.12.2022", "© Kreis", "unverändert", "")]))
    Herkunft der Datei plan.csv
    <BLANKLINE>
    Datei oder Adresse: a.gpkg
    Stichtag: 31.12.2022
    Quellenvermerk: © Kreis
    Bearbeitung: unverändert
    <BLANKLINE>
    """
    blocks = ["".join(f"{n}: {v}\n" for n, v in zip(HEADER, row, strict=True) if v) for row in rows]
    return CSV_COMPANION.format(name=name) + "".join(f"\n{block}" for block in blocks)


def _number(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    return whole(value) if value == round(value) else decimal(value)
