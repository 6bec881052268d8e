"""Sentences about tables."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "table.not_text": "Die Datei {where} ist keine Texttabelle. Speichern Sie sie als CSV oder XLSX.",
    "table.encoding": "Die Datei {where} ist nicht im Zeichensatz {encoding} lesbar. Speichern Sie sie als CSV UTF-8.",
    "table.broken": "Die Tabelle {where} ist beschädigt oder keine Tabelle. Öffnen Sie sie in der Tabellenkalkulation "
    "und speichern Sie sie neu.",
    "table.no_rows": "Die Tabelle ist leer. Prüfen Sie, ob im GIS oder in der Tabellenkalkulation ein Filter gesetzt "
    "war.",
    "table.sheet.unknown": "Ein Blatt {where} gibt es nicht. Vorhanden sind: {sheets}. Wählen Sie eines davon.",
    "table.sheet.ambiguous": "Die Arbeitsmappe „{file}“ hat mehrere Blätter: {where}. Welches ist gemeint? Wählen Sie "
    "es aus.",
    "table.row.width": "{count} Zeilen haben nicht so viele Spalten wie die Kopfzeile ({columns}): Zeile {where}. "
    "Prüfen Sie Trennzeichen und Anführungszeichen.",
    "table.header.below": "Die Spaltennamen stehen in Zeile {row}; die Zeilen darüber wurden übersprungen.",
    "table.header.unknown": "In Zeile {where} steht nichts. Geben Sie die Zeile mit den Spaltennamen an.",
    "table.column.twice": "Die Spaltennamen {where} kommen mehrfach vor. Benennen Sie die Spalten eindeutig.",
    "table.column.unnamed": "Spalte Nr. {where} hat keinen Namen. Tragen Sie in der Kopfzeile einen ein.",
    "table.shapes.none": "Die Tabelle {where} enthält keine Flächen: weder eine Spalte mit WKT noch eine mit "
    "Gitter-Kennungen. Vorhanden sind: {columns}. Geben Sie eine Datei mit den Blockgrenzen an und verknüpfen Sie die "
    "Tabelle über den Blockschlüssel.",
    "table.shapes.from": "Die Flächen stammen aus der Spalte {where}.",
    "table.shapes.wkt": "In {count} Zeilen steht kein lesbares WKT: Zeile {where}. Exportieren Sie die Tabelle neu.",
    "keys.lost_zero": "{count} Gemeindeschlüssel haben ihre führende Null verloren: {where}. Sie kann ergänzt werden.",
    "keys.not_official": "{count} Schlüssel sind keine amtlichen Gemeindeschlüssel (AGS mit 8 oder ARS mit 12 "
    "Ziffern): {where}. Prüfen Sie die Spalte.",
    "join.key.none": "Keine Spalte der Tabelle {where} passt zu einer Spalte der Blöcke. Vorhanden sind: {columns}. "
    "Nennen Sie beide Schlüsselspalten.",
    "join.key.guessed": "Die Tabelle „{file}“ wurde über „{key}“ mit der Spalte „{block_key}“ der Blöcke verknüpft.",
    "join.key.twice": "{count} Schlüssel stehen in der Tabelle „{file}“ mehrfach (Spalte „{column}“): {where}. Je "
    "Block darf es nur eine Zeile geben. Fassen Sie die Zeilen zusammen.",
    "join.key.lost_zero": "{count} Schlüssel der Tabelle „{file}“ haben führende Nullen verloren: {where}. Sollen sie "
    "nach den Schlüsseln der Blöcke ergänzt werden (Kommandozeile: --restore-zeros)?",
    "join.key.restored": "Bei {count} Schlüsseln der Tabelle „{file}“ wurden führende Nullen ergänzt: {where}.",
    "join.blocks.without_row": "{count} Blöcke haben in der Tabelle „{file}“ keine Zeile: {where}. Ihre Werte fehlen "
    "und gelten nicht als 0.",
    "join.rows.without_block": "{count} Zeilen der Tabelle „{file}“ passen zu keinem Block: {where}. Sie wurden nicht "
    "verwendet.",
    "barrier.edges": "Die Barrieren schließen {closed} Nachbarschaften; {crossed} bleiben durch Brücken und "
    "Unterführungen offen.",
    "barrier.through_block": "Eine Barriere verläuft durch {blocks}: {where}. Solche Blöcke kann sie nicht trennen. "
    "Teilen Sie sie im GIS, wenn nötig.",
}
