"""Words of the page „Daten“."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from reporting.numbers_de import whole

FIRST_ROWS = "Die ersten Zeilen der Datei"
READ_AS = "So wird die Tabelle gelesen"
ENCODING, SEPARATOR, DECIMAL = "Zeichensatz", "Trennzeichen", "Dezimalzeichen"
ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252 (Excel)", "utf-8-sig": "UTF-8 mit BOM", "utf-16": "UTF-16"}
SEPARATORS = {";": "Semikolon ;", "\t": "Tabulator", ",": "Komma ,", "|": "Senkrechter Strich |"}
DECIMALS = {",": "Komma (1.234,5)", ".": "Punkt (1,234.5)"}
FOUND = "erkannt"
MORE = "Koordinatensystem, Straßen, Ebene"
CRS = "Koordinatensystem (EPSG)"
CRS_AS_IN_FILE = "wie in der Datei"
CRS_NAMES = {
    25832: "25832 – ETRS89 / UTM 32",
    25833: "25833 – ETRS89 / UTM 33",
    3035: "3035 – ETRS89 / LAEA (Zensusgitter)",
    31466: "31466 – Gauß-Krüger 2",
    31467: "31467 – Gauß-Krüger 3",
    31468: "31468 – Gauß-Krüger 4",
    4647: "4647 – ETRS89 / UTM 32 mit Zonenziffer",
    4326: "4326 – Länge und Breite (WGS 84)",
    3857: "3857 – Web-Mercator",
}
GAP = "Blöcke über Straßen hinweg verbinden"
GAPS: Mapping[float, str] = {
    0.0: "nein, Blöcke müssen sich berühren",
    15.0: "bis 15 m",
    20.0: "bis 20 m",
    30.0: "bis 30 m",
    40.0: "bis 40 m",
    50.0: "bis 50 m",
}
LAYER = "Ebene (nur bei mehreren)"
REPAIRS_TITLE = "Angebotene Reparaturen"
REPAIRS_INTRO = "Die Datei selbst bleibt unverändert; repariert wird nur, was Raumwerk daraus liest."
REPAIRS = {
    "make_valid": "Fehlerhafte Flächen gültig machen",
    "snap": "Eckpunkte bis 5 cm zusammenlegen",
    "clean": "Überlappungen und Lücken unter 1 m bereinigen",
    "drop_empty": "Zeilen ohne Fläche und ohne Einwohner weglassen",
    "restore_zeros": "Führende Nullen der Schlüssel ergänzen",
}
UNDO = "Letzte Reparatur zurücknehmen"
USE = "Diese Datei verwenden"
MAP = "Wo die Befunde liegen"
MAP_LEGEND = {"note": "Notiz", "warning": "Hinweis", "question": "Frage", "error": "Fehler"}
COLOURS = ("#9bb7d4", "#e0b13c", "#b07aa1", "#c8452f", "#e3e7e4")
CLEAN = "ohne Befund"
SHORT = {
    "read.id.duplicate": "Schlüssel kommt mehrfach vor",
    "read.id.missing": "Schlüssel fehlt",
    "read.id.trimmed": "Leerzeichen am Schlüssel",
    "read.within.missing": "Gemeinde fehlt",
    "read.population.missing": "Einwohnerzahl fehlt",
    "read.population.negative": "Einwohnerzahl negativ",
    "read.population.text": "Text statt Einwohnerzahl",
    "read.population.too_large": "Einwohnerzahl unmöglich groß",
    "read.population.not_finite": "Einwohnerzahl unendlich",
    "read.population.fraction": "Einwohnerzahl gerundet",
    "blocks.geometry.invalid": "Fläche fehlerhaft",
    "blocks.geometry.zero_area": "ohne Flächeninhalt",
    "blocks.geometry.same": "dieselbe Fläche wie ein anderer Block",
    "blocks.geometry.overlap": "überlappt einen anderen Block",
    "blocks.geometry.small_overlap": "überlappt einen anderen Block geringfügig",
    "repair.make_valid": "Fläche repariert",
    "repair.snap": "Eckpunkte verschoben",
    "repair.clean": "Grenze bereinigt",
}
PROVENANCE = "Herkunft"
COUNTY_NAME = "Name des Kreises"
DATE, DATE_EXAMPLE = "Stichtag", "zum Beispiel 31.12.2024"
DATE_UNREADABLE = "Schreiben Sie den Tag zum Beispiel so: 31.12.2024."
LICENCE, LICENCE_EXAMPLE = "Quellenvermerk", "© Kreis …, Einwohnermelderegister"


def marked(blocks: int, total: int) -> str:
    """How many blocks have a finding.

    >>> marked(3, 800)
    '3 von 800 Blöcken mit Befund'
    """
    return f"{whole(blocks)} von {whole(total)} Blöcken mit Befund"


def remark(codes: tuple[str, ...]) -> str:
    """What is to be said about one block on the map, one line each.

    >>> remark(("blocks.geometry.invalid",))
    'Fläche fehlerhaft'
    """
    return "\n".join(dict.fromkeys(SHORT.get(code, "siehe Befunde") for code in codes))


def noticed(count: int) -> str:
    """The fold over what was merely noticed.

    >>> noticed(1), noticed(4)
    ('1 Notiz', '4 Notizen')
    """
    return f"{whole(count)} {'Notiz' if count == 1 else 'Notizen'}"


def plain_name(stem: str) -> str:
    """A file name as a first suggestion for the name of the county.

    >>> plain_name("heinsberg_blocks_500m")
    'Heinsberg blocks 500m'
    """
    words = re.sub(r"[_-]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def iso_date(text: str) -> str:
    """A day as people write it here, as ISO text; empty where it is none.

    >>> iso_date("31.12.2024"), iso_date("2024-12-31"), iso_date("bald")
    ('2024-12-31', '2024-12-31', '')
    """
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    written = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text.strip()
    try:
        return datetime.date.fromisoformat(written).isoformat()
    except ValueError:
        return ""
