"""Sentences about options, projects, long work and output files."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "features.unknown": "Die Merkmale {where} gibt es in der Datei nicht. Zur Wahl stehen: {offered}.",
    "option.count": "Die Anzahl der Räume ist {value}; sie muss mindestens 1 sein. Geben Sie eine größere Zahl an oder "
    "lassen Sie --count weg.",
    "option.count.twice": "Die Anzahl der Räume ist zweimal verschieden angegeben: {option} mit --count, {file} in der "
    "Vorgabendatei. Streichen Sie eine der beiden Angaben.",
    "option.alternatives": "Gewünscht sind {value} Vorschläge; es muss mindestens einer sein. Geben Sie eine größere "
    "Zahl an.",
    "option.limit": "Die Zeitgrenze in Sekunden ist {value}; sie muss größer als 0 sein. Geben Sie eine größere Zahl "
    "an oder lassen Sie --limit weg.",
    "option.quartiere": "Ein Quartier soll {value} Einwohner haben; möglich sind 1 bis {maximum}. Üblich sind 3.000.",
    "option.compactness": "Das Gewicht der Kompaktheit ist {value}; verlangt ist eine Zahl ab 0. Üblich ist 0,20.",
    "constraints.file.unreadable": "Die Vorgaben in {where} lassen sich nicht lesen. Prüfen Sie, ob es die Datei gibt "
    "und ob sie als UTF-8 gespeichert ist.",
    "constraints.file.one": "Ausgewählt sind {count} Vorgabendateien (TOML); nötig ist genau eine. Wählen Sie sie "
    "zusammen mit den Ebenen aus, die sie nennt.",
    "output.unwritable": "In {where} kann nicht geschrieben werden. Prüfen Sie Schreibrechte und freien Speicherplatz, "
    "oder wählen Sie einen anderen Ordner.",
    "project.missing": "Die Projektdatei {where} gibt es nicht. Prüfen Sie den Pfad.",
    "workspace.no_plan": "Es liegt noch kein Zuschnitt auf dem Tisch. Berechnen Sie zuerst einen Vorschlag.",
    "job.worker_died": "Die Berechnung ist unerwartet zu Ende gegangen, vermutlich weil der Speicher nicht reichte. "
    "Ihr Zuschnitt ist unverändert. Schließen Sie andere Programme und rechnen Sie noch einmal.",
}
