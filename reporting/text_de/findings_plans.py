"""Sentences about blocks, neighbourhood, plans and demands."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "blocks.empty": "Es gibt keinen einzigen Block. Geben Sie eine Datei mit Blöcken an.",
    "blocks.id.missing": "Blöcke ohne Schlüssel: {where}. Jeder Block braucht einen eigenen Schlüssel.",
    "blocks.id.duplicate": "{blocks} stehen mehrfach: {where}. Jeder Block braucht einen eigenen Schlüssel.",
    "blocks.id.unknown": "{blocks} gibt es in dieser Blockdatei nicht: {where}. Prüfen Sie die Blockschlüssel.",
    "blocks.length": "Die Angaben {where} haben nicht so viele Werte, wie es Blöcke gibt ({expected}). Lesen Sie die "
    "Datei neu ein.",
    "blocks.population.missing": "{blocks} ohne Einwohnerzahl: {where}. Tragen Sie sie ein, bei unbewohnten Blöcken "
    "eine 0.",
    "blocks.population.negative": "{blocks} mit negativer Einwohnerzahl: {where}. Tragen Sie richtige Zahlen ein.",
    "contiguity.length": "Zu {edges} Nachbarschaften gibt es {borders} Grenzlängen. Lesen Sie die Datei neu ein.",
    "contiguity.block.unknown": "Eine Nachbarschaft nennt den Block Nr. {largest}, es gibt aber nur {blocks} "
    "Blöcke. Berechnen Sie die Nachbarschaft neu.",
    "contiguity.edge.order": "Die Nachbarschaften stehen in falscher Ordnung oder verbinden einen Block mit sich "
    "selbst. Berechnen Sie die Nachbarschaft neu.",
    "contiguity.edge.double": "{count} Nachbarschaften stehen doppelt. Berechnen Sie die Nachbarschaft neu.",
    "contiguity.border.negative": "Eine Grenzlänge ist negativ oder keine Zahl. Berechnen Sie die Nachbarschaft neu.",
    "plan.label.negative": "Der Zuschnitt enthält die Raumnummer {smallest}; erlaubt sind Nummern ab 0. Berichtigen "
    "Sie die Nummer.",
    "plan.parent.length": "Der übergeordnete Zuschnitt gilt für {parent} Blöcke, dieser für {blocks}. Beide "
    "müssen zur selben Blockdatei gehören.",
    "plan.parent.missing": "Zu diesen Quartieren fehlt der Zuschnitt der Sozialräume. Berechnen Sie ihn zuerst.",
    "plan.file.unreadable": "Die Datei {where} ist keine lesbare Tabelle. Speichern Sie den Zuschnitt als CSV mit den "
    "Spalten block_id und region.",
    "plan.column.missing": "Im Zuschnitt fehlen die Spalten {where}; vorhanden sind: {columns}. Benennen Sie die "
    "Spalten block_id und region.",
    "plan.block.unknown": "Der Zuschnitt nennt Blöcke, die es in der Blockdatei nicht gibt: {where}. Prüfen Sie, ob "
    "er zu dieser Datei gehört und ob führende Nullen verloren gingen.",
    "plan.block.double": "Der Zuschnitt nennt {blocks} mehrfach: {where}. Jeder Block gehört in genau einen Raum. "
    "Löschen Sie die überzähligen Zeilen.",
    "plan.block.missing": "Im Zuschnitt fehlen Blöcke: {where}. Ergänzen Sie die Zeilen, oder lassen Sie region "
    "leer, wenn ein Block zu keinem Raum gehört.",
    "plan.region.named": "Die Räume tragen Namen statt Nummern ({where}); sie wurden alphabetisch nummeriert.",
    "problem.contiguity.length": "Die Nachbarschaft gilt für {contiguity} Blöcke, die Datei hat {blocks}. Lesen "
    "Sie die Datei neu ein.",
    "problem.features.length": "Die Merkmale haben {rows} Zeilen und {names} Namen bei {blocks} "
    "Blöcken. Lesen Sie die Datei neu ein.",
    "problem.features.not_finite": "Bei {blocks_dative} fehlt der Wert des Merkmals „{column}“: {where}. Tragen Sie "
    "ihn nach oder lassen Sie das Merkmal weg.",
    "target.order": "Das Einwohnerziel ist widersprüchlich: mindestens {minimum}, angestrebt {target}, höchstens "
    "{maximum}. Nötig ist: mindestens ≤ angestrebt ≤ höchstens.",
    "features.unknown": "Die Merkmale {where} gibt es nicht. Vorhanden sind: {offered}. Wählen Sie daraus.",
    "output.unwritable": "In {where} kann nicht geschrieben werden. Prüfen Sie Ordner, Rechte und Speicherplatz.",
    "project.missing": "Die Projektdatei {where} gibt es nicht. Prüfen Sie Ordner und Schreibweise.",
}
