"""Words of the sections of the page „Daten“: tables, neighbourhood, blocks, addresses, other borders, services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reporting.numbers_de import decimal, metres, whole

SECTION = "Abschnitt"
SECTIONS: Mapping[str, str] = {
    "datei": "Blockdatei",
    "tabelle": "Tabelle anfügen",
    "nachbarschaft": "Nachbarschaft prüfen",
    "bloecke": "Blöcke bilden",
    "adressen": "Adressen zuordnen",
    "gebietsstand": "Gebietsstand umrechnen",
    "fallzahlen": "Fallzahlen",
    "dienst": "Aus einem Dienst",
}
UNDO = "Zurücknehmen"
COLUMN = "Spalte"
NOT_THERE = "nicht vorhanden"
DETECT = "selbst erkennen"
WORKING = "Einen Moment …"
NO_NUMBER = "Das ist keine ganze Zahl. Schreiben Sie zum Beispiel 1.000."
NUMBER_TOO_SMALL = "Die Zahl muss mindestens {minimum} sein."

# a table without shapes
JOIN_INTRO = (
    "Eine Tabelle ohne Flächen (CSV oder XLSX), etwa Einwohner oder Fallzahlen je Block. Sie wird über den Schlüssel "
    "an die Blöcke angefügt. Vorher sehen Sie, was passt und was nicht."
)
JOIN_TO = "Angefügt wird an"
JOIN_FILE = "Tabelle (CSV, XLSX)"
JOIN_KEY, JOIN_BLOCK_KEY = "Schlüssel der Tabelle", "Schlüssel der Blöcke"
JOIN_LICENCE, JOIN_DATE = "Quellenvermerk der Tabelle", "Stichtag der Tabelle"
JOIN_TAKE = "Tabelle anfügen"
JOIN_RESTORE = "Führende Nullen ergänzen"
JOIN_RESTORED = "Führende Nullen werden ergänzt."
JOIN_DONE = "Die Tabelle ist angefügt."
JOIN_SUMS = "Summen vorher und nachher"
JOIN_SUM_COLUMNS = ("Spalte", "Summe der Tabelle", "Summe der Blöcke", "Unterschied")
JOIN_LISTS: Mapping[str, str] = {
    "join.key.lost_zero": "Schlüssel mit verlorenen Nullen",
    "join.key.twice": "Doppelte Schlüssel",
    "join.rows.without_block": "Zeilen ohne Block",
    "join.blocks.without_row": "Blöcke ohne Zeile",
}
JOIN_JOINED = "Angefügte Tabellen"

# neighbourhood
NEAR_INTRO = (
    "Ein Raum hängt zusammen, wenn man in ihm von Block zu Block kommt. Straßen, Bahnlinien, Inseln und Exklaven "
    "brauchen dafür eine Entscheidung. Jede lässt sich zurücknehmen und bleibt in der Projektdatei."
)
NEAR_NOW = "So hängen die Blöcke zusammen"
NEAR_STREETS = "Straßen zwischen den Blöcken"
NEAR_STREETS_HELP = "Blöcke, die einander über eine Straße gegenüberliegen, gelten als Nachbarn."
NEAR_STREETS_FIRST = "Zwischen den Blöcken liegen Straßen. Wählen Sie zuerst, über welche Breite sie benachbart sind."
NEAR_GAP = "Breite der Straßen"
NEAR_GAP_TAKE = "Diese Breite übernehmen"
NEAR_GAP_DONE = "Die Nachbarschaft ist neu bestimmt."
NEAR_BRIDGES = "Inseln und Exklaven"
NEAR_NO_BRIDGES = "Jede Gemeinde hängt in sich zusammen. Verbindungen sind nicht nötig."
NEAR_SUGGESTED = "Vorgeschlagene Verbindungen"
NEAR_ACCEPT, NEAR_REFUSE = "Verbinden", "Nicht verbinden"
NEAR_DECLARED, NEAR_REFUSED = "Erklärte Verbindungen", "Abgelehnte Verbindungen"
NEAR_AGAIN = "Wieder vorschlagen"
NEAR_MORE = "Weitere Vorschläge folgen, sobald Sie über diese entschieden haben."
NEAR_BARRIERS = "Barrieren"
NEAR_BARRIERS_HELP = (
    "Linien, die kein Raum überschreitet: Autobahn, Bahn, Fluss. Brücken und Unterführungen halten die Grenze offen."
)
NEAR_BARRIER_FILE = "Datei mit Linien"
NEAR_BARRIER_LAYER, NEAR_CROSSING_LAYER = "Ebene mit den Linien", "Ebene mit Brücken und Unterführungen"
NEAR_BARRIER_TAKE = "Diese Grenzen schließen"
NEAR_BARRIER_DONE = "Die Grenzen sind geschlossen."
NEAR_BARRIER_OPEN = "Alle Grenzen wieder öffnen"
NEAR_MAP = "Nachbarschaft der Blöcke"
NEAR_LEGEND = ("größter Teil", "weitere Teile", "vorgeschlagen", "verbunden", "geschlossene Grenze")
NEAR_COLOURS = ("#dfe5e2", "#e0b13c", "#b0417a", "#1c6b73", "#c8452f")

# blocks where there are none
MAKE_INTRO = (
    "Wo es keine statistischen Blöcke gibt, entstehen sie aus Zensuszellen und Gemeindegrenzen. Kein Einwohner geht "
    "verloren."
)
MAKE_WAYS: Mapping[str, str] = {
    "cells": "Blöcke aus Zensuszellen und Gemeinden",
    "raster": "Einwohner aus einem Raster auf eigene Flächen",
}
MAKE_WAY = "Was liegt vor?"
MAKE_CELLS = "Zensuszellen (CSV, Zip, GeoPackage, GeoParquet)"
MAKE_TOWNS = "Gemeinden (VG250-EW oder eigene Ebene mit AGS, Name und Grenze)"
MAKE_LINES = "Linien, denen die Blockgrenzen folgen sollen (kann fehlen)"
MAKE_KEY = "Nur Gemeinden, deren Schlüssel so beginnt"
MAKE_KEY_HELP = "Kreis 5 oder Gemeinde 8 Ziffern; leer = alle"
MAKE_COLUMN = "Spalte mit den Einwohnern der Zellen"
MAKE_MINIMUM = "Mindestens so viele Einwohner je Block"
MAKE_TOTALS = "Auf die amtliche Einwohnerzahl jeder Gemeinde bringen"
MAKE_GO = "Blöcke bilden"
MAKE_RASTER, MAKE_AREAS = "Einwohnerraster (GeoTIFF)", "Flächen (GeoPackage, Shapefile, GeoJSON …)"
MAKE_RASTER_GO = "Einwohner zuordnen"
MAKE_BALANCE = "Bilanz je Gemeinde"
MAKE_BALANCE_COLUMNS: Mapping[str, str] = {
    "gemeinde": "Gemeinde",
    "bloecke": "Blöcke",
    "zellen": "nach Zellen",
    "amtlich": "amtlich",
    "difference": "Unterschied",
    "einwohner": "in den Blöcken",
}
MAKE_TOTAL_ROW = "zusammen"
MAKE_USE = "Diese Blöcke verwenden"
MAKE_DOWNLOAD = "Als GeoPackage herunterladen"

# addresses
ADDRESS_INTRO = (
    "Adressen mit Koordinaten bekommen den Block, in dem sie liegen. Das ist die Grundlage des Straßenverzeichnisses."
)
ADDRESS_FILE = "Adressen (CSV, XLSX, Hauskoordinaten, Punktebene)"
ADDRESS_KINDS: Mapping[str, str] = {"table": "Tabelle oder Punktebene", "official": "Amtliche Hauskoordinaten"}
ADDRESS_KIND = "Aufbau"
ADDRESS_COLUMNS: Mapping[str, str] = {
    "street": "Straße",
    "number": "Hausnummer",
    "east": "Ostwert (x)",
    "north": "Nordwert (y)",
    "suffix": "Zusatz",
    "municipality": "Gemeindeschlüssel",
}
ADDRESS_REACH = "Auch Adressen außerhalb, bis zu so vielen Metern"
ADDRESS_GO = "Adressen zuordnen"
ADDRESS_ALL, ADDRESS_LOST = "Alle Adressen mit Block (CSV)", "Nicht zugeordnete Adressen (CSV)"
ADDRESS_LOST_TITLE = "Nicht zugeordnet"
ADDRESS_TABLE = {
    "municipality": "Gemeinde", "street": "Straße", "number": "Nr.", "suffix": "Zusatz", "east": "x", "north": "y",
    "block_id": "Block",
}  # fmt: skip

# other borders
MOVE_INTRO = (
    "Zahlen eines alten Gebietsstands werden auf neue Gebiete umgerechnet, ganzzahlig und ohne Verlust: Jede Summe "
    "bleibt."
)
MOVE_COUNTS = "Tabelle mit den Zahlen (CSV, XLSX)"
MOVE_KEY, MOVE_COLUMNS = "Schlüssel der Gebiete", "Spalten mit Zahlen"
MOVE_WAY = "Wie wird umgerechnet?"
MOVE_WAYS: Mapping[str, str] = {"table": "mit einem Umsteigeschlüssel", "shapes": "nach den Grenzen beider Stände"}
MOVE_TABLE = "Umsteigeschlüssel (CSV, XLSX)"
MOVE_OLD_KEY, MOVE_NEW_KEY, MOVE_SHARE = "Alter Schlüssel", "Neuer Schlüssel", "Anteil"
MOVE_NO_SHARE = "ohne Anteil: jedes alte Gebiet geht ganz auf"
MOVE_OLD, MOVE_NEW = "Alte Gebiete (Flächen)", "Neue Gebiete (Flächen); ohne Datei die geöffneten Blöcke"
MOVE_HOMES = "Zensuszellen, um nach Wohnorten zu gewichten (kann fehlen)"
MOVE_GO = "Umrechnen"
MOVE_SUMS = ("Spalte", "Summe vorher", "Summe nachher")
MOVE_AREA = "Gebiet"
MOVE_RESULT = "Ergebnis herunterladen (CSV)"

# services
SERVICE_INTRO = (
    "Eine Ebene aus einem WFS oder einer OGC-API des Landes oder Kreises. Dafür verlässt eine Anfrage das Haus."
)
SERVICE_OFF = (
    "Abrufe aus Diensten sind auf diesem Server ausgeschaltet; keine Anfrage verlässt das Haus. Wer ihn betreibt, kann "
    "einzelne Server in raumwerk.toml freigeben: [services] allowed_hosts. Oder laden Sie die Ebene als Datei herunter "
    "und öffnen Sie sie unter „Blockdatei“."
)
SERVICE_HOSTS = "Freigegeben sind: {hosts}."
SERVICE_URL, SERVICE_LAYER, SERVICE_KIND = "Adresse des Dienstes", "Name der Ebene", "Art"
SERVICE_LICENCE = "Quellenvermerk des Dienstes"
SERVICE_KINDS: Mapping[str, str] = {"wfs": "WFS 2.0", "ogcapi": "OGC API Features"}
SERVICE_GO = "Ebene abrufen"
SERVICE_DOWNLOAD = "Ebene als GeoPackage herunterladen"


def matched(blocks: int, total: int, rows: int) -> str:
    """How far a table fits.

    >>> matched(5, 6, 7)
    '5 von 6 Blöcken haben eine Zeile; die Tabelle hat 7 Zeilen.'
    """
    return f"{whole(blocks)} von {whole(total)} Blöcken haben eine Zeile; die Tabelle hat {whole(rows)} Zeilen."


def number(value: float) -> str:
    """A sum of a column, with decimals only where it has some.

    >>> number(2100.0), number(1147.5)
    ('2.100', '1.147,5')
    """
    return whole(value) if value == round(value) else decimal(value)


def pieces(parts: int, islands: int, split: Sequence[str]) -> str:
    """How the blocks hang together, in one line.

    >>> pieces(1, 0, []), pieces(3, 2, ["Gangelt"])
    ('Alle Blöcke hängen zusammen.', '3 getrennte Teile, 2 Blöcke ohne Nachbarn. In mehreren Teilen: Gangelt.')
    """
    if parts == 1:
        first = "Alle Blöcke hängen zusammen."
    else:
        lonely = f", {whole(islands)} {'Block' if islands == 1 else 'Blöcke'} ohne Nachbarn" if islands else ""
        first = f"{whole(parts)} getrennte Teile{lonely}."
    shown = ", ".join(split[:5]) + (f" und {whole(len(split) - 5)} weitere" if len(split) > 5 else "")
    return f"{first} In mehreren Teilen: {shown}." if split else first


def before_and_after(before: int, after: int) -> str:
    """What a wider gap would do.

    >>> before_and_after(939, 1)
    'Teile vorher 939, nachher 1.'
    """
    return f"Teile vorher {whole(before)}, nachher {whole(after)}."


def bridge(one: str, other: str, gap_m: float, municipality: str) -> str:
    """One connection in words.

    >>> bridge("05", "06", 300.0, "Gangelt").replace(chr(0x202f), " ")
    '„05“ und „06“ (Gangelt), 300 m auseinander'
    """
    place = f" ({municipality})" if municipality else ""
    return f"„{one}“ und „{other}“{place}, {metres(gap_m)} auseinander"


def closed(count: int) -> str:
    """How many borders are closed.

    >>> closed(0), closed(1), closed(58)
    ('Keine Grenze ist geschlossen.', '1 Grenze ist geschlossen.', '58 Grenzen sind geschlossen.')
    """
    if not count:
        return "Keine Grenze ist geschlossen."
    return f"{whole(count)} {'Grenze ist' if count == 1 else 'Grenzen sind'} geschlossen."


def map_summary(suggested: int, declared: int) -> str:
    """What the map of the neighbourhood shows.

    >>> map_summary(2, 1)
    '2 vorgeschlagene und 1 erklärte Verbindungen'
    """
    return f"{whole(suggested)} vorgeschlagene und {whole(declared)} erklärte Verbindungen"


def made_name(keys: Sequence[str]) -> str:
    """What a county made from cells is called until somebody names it.

    >>> made_name(["05370004", "05370008"]), made_name(["05370004"]), made_name([])
    ('Kreis 05370 aus Zensuszellen', 'Gemeinde 05370004 aus Zensuszellen', 'Eigene Flächen mit Einwohnerraster')
    """
    if not keys:
        return "Eigene Flächen mit Einwohnerraster"
    if len(keys) == 1:
        return f"Gemeinde {keys[0]} aus Zensuszellen"
    counties = sorted({key[:5] for key in keys})
    return f"{'Kreis' if len(counties) == 1 else 'Kreise'} {', '.join(counties[:3])} aus Zensuszellen"


def placed(found: int, total: int) -> str:
    """How many addresses found their block.

    >>> placed(20230, 20240)
    '20.230 von 20.240 Adressen liegen in einem Block.'
    """
    return f"{whole(found)} von {whole(total)} Adressen liegen in einem Block."


def fetched(count: int, layer: str) -> str:
    """What a service gave.

    >>> fetched(1200, "bloecke")
    '1.200 Objekte der Ebene „bloecke“ sind geladen.'
    """
    return f"{whole(count)} Objekte der Ebene „{layer}“ sind geladen."


def too_small(minimum: int) -> str:
    """A number below the least that makes sense.

    >>> too_small(1)
    'Die Zahl muss mindestens 1 sein.'
    """
    return NUMBER_TOO_SMALL.format(minimum=whole(minimum))
