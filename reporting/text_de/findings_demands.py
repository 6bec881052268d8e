"""Sentences about demands (Vorgaben), their file, and steps on a plan."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "constraints.block.unknown": "Die Vorgabe „{constraint}“ nennt unbekannte Blöcke: {where}. Prüfen Sie die "
    "Blockschlüssel.",
    "constraints.municipality.unknown": "Die Vorgabe „{constraint}“ nennt Gemeinden, die es nicht gibt: {where}. "
    "Prüfen Sie die Gemeindeschlüssel.",
    "constraints.region_count.range": "Verlangt sind {count} Räume; möglich sind 1 bis {blocks}. Ändern Sie die Zahl.",
    "constraints.regions_per_municipality.range": "Für {where} ist keine positive Zahl von Räumen verlangt. Jede "
    "Gemeinde braucht mindestens einen Raum.",
    "constraints.locked.negative": "In einem Raum mit negativer Nummer sind Blöcke festgehalten: {where}. Erlaubt sind "
    "Nummern ab 0.",
    "constraints.locked.too_large": "Die Nummer des Raums ist zu groß bei {where}. Erlaubt sind Nummern bis {limit}.",
    "constraints.edge.no_border": "Barrieren oder bevorzugte Grenzen zwischen Blöcken, die sich nicht berühren: "
    "{where}. Dort wirken sie nicht. Prüfen Sie die Blockschlüssel.",
    "constraints.edge.itself": "Eine Brücke oder Barriere verbindet einen Block mit sich selbst: {where}. Nennen Sie "
    "zwei verschiedene Blöcke.",
    "constraints.regions_per_municipality.joint_differ": "Diese Gemeinden dürfen sich Räume teilen, haben aber "
    "verschiedene Zahlen von Räumen: {where}. Die Zahl gilt für alle zusammen; geben Sie eine einzige an.",
    "constraints.targets.joint_differ": "Diese Gemeinden dürfen sich Räume teilen, haben aber verschiedene "
    "Einwohnerziele: {where}. Geben Sie ihnen dasselbe Ziel.",
    "constraints.current_plan.length": "Der heutige Zuschnitt gilt für {plan} Blöcke, die Datei hat {blocks}. "
    "Beide müssen zur selben Blockdatei gehören.",
    "constraints.stay_close.negative": "Das Gewicht „stay_close“ ist {stay_close}; erlaubt sind Zahlen ab 0. Ändern "
    "Sie das Gewicht.",
    "constraints.places_weight.range": "Das Gewicht „places_weight“ ist {weight}; erlaubt sind Zahlen ab 1. Ändern Sie "
    "das Gewicht.",
    "constraints.preferred_cuts.price": "Der Preis einer Grenze muss zwischen 0 und 1 liegen; anders ist er bei "
    "{where}.",
    "constraints.current_plan.unknown": "Der heutige Zuschnitt nennt Blöcke, die es nicht mehr gibt: {where}. Sie "
    "bleiben außer Betracht.",
    "constraints.current_plan.missing": "Der heutige Zuschnitt nennt {blocks} nicht: {where}. Sie kommen zum Raum mit "
    "der längsten gemeinsamen Grenze.",
    "constraints_file.lines.no_file": 'Bei {where} fehlt die Datei mit den Linien. Ergänzen Sie file = "…".',
    "constraints_file.lines.no_folder": "Die Datei mit Linien {where} lässt sich hier nicht lesen. Nennen Sie die "
    "Vorgabendatei mit --constraints.",
    "constraints.layer.not_chosen": "Die Vorgabendatei nennt {where}; ausgewählt ist diese Datei nicht. Wählen Sie sie "
    "zusammen mit der Vorgabendatei aus.",
    "layer.no_lines": "In {where} stehen keine Linien. Nennen Sie die Ebene mit den Linien.",
    "layer.no_crossings": "In {where} stehen weder Punkte noch Linien. Nennen Sie die Ebene mit den Brücken und "
    "Unterführungen.",
    "layer.no_areas": "In {where} stehen keine Flächen. Nennen Sie die Ebene mit den Flächen der Orte.",
    "layer.ambiguous": "Die Datei „{file}“ hat mehrere passende Ebenen: {layers}. Nennen Sie eine davon.",
    "features.constant": "Das Merkmal {where} hat in allen Blöcken denselben Wert und unterscheidet sie nicht. Lassen "
    "Sie es weg oder prüfen Sie die Spalte.",
    "features.twice": "Das Merkmal {where} ist mehrfach genannt. Nennen Sie es einmal.",
    "places.column.unknown": "Die Ebene der Orte hat keine Spalte {where}. Vorhanden sind: {columns}. Nennen Sie eine "
    "davon.",
    "places.column.which": "In welcher Spalte stehen die Namen der Orte? Vorhanden sind: {columns}. Nennen Sie sie "
    "(Kommandozeile: --places DATEI:EBENE:SPALTE).",
    "places.made_valid": "{count} Flächen von Orten kreuzen ihren eigenen Rand und wurden für die Zuordnung gültig "
    "gemacht; die Datei bleibt, wie sie ist.",
    "places.nothing": "Keine Fläche aus {where} liegt über einem Block. Prüfen Sie Lage und Koordinatensystem.",
    "places.assigned": "Aus {where} wurden {places} Orte übernommen: {blocks} Blöcke gehören zu einem Ort, {without} "
    "zu keinem.",
    "barriers.nothing": "Die Barriere {where} trennt keine Blöcke: Keine gemeinsame Grenze verläuft an ihr entlang. "
    "Prüfen Sie Lage und Koordinatensystem der Linien.",
    "prefer_cuts.nothing": "Die Linien {where} verlaufen an keiner Blockgrenze entlang. Prüfen Sie Lage und "
    "Koordinatensystem der Linien.",
    "prefer_cuts.edges": "An den Linien {where} verlaufen {count} Blockgrenzen ({kilometres} km); Grenzen der Räume "
    "werden dort bevorzugt.",
    "constraints_file.syntax": "Die Vorgabendatei ist kein gültiges TOML ({detail}). Berichtigen Sie die Stelle.",
    "constraints_file.key.unknown": "Die Vorgabendatei enthält unbekannte Einträge: {where}. Bekannt sind: {known}.",
    "constraints_file.type": "In der Vorgabendatei steht bei „{key}“: {found}. Erwartet wird: {expected}. Berichtigen "
    "Sie den Eintrag.",
    "edit.block.unknown": "Der Schritt nennt unbekannte Blöcke: {where}. Prüfen Sie die Blockschlüssel.",
    "edit.kind.unknown": "Den Schritt {where} gibt es nicht.",
    "edit.blocks.empty": "Es sind keine Blöcke gewählt. Wählen Sie mindestens einen Block.",
    "edit.region.in_use": "Die Raumnummer {region} ist vergeben oder ungültig. Wählen Sie eine freie Nummer.",
    "edit.region.unknown": "Den Raum {where} gibt es in diesem Zuschnitt nicht. Wählen Sie einen vorhandenen.",
    "edit.region.negative": "Die Raumnummer {region} ist ungültig. Erlaubt sind Nummern ab 0.",
    "edit.split.several_regions": "Die gewählten Blöcke liegen nicht in einem einzigen Raum ({where}). Wählen Sie "
    "Blöcke aus einem Raum.",
    "edit.split.nothing_left": "Vom Raum {where} bliebe nichts übrig. Wählen Sie weniger Blöcke.",
    "plan.length": "Der Zuschnitt gilt für {plan} Blöcke, die Aufgabe hat {blocks}. Beide müssen zur selben "
    "Blockdatei gehören.",
    "compare.length": "Die Zuschnitte gelten für {before} und {after} Blöcke, die Datei hat {blocks}. "
    "Vergleichen lassen sich nur Zuschnitte derselben Blockdatei.",
    "propose.method.unknown": "Das Verfahren {where} gibt es nicht. Vorhanden sind: {known}.",
}
