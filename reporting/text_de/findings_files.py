"""Sentences about files, layers, coordinate systems and columns."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "Befund {code}: {where} {all_values}."

SENTENCES: Mapping[str, str] = {
    # the file
    "read.file.missing": "Die Datei {where} gibt es nicht. Prüfen Sie Ordner und Schreibweise.",
    "read.file.folder": "{where} ist ein Ordner und keine Datei. Geben Sie die Datei darin an.",
    "read.file.empty": "Die Datei {where} ist leer (0 Byte). Vermutlich wurde sie nicht vollständig kopiert. "
    "Kopieren Sie sie erneut.",
    "read.file.too_large": "Die Datei {where} ist mit {gigabytes} GB zu groß. Schneiden Sie sie im GIS auf Ihr Gebiet "
    "zu.",
    "read.file.forbidden": "Die Datei {where} darf nicht gelesen werden. Prüfen Sie die Zugriffsrechte.",
    "read.file.format": "Das Format der Datei {where} wird nicht gelesen. Möglich sind: {formats}. Speichern Sie die "
    "Blöcke zum Beispiel als GeoPackage.",
    "read.file.unreadable": "Die Datei {where} enthält keine lesbaren Geodaten; sie ist beschädigt oder von einer "
    "anderen Art, als ihr Name sagt. Öffnen Sie sie im GIS und speichern Sie sie neu als GeoPackage.",
    "read.reader.remark": "Beim Lesen gab es {count} Anmerkungen der Leseroutine (englisch): {where}. Prüfen Sie die "
    "Datei im GIS.",
    "read.shapefile.part_missing": "Zum Shapefile „{file}“ fehlen die Teile {where}. Ein Shapefile besteht aus "
    "mindestens .shp, .shx und .dbf. Legen Sie alle Teile in denselben Ordner oder packen Sie sie in eine Zip-Datei.",
    # zip files
    "read.zip.broken": "Die Zip-Datei {where} ist beschädigt oder mit einem Kennwort geschützt. Packen Sie sie neu, "
    "ohne Kennwort.",
    "read.zip.bomb": "Die Zip-Datei {where} ist verdächtig stark gepackt: {megabytes} MB in {entries} Dateien. Sie "
    "wurde nicht ausgepackt. Packen Sie nur die Dateien des einen Datensatzes neu.",
    "read.zip.no_geodata": "Die Zip-Datei {where} enthält keine Geodaten. Packen Sie alle Teile des Shapefiles oder "
    "das GeoPackage hinein.",
    "read.zip.several": "Die Zip-Datei „{file}“ enthält mehrere Datensätze: {where}. Welcher ist gemeint? Packen Sie "
    "nur diesen einen.",
    # layers
    "read.layer.unknown": "Die Ebene {where} gibt es in „{file}“ nicht. Vorhanden sind: {layers}. Wählen Sie eine "
    "davon (Kommandozeile: --layer NAME).",
    "read.layer.ambiguous": "Die Datei „{file}“ hat mehrere Ebenen: {layers}. Welche enthält die Blöcke? Wählen Sie "
    "sie aus (Kommandozeile: --layer NAME).",
    "read.layer.guessed": "Die Datei „{file}“ hat mehrere Ebenen ({layers}); gelesen wurde {where}.",
    "read.layer.none": "Die Datei {where} hat keine Ebene mit Flächen. Geben Sie die Datei mit den Blockgrenzen an.",
    "read.layer.no_rows": "In {where} steht kein einziger Block. Prüfen Sie, ob im GIS ein Filter gesetzt war.",
    "read.geometry.none": "In {where} stehen keine Flächen, nur eine Tabelle. Geben Sie die Datei mit den Blockgrenzen "
    "an.",
    "read.geometry.all_empty": "Keiner der {count} Blöcke hat eine Fläche. Speichern Sie die Datei im GIS mit "
    "Geometrie neu.",
    # coordinate systems
    "read.crs.missing": "Das Koordinatensystem fehlt in der Datei. Die Koordinaten reichen von {west} bis {east} und "
    "von {south} bis {north}; das passt zu EPSG {guesses}. Bestätigen Sie es (Kommandozeile: --crs {guess}) oder legen "
    "Sie die .prj-Datei dazu.",
    "read.crs.missing_no_guess": "Das Koordinatensystem fehlt in der Datei, und die Koordinaten (von {west} bis {east} "
    "und von {south} bis {north}) passen zu keinem üblichen. Fragen Sie die Stelle, von der die Datei kommt, nach dem "
    "EPSG-Code (Kommandozeile: --crs CODE).",
    "read.crs.unknown": "Ein Koordinatensystem EPSG {where} gibt es nicht. Üblich sind 25832, 25833, 3035, 31466, "
    "31467 und 4326.",
    "read.crs.swapped": "Die Achsen der Koordinaten sind vertauscht: „Länge“ reicht von {west} bis {east}, „Breite“ "
    "von {south} bis {north}. Vertauschen Sie im GIS die Koordinaten und speichern Sie die Datei neu.",
    "read.crs.contradicts": "Das Koordinatensystem der Datei ({crs}) passt nicht zu ihren Koordinaten (von {west} bis "
    "{east} und von {south} bis {north}); sie passen zu EPSG {guess}. Geben Sie das richtige an (Kommandozeile: "
    "--crs {guess}).",
    "read.crs.impossible": "Die Koordinaten (von {west} bis {east} und von {south} bis {north}) liegen außerhalb des "
    "Bereichs ihres Koordinatensystems ({crs}). Prüfen Sie im GIS, ob einzelne Blöcke weit außerhalb liegen.",
    "read.crs.overridden": "Die Datei nennt das Koordinatensystem {file}; verwendet wird wie angegeben EPSG {epsg}.",
    "read.crs.degrees": "Die Koordinaten stehen in Grad; gerechnet wird in Metern (EPSG {to}).",
    "read.crs.transformed": "Das Koordinatensystem {from} wurde in EPSG {to} (Meter) umgerechnet.",
    # columns
    "read.column.missing": "Eine Spalte {where} gibt es nicht. Vorhanden sind: {columns}. Wählen Sie eine davon.",
    "read.column.ambiguous": "Für {role_accusative} kommen mehrere Spalten in Frage: {candidates}. Welche ist gemeint? "
    "Wählen Sie sie aus (Kommandozeile: {option} SPALTE).",
    "read.column.none.id": "Keine Spalte ist als Blockschlüssel zu erkennen. Vorhanden sind: {columns}. Wählen Sie "
    "eine aus (Kommandozeile: --id SPALTE).",
    "read.column.none.population": "Keine Spalte ist als Einwohnerzahl zu erkennen. Vorhanden sind: {columns}. Wählen "
    "Sie eine aus (Kommandozeile: --population SPALTE), oder fügen Sie eine Tabelle mit den Einwohnern an "
    "(Kommandozeile: --table DATEI).",
    "read.column.none.within": "Keine Spalte ist als Gemeinde zu erkennen; Gemeindegrenzen werden nicht beachtet. Gibt "
    "es eine, wählen Sie sie aus (Kommandozeile: --within SPALTE).",
    "read.column.guessed.id": "Als Blockschlüssel wurde die Spalte {where} erkannt.",
    "read.column.guessed.population": "Als Einwohnerzahl wurde die Spalte {where} erkannt.",
    "read.column.guessed.within": "Als Gemeinde wurde die Spalte {where} erkannt; kein Raum überschreitet deren "
    "Grenzen.",
    "read.column.guessed.name": "Als Gemeindename wurde die Spalte {where} erkannt.",
    "read.column.guessed.places": "Als Ortsteil wurde die Spalte {where} erkannt; Ortsteile bleiben möglichst ganz.",
    # keys
    "read.id.missing": "In {rows} fehlt der Blockschlüssel (Spalte „{column}“): {where}. Jeder Block braucht einen "
    "eigenen. Tragen Sie die Schlüssel nach.",
    "read.id.duplicate": "Mehrfach vergebene Blockschlüssel (Spalte „{column}“): {where}. Jeder Block braucht "
    "einen eigenen. Wählen Sie eine andere Spalte oder fassen Sie die Zeilen zusammen.",
    "read.id.trimmed": "Leerzeichen um Blockschlüssel wurden nicht beachtet: {where}.",
    "read.within.missing": "Bei {blocks_dative} fehlt die Gemeinde (Spalte „{column}“): {where}. Tragen Sie sie nach "
    "oder rechnen Sie ohne Gemeindegrenzen (Kommandozeile: --within none).",
    "read.within.lost_zero": "{count} Gemeindeschlüssel haben nur 7 Ziffern (Spalte „{column}“): {where}. Vermutlich "
    "ging die führende Null verloren; amtliche Tabellen lassen sich nur mit ihr anfügen. Lassen Sie sie ergänzen "
    "(Kommandozeile: --repair {repair}).",
    "read.within.restored": "Bei {count} Gemeindeschlüsseln wurde die führende Null ergänzt (Spalte „{column}“): "
    "{where}.",
    # residents and features
    "read.population.missing": "Bei {blocks_dative} fehlt die Einwohnerzahl (Spalte „{column}“): {where}. Tragen Sie "
    "sie ein, bei unbewohnten Blöcken eine 0.",
    "read.population.negative": "Bei {blocks_dative} ist die Einwohnerzahl negativ (Spalte „{column}“): {where}. Oft "
    "steht −1 oder −9 für „unbewohnt“ oder „geheim“. Ersetzen Sie solche Werte.",
    "read.population.text": "Bei {blocks_dative} steht Text statt der Einwohnerzahl (Spalte „{column}“, zum Beispiel "
    "{samples}): {where}. Tragen Sie Zahlen ein oder wählen Sie eine andere Spalte.",
    "read.population.not_finite": "Bei {blocks_dative} ist die Einwohnerzahl unendlich (Spalte „{column}“): {where}. "
    "Tragen Sie die richtigen Zahlen ein.",
    "read.population.too_large": "Bei {blocks_dative} ist die Einwohnerzahl unmöglich groß (Spalte „{column}“): "
    "{where}. Prüfen Sie, ob die richtige Spalte gewählt ist.",
    "read.population.all_zero": "In der Spalte „{column}“ steht überall 0. Ohne Einwohner lassen sich keine Räume "
    "bilden. Wählen Sie eine andere Spalte.",
    "read.population.fraction": "Bei {blocks_dative} ist die Einwohnerzahl keine ganze Zahl (Spalte „{column}“): "
    "{where}. Es wurde so gerundet, dass die Summe bleibt: {before} vorher, {after} nachher.",
    "read.population.from_text": "Die Einwohner stehen als Text in der Spalte {where} und wurden als Zahlen gelesen "
    "(Dezimalzeichen „{decimal}“).",
    "read.feature.text": "Bei {blocks_dative} steht Text im Merkmal „{column}“: {where}. Tragen Sie Zahlen ein oder "
    "lassen Sie das Merkmal weg.",
    "read.feature.missing": "Bei {blocks_dative} fehlt der Wert des Merkmals „{column}“: {where}. Tragen Sie ihn nach "
    "oder lassen Sie das Merkmal weg.",
    # shapes
    "blocks.geometry.empty": "{blocks} ohne Fläche: {where}. Ergänzen Sie die Flächen oder löschen Sie die Zeilen.",
    "blocks.geometry.not_areal": "{blocks} mit Punkten oder Linien statt Flächen: {where}. Geben Sie die Ebene mit den "
    "Blockgrenzen an.",
    "blocks.geometry.invalid": "{blocks} mit fehlerhafter Fläche ({reasons}): {where}. Lassen Sie die Flächen "
    "reparieren (Kommandozeile: --repair {repair}) oder bereinigen Sie sie im GIS.",
    "blocks.geometry.zero_area": "{blocks} ohne Flächeninhalt: {where}. Löschen oder ergänzen Sie sie.",
    "blocks.geometry.same": "Dieselbe Fläche gibt es bei {pairs} von Blöcken: {where}. Vermutlich stehen Blöcke "
    "doppelt in der Datei. Löschen Sie die doppelten, sonst zählen ihre Einwohner zweimal.",
    "blocks.geometry.overlap": "Überlappungen gibt es bei {pairs} von Blöcken, zusammen auf {area_m2} m²: {where}. "
    "Lassen Sie die Flächen bereinigen (Kommandozeile: --repair {repair}) oder berichtigen Sie die Grenzen im GIS.",
    "blocks.geometry.small_overlap": "Geringfügige Überlappungen gibt es bei {pairs} von Blöcken, höchstens "
    "{largest_m2} m²: {where}. Für die Räume ist das ohne Folgen.",
    # writing
    "write.failed": "Die Datei {where} konnte nicht geschrieben werden. Prüfen Sie Ordner, Rechte und Speicherplatz.",
    # repairs
    "repair.unknown": "Eine Reparatur {where} gibt es nicht. Möglich sind: {known}.",
    "repair.make_valid": "Repariert wurden die Flächen von {blocks_dative}: {where}. Fläche vorher {area_before_m2} "
    "m², nachher {area_after_m2} m²; Einwohner vorher {residents_before}, nachher {residents_after}.",
    "repair.snap": "Eckpunkte im Abstand von höchstens 5 cm wurden zusammengelegt, um mehr als 1 m² verändert wurden "
    "{blocks}: {where}. Fläche vorher {area_before_m2} m², nachher {area_after_m2} m²; Einwohner vorher "
    "{residents_before}, nachher {residents_after}.",
    "repair.clean": "Überlappungen und Lücken unter 1 m wurden bereinigt, um mehr als 1 m² verändert wurden {blocks}: "
    "{where}. Fläche vorher {area_before_m2} m², nachher {area_after_m2} m²; Einwohner vorher {residents_before}, "
    "nachher {residents_after}.",
    "repair.drop_empty": "Weggelassen wurden {blocks} ohne Fläche und ohne Einwohner: {where}. Einwohner vorher "
    "{residents_before}, nachher {residents_after}.",
    # how the blocks lie together
    "topology.pieces": "Die Blöcke hängen nicht zusammen: {pieces} getrennte Teile, davon {islands} einzelne Blöcke: "
    "{where}. Ein Raum kann nicht über die Lücke reichen. Verbinden Sie Inseln und Exklaven, wenn nötig, von Hand.",
    "topology.streets_between": "Zwischen den Blöcken liegen Straßen: {islands} Blöcke berühren keinen anderen. Mit "
    "einer Toleranz von {tolerance_m} m gelten Blöcke auf beiden Straßenseiten als Nachbarn (Kommandozeile: "
    "--gap {tolerance_m}).",
    "topology.gap": "Zwischen den Blöcken gibt es {count} Lücken, zusammen {area_m2} m², bei {where}. Prüfen Sie, ob "
    "dort Blöcke fehlen.",
    "topology.sliver": "{blocks} sind winzige Splitter: {where}. Oft entstehen sie beim Verschneiden. Fassen Sie sie "
    "im GIS mit dem Nachbarn zusammen.",
    "topology.multipart": "{blocks} aus mehreren Teilen: {where}.",
    "topology.astray": "{blocks} weit entfernt von allen anderen: {where}. Prüfen Sie ihre Lage.",
    "topology.outside": "{blocks} außerhalb des Kreises: {where}. Prüfen Sie ihre Lage oder löschen Sie sie.",
}
