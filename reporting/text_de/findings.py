"""What is wrong with an input, in three short sentences: what, where, what now."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping
from typing import Any

from reporting.numbers_de import decimal, whole
from reporting.text_de import (
    findings_demands,
    findings_files,
    findings_indicators,
    findings_plans,
    findings_tables,
    findings_work,
)
from spatial.errors import Finding

_OPTION = re.compile(r" \(Kommandozeile: [^)]*\)")
SHOWN = 5  # names shown before „und … weitere“

SENTENCES: Mapping[str, str] = {
    **findings_demands.SENTENCES,
    **findings_files.SENTENCES,
    **findings_indicators.SENTENCES,
    **findings_plans.SENTENCES,
    **findings_tables.SENTENCES,
    **findings_work.SENTENCES,
}

SEVERITY = {"error": "Fehler", "question": "Frage", "warning": "Warnung", "note": "Hinweis"}

_CODES = ("from", "to", "epsg", "guess")

_REASONS = {
    "Ring Self-intersection": "Rand berührt sich selbst",
    "Self-intersection": "Rand kreuzt sich selbst",
    "Hole lies outside shell": "Loch liegt außerhalb",
    "Nested holes": "Loch liegt in einem Loch",
    "Nested shells": "Teil liegt in einem anderen Teil",
    "Interior is disconnected": "Fläche ist innen geteilt",
    "Duplicate Rings": "Rand steht doppelt",
    "Too few points in geometry component": "zu wenige Eckpunkte",
    "Invalid Coordinate": "Koordinate ist keine Zahl",
}
_EXPECTED = {  # what a constraints file should hold, as its reader names it
    "whole number": "eine ganze Zahl",
    "number": "eine Zahl",
    "list of lists of ids in quotes": "eine Liste von Listen mit Schlüsseln in Anführungszeichen",
    "list of pairs of ids in quotes": "eine Liste von Paaren mit Schlüsseln in Anführungszeichen",
    "table id = whole number": "eine Tabelle Schlüssel = ganze Zahl",
    "table per municipality with minimum, target, maximum": "je Gemeinde eine Tabelle mit minimum, target, maximum",
    "sections of lines": "Abschnitte mit file und layer",
    "text in quotes": "Text in Anführungszeichen",
    "number from 0 to 1": "eine Zahl von 0 bis 1",
    "minimum, target, maximum as whole numbers": "minimum, target und maximum als ganze Zahlen",
}

_ROLES = {
    "id": ("den Blockschlüssel", "--id"),
    "population": ("die Einwohner", "--population"),
    "within": ("die Gemeinde", "--within"),
    "name": ("den Gemeindenamen", "--name"),
    "places": ("den Ortsteil", "--places"),
    "features": ("ein Merkmal", "--features"),
}


def sentence(finding: Finding) -> str:
    """The German sentences for a finding; a code without a sentence of its own is named with its numbers.

    >>> sentence(Finding("read.file.empty", where=("a.gpkg",)))
    'Die Datei „a.gpkg“ ist leer (0 Byte). Vermutlich wurde sie nicht vollständig kopiert. Kopieren Sie sie erneut.'
    >>> sentence(Finding("blocks.id.unknown", where=("1", "2")))
    '2 Blöcke gibt es in dieser Blockdatei nicht: „1“, „2“. Prüfen Sie die Blockschlüssel.'
    >>> values = {"key": "places", "found": "'weich'", "expected": "soft | hard"}
    >>> sentence(Finding("constraints_file.type", values=values))
    'In der Vorgabendatei steht bei „places“: „weich“. Erwartet wird: „soft“ oder „hard“. Berichtigen Sie den Eintrag.'
    """
    template = SENTENCES.get(finding.code, findings_files.UNKNOWN)
    return string.Formatter().vformat(template, (), _Words(finding))


def screen_sentence(finding: Finding) -> str:
    """The same sentences for the app, without the options of the command line.

    >>> screen_sentence(Finding("read.column.none.id", "question", values={"columns": "a, b"}))
    'Keine Spalte ist als Blockschlüssel zu erkennen. Vorhanden sind: a, b. Wählen Sie eine aus.'
    """
    return _OPTION.sub("", sentence(finding))


def named(where: tuple[str, ...]) -> str:
    """Names in German quotes, the first five and how many more.

    >>> named(("a", "b", "c", "d", "e", "f", "g"))
    '„a“, „b“, „c“, „d“, „e“ und 2 weitere'
    """
    shown = ", ".join(f"„{name}“" for name in where[:SHOWN])
    return shown + (f" und {whole(len(where) - SHOWN)} weitere" if len(where) > SHOWN else "")


class _Words(dict[str, Any]):
    """The words a sentence may use: the values of the finding in German writing, and its places counted."""

    def __init__(self, finding: Finding) -> None:
        n = len(finding.where)
        super().__init__(
            code=finding.code,
            where=named(finding.where),
            first=finding.where[0] if finding.where else "–",
            blocks=_counted(n, "Block", "Blöcke"),
            blocks_dative=_counted(n, "Block", "Blöcken"),
            rows=_counted(n, "Zeile", "Zeilen"),
            pairs=_counted(n, "Paar", "Paaren"),
            all_values=", ".join(f"{key} = {_german(value)}" for key, value in finding.values.items()),
        )
        self.update({key: _said(key, value) for key, value in finding.values.items() if key != "where"})
        role, option = _ROLES.get(str(finding.values.get("role", "")), ("diese Angabe", ""))
        self.update(role_accusative=role, option=option)

    def __missing__(self, key: str) -> str:
        return "–"


def _counted(n: int, one: str, many: str) -> str:
    return f"{whole(n)} {one if n == 1 else many}"


def _said(key: str, value: Any) -> str:
    """EPSG codes are names and keep their digits together; reasons of the geometry library get German words."""
    if key == "reasons":
        return ", ".join(dict.fromkeys(_REASONS.get(reason, "fehlerhaft") for reason in str(value).split(", ")))
    if key == "detail":
        place = re.search(r"line (\d+), column (\d+)", str(value))
        if place:
            return f"Zeile {place[1]}, Spalte {place[2]}"
        return "am Ende der Datei" if "end of document" in str(value) else str(value)
    if key == "expected":
        return _EXPECTED.get(str(value), " oder ".join(f"„{word}“" for word in str(value).split(" | ")))
    if key == "found":
        return re.sub(r"'([^']*)'", r"„\1“", str(value))
    return str(value) if key in _CODES else _german(value)


def _german(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "keine Zahl" if math.isnan(value) else "unendlich"
    if isinstance(value, float):
        return decimal(value, 1)
    if isinstance(value, list | tuple):
        return ", ".join(_german(item) for item in value)
    return str(value)
