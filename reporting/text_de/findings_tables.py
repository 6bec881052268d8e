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
    "Nennen Sie beide Schlüsselspalten (Kommandozeile: --table-key und --block-key).",
    "join.key.guessed": "Die Tabelle „{file}“ wurde über „{key}“ mit der Spalte „{block_key}“ der Blöcke verknüpft.",
    "join.key.twice": "{count} Schlüssel stehen in der Tabelle „{file}“ mehrfach (Spalte „{column}“): {where}. Je "
    "Block darf es nur eine Zeile geben. Fassen Sie die Zeilen zusammen.",
    "join.key.lost_zero": "{count} Schlüssel der Tabelle „{file}“ haben führende Nullen verloren: {where}. Sollen sie "
    "nach den Schlüsseln der Blöcke ergänzt werden (Kommandozeile: --repair {repair})?",
    "join.key.restored": "Bei {count} Schlüsseln der Tabelle „{file}“ wurden führende Nullen ergänzt: {where}.",
    "join.blocks.without_row": "{count} Blöcke haben in der Tabelle „{file}“ keine Zeile: {where}. Ihre Werte fehlen "
    "und gelten nicht als 0.",
    "join.rows.without_block": "{count} Zeilen der Tabelle „{file}“ passen zu keinem Block: {where}. Sie wurden nicht "
    "verwendet.",
    "join.sum": "Bei {count} Spalten ist die Summe der Blöcke eine andere als die Summe der Tabelle „{file}“: {where}; "
    "in der ersten {rows_sum} in der Tabelle und {blocks_sum} auf den Blöcken. Prüfen Sie die Zeilen ohne Block.",
    "barrier.edges": "Die Barrieren schließen {closed} Nachbarschaften; {crossed} bleiben durch Brücken und "
    "Unterführungen offen.",
    "barrier.through_block": "Eine Barriere verläuft durch {blocks}: {where}. Solche Blöcke kann sie nicht trennen. "
    "Teilen Sie sie im GIS, wenn nötig.",
    "census.layout": "Die Datei {where} ist keine Gitterdatei des Zensus: Spalten wie x_mp_100m und y_mp_100m fehlen. "
    "Gefunden wurden: {columns}. Nehmen Sie die CSV-Datei, wie sie das Statistische Bundesamt bereitstellt.",
    "census.column.missing": "Die Gitterdatei hat keine Spalte {where}. Vorhanden sind: {columns}.",
    "census.middle.missing": "In der Gitterdatei {where} fehlen Koordinaten. Laden Sie sie neu herunter.",
    "census.unreadable": "Die Gitterdatei {where} ist nicht lesbar: In den Zahlenspalten steht etwas anderes. Laden "
    "Sie sie neu herunter.",
    "census.size.mixed": "Gitterzellen verschiedener Größe ({where} m) lassen sich nicht verbinden. Nehmen Sie eine "
    "Größe.",
    "county.key": "{where} ist kein Schlüssel eines Kreises (5 Ziffern) oder einer Gemeinde (8 Ziffern), zum Beispiel "
    "05370.",
    "county.unknown": "Einen Kreis oder eine Gemeinde mit dem Schlüssel {where} gibt es in der Datei nicht. Prüfen Sie "
    "Schlüssel und Gebietsstand.",
    "county.municipalities.layout": "Der Datei mit den Gemeinden fehlt: {where}. Gefunden wurden: {columns}. Nehmen "
    "Sie VG250 oder VG250-EW, wie sie das BKG bereitstellt.",
    "county.gv100ad.layout": "Die Datei {where} ist kein Gemeindeverzeichnis GV100AD: {count} von {lines} "
    "Gemeindezeilen sind nicht lesbar. Laden Sie sie neu herunter.",
    "county.nobody": "In keiner Gitterzelle des Gebiets wohnt jemand. Prüfen Sie, ob Gitterdatei und Gemeinden "
    "zusammengehören.",
    "county.balance": "Aus Gitterzellen mit {before} Einwohnern wurden {block_count} Blöcke mit {after} Einwohnern.",
    "county.cells.stray": "{count} Gitterzellen mit zusammen {residents} Einwohnern liegen außerhalb aller Gemeinden: "
    "{where}. Sie wurden dem nächsten Block zugeordnet.",
    "county.cells.coarse": "Das Gebiet wurde aus Zellen von {size_m} m gebildet. Gemeindesummen weichen dann um "
    "mehrere Prozent ab. Besser sind Zellen von 100 m.",
    "county.totals.missing": "Für {count} Gemeinden fehlt die amtliche Einwohnerzahl: {where}. Ergänzen Sie sie.",
    "county.totals.difference": "Gemeinde {where}: {cells} Einwohner nach Zellen, {official} amtlich. Die Blöcke "
    "wurden auf die amtliche Zahl gebracht.",
    "fetch.hash": "Die heruntergeladene Datei {where} hat eine andere Prüfsumme ({found} statt {expected}). Sie wurde "
    "gelöscht. Versuchen Sie es noch einmal.",
    "fetch.address": "Die Adresse {where} ist keine Webadresse (http oder https). Berichtigen Sie sources.toml.",
    "fetch.too_large": "Die Datei {where} ist mit {gigabytes} GB zu groß (frei sind {free} GB). Schaffen Sie Platz.",
    "fetch.refused": "Der Server gibt {where} nicht heraus (Antwort {status}). Vermutlich hat sich die Adresse "
    "geändert. Berichtigen Sie sie in sources.toml oder laden Sie die Datei von Hand.",
    "fetch.incomplete": "Der Abruf von {where} ist mehrmals abgebrochen. Versuchen Sie es später noch einmal; er wird "
    "fortgesetzt.",
    "fetch.offline": "{where} ist nicht erreichbar. Prüfen Sie die Internetverbindung oder laden Sie die Datei an "
    "einem anderen Rechner und geben Sie sie direkt an.",
    "crosswalk.share.sum": "Bei {count} alten Gebieten ergeben die Anteile nicht 100 %: {where}. Prüfen Sie den "
    "Umsteigeschlüssel.",
    "crosswalk.uncovered": "{count} alte Gebiete liegen in keinem neuen: {where}. Ihre Zahlen gingen verloren. Prüfen "
    "Sie, ob beide Dateien dasselbe Gebiet abdecken.",
    "crosswalk.area.unknown": "{count} Gebiete der Tabelle kennt der Umsteigeschlüssel nicht: {where}. Ihre Zahlen "
    "gingen verloren. Prüfen Sie Schlüssel und Gebietsstand.",
    "crosswalk.area.empty": "{count} alte Gebiete haben keine Zeile in der Tabelle und zählen 0: {where}.",
    "crosswalk.count.text": "In der Spalte „{column}“ stehen in Zeile {where} keine Zahlen ab 0. Tragen Sie Zahlen ein "
    "oder wählen Sie eine andere Spalte.",
    "raster.unreadable": "Das Raster {where} ist nicht lesbar. Speichern Sie es im GIS neu als GeoTIFF.",
    "raster.crs": "Das Raster {where} nennt kein Koordinatensystem. Welches hat es? Weisen Sie es im GIS zu.",
    "raster.band": "Das Raster hat keinen Kanal {where}, nur {bands}. Wählen Sie einen davon.",
    "raster.negative": "Das Raster {where} enthält negative Einwohnerzahlen. Prüfen Sie den Wert für „keine Angabe“.",
    "raster.balance": "Das Raster {where} enthält {raster} Einwohner; auf die Blöcke entfallen {blocks_sum}.",
    "address.layout": "Die Datei {where} hat nicht den Aufbau der Amtlichen Hauskoordinaten. Nennen Sie die Spalten.",
    "address.incomplete": "In {count} Zeilen fehlen Straße, Hausnummer oder Koordinate: Zeile {where}. Sie wurden "
    "nicht verwendet.",
    "address.unmatched": "{count} Adressen liegen in keinem Block: {where}. Prüfen Sie ihre Koordinaten.",
    "service.off": "Abrufe von {where} sind nicht erlaubt. Wer das Programm betreibt, kann den Server in den "
    "Einstellungen freigeben.",
    "service.offline": "Der Dienst antwortet auch nach {attempts} Versuchen nicht. Prüfen Sie Adresse und "
    "Internetverbindung.",
    "service.layer.unknown": "Der Dienst hat keine Ebene {where}. Vorhanden sind: {layers}.",
    "service.answer": "Der Dienst liefert für {where} kein GeoJSON. Laden Sie die Ebene als Datei herunter.",
    "service.too_many": "Die Ebene {where} hat mehr als {limit} Objekte. Laden Sie nur Ihr Gebiet oder eine Datei.",
    "service.pages_overlap": "Der Dienst liefert Objekte der Ebene {where} doppelt. Laden Sie die Ebene als Datei "
    "herunter.",
    "fetch.unknown": "Eine amtliche Datei {where} ist nicht bekannt. Möglich sind: {known}.",
    "fetch.licence": "Quellenvermerk für {where}: {licence}.",
    "raster.too_large": "Das Raster {where} enthält unmöglich große Einwohnerzahlen. Prüfen Sie den Kanal und den Wert "
    "für „keine Angabe“.",
    "crosswalk.length": "Der Umsteigeschlüssel gilt für {areas} Gebiete, übergeben wurden {count} Zahlen. Prüfen Sie, "
    "ob beide zusammengehören.",
    "layer.crs": "Die Ebene {where} nennt kein Koordinatensystem. Weisen Sie es im GIS zu.",
}
