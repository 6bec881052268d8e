"""Help texts of the options that say something about a block file or another geographic file."""

from __future__ import annotations

TABLE = "Tabelle ohne Flächen (CSV, XLSX), die über den Schlüssel angefügt wird; mehrfach möglich"
TABLE_KEY = "Schlüsselspalte der Tabelle, in der Reihenfolge von --table"
BLOCK_KEY = "Spalte der Blöcke, zu der die Schlüssel der Tabellen passen"
TABLE_SHEET = "Blatt der Arbeitsmappe, wenn sie mehrere hat"
COUNTY_NAME = "Name des Kreises, wie er auf Karten und Berichten steht"
LICENCE = "Quellenvermerk der Blockdatei, der auf jeder Ausgabe steht"
DATE = "Stichtag der Blockdatei, zum Beispiel 2024-12-31"
