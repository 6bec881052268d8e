"""Words of the map and the editor (Karte, Bearbeiten)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reporting.numbers_de import whole

MAP: Mapping[str, str] = MappingProxyType(
    {
        "zoom_in": "Näher",
        "zoom_out": "Weiter weg",
        "whole": "Ganzen Kreis zeigen",
        "loading": "Die Karte wird gezeichnet …",
        "failed": "Die Karte konnte nicht geladen werden. Prüfen Sie die Verbindung, die Seite versucht es weiter.",
        "legend": "Legende",
        "keys": "Pfeiltasten verschieben die Karte, Plus und Minus ändern den Maßstab.",
    }
)

PREPARING = "Raumwerk wird vorbereitet …"
SERVING = "Raumwerk läuft. Öffnen Sie im Browser"
SERVER_HELP: Mapping[str, str] = MappingProxyType(
    {"description": "Startet die App.", "address": "0.0.0.0 öffnet die App im ganzen Haus."}
)


def editor_description(name: str) -> str:
    """The accessible name of the editor's map.

    >>> editor_description("Entwurf A").startswith("Karte zum Bearbeiten von „Entwurf A“.")
    True
    """
    return (
        f"Karte zum Bearbeiten von „{name}“. Pfeiltasten gehen von Block zu Block, Eingabe legt den Block in den "
        "gewählten Raum, Fragezeichen zeigt alle Tasten."
    )


def from_to(lower: str, upper: str) -> str:
    """One class of a legend.

    >>> from_to("1,0", "2,5")
    '1,0 bis 2,5'
    """
    return f"{lower} bis {upper}"


NOBODY = "ohne Namen"
UNREADABLE_MESSAGE = "Der Server konnte die Änderung nicht lesen. Laden Sie die Seite neu, Ihre Arbeit bleibt erhalten."

STORE_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "store.full": "Auf dem Datenträger ist kein Platz mehr. Schaffen Sie Platz; Bestätigtes ist gesichert, "
        "Ihre letzten Schritte werden danach gespeichert.",
        "store.read_only": "Die Projektdatei ist schreibgeschützt. Heben Sie den Schutz auf; Bestätigtes ist "
        "gesichert, Ihre letzten Schritte werden danach gespeichert.",
        "store.damaged": "Die Projektdatei ist beschädigt und wird nicht geöffnet.",
        "store.busy": "Ein anderes Programm benutzt gerade die Projektdatei. Schließen Sie es, zum Beispiel QGIS.",
        "store.in_use": "Das Projekt ist schon in einem anderen Raumwerk geöffnet. Schließen Sie es dort zuerst.",
        "store.newer": "Die Projektdatei stammt von einem neueren Raumwerk. Aktualisieren Sie das Programm.",
        "store.missing": "Die Projektdatei gibt es nicht (mehr). Prüfen Sie den Ort.",
        "store.exists": "An diesem Ort liegt schon eine Datei. Wählen Sie einen anderen Namen.",
        "store.no_project": "Diese Datei ist ein GeoPackage, aber kein Raumwerk-Projekt.",
        "store.no_plan": "Diesen Zuschnitt gibt es im Projekt nicht.",
        "store.counts_changed": "Inzwischen hat jemand andere Fallzahlen übernommen. Lesen Sie Ihre Datei noch "
        "einmal ein.",
        "store.ledger_changed": "Das Freigabeverzeichnis der Projektdatei wurde von außen verändert. Es wird nichts "
        "freigegeben. Öffnen Sie die Sicherung.",
    }
)


def store_problem(code: str, values: Mapping[str, Any]) -> str:
    """What is wrong with the project file, and what to do now.

    >>> store_problem("store.damaged", {"backup": "kreis.sicherung.gpkg"})
    'Die Projektdatei ist beschädigt und wird nicht geöffnet. Die letzte Sicherung liegt unter kreis.sicherung.gpkg.'
    """
    backup = values.get("backup")
    offer = f" Die letzte Sicherung liegt unter {backup}." if backup else ""
    return STORE_PROBLEMS[code] + offer


EDITOR: Mapping[str, Any] = MappingProxyType(
    {
        **MAP,
        "tools": "Werkzeuge",
        "panel": "Räume, Hinweise und Anmerkungen",
        "tool_select": "Wählen",
        "tool_single": "Einzeln",
        "tool_brush": "Pinsel",
        "tool_rectangle": "Rechteck",
        "tool_lasso": "Lasso",
        "tool_municipality": "Gemeinde",
        "tool_place": "Ort",
        "tool_now": "Werkzeug: {tool}",
        "brush_smaller": "Pinsel kleiner",
        "brush_larger": "Pinsel größer",
        "restrict": "Nur in der Gemeinde",
        "restrict_on": "Ein Strich bleibt in der Gemeinde, in der er beginnt.",
        "restrict_off": "Ein Strich darf Gemeindegrenzen überschreiten.",
        "undo": "Rückgängig",
        "redo": "Wiederholen",
        "undone": "Der letzte Schritt ist rückgängig gemacht.",
        "redone": "Der Schritt ist wiederholt.",
        "share": "Teilen",
        "share_edit": "Link zum Mitarbeiten",
        "share_view": "Link nur zum Ansehen",
        "copy": "Kopieren",
        "copied": "Kopiert",
        "layers": "Ebenen",
        "help": "Hilfe",
        "find": "Ort oder Straße finden",
        "found": "{name} gefunden, liegt in Raum {region}.",
        "not_found": "„{name}“ gibt es hier nicht. Wählen Sie einen Namen aus der Liste.",
        "regions": "Räume",
        "sort": "Reihenfolge",
        "sort_number": "nach Nummer",
        "sort_deviation": "nach Abweichung",
        "sort_residents": "nach Einwohnern",
        "new_region": "Neuer Raum",
        "new_ready": "Raum {region} ist bereit. Malen Sie seine ersten Blöcke.",
        "lock_all": "Alle sperren",
        "unlock_all": "Alle entsperren",
        "locked": "Gesperrt: Raum {regions}.",
        "unlocked": "Entsperrt: Raum {regions}.",
        "totals": "{regions} Räume, {in_band} im Band {minimum} bis {maximum}, {loose} Blöcke ohne Raum, "
        "Kompaktheit {compact}",
        "homogeneity": "Ähnlichkeit {value}",
        "region_row": "Raum {name}: {residents} Einwohner ({difference} zum Ziel), {blocks} Blöcke, Teile: {pieces}, "
        "Kompaktheit {compactness} {homogeneity}",
        "region_menu": "Raum {name}: umbenennen, färben, sperren, teilen",
        "region": "Raum {region}",
        "target": "Gemalt wird mit Raum {region}, {residents} Einwohner.",
        "rename": "Name",
        "colour": "Farbe",
        "colour_slot": "Farbe {slot}",
        "merge": "Zusammenlegen mit",
        "merge_now": "Zusammenlegen",
        "lock": "Sperren",
        "unlock": "Entsperren",
        "split": "Teilung vorschlagen",
        "split_preview": "Vorschlag: Raum {region} teilen, neuer Raum {fresh} mit {residents} Einwohnern.",
        "no_split": "Raum {region} lässt sich nicht teilen.",
        "zoom_to": "Auf der Karte zeigen",
        "save": "Speichern",
        "close": "Schließen",
        "warnings": "Hinweise",
        "no_warnings": "Alle Vorgaben sind eingehalten.",
        "previous": "Vorheriger Hinweis",
        "next": "Nächster Hinweis",
        "repair": "Beheben",
        "other_repair": "Anderer Vorschlag",
        "no_repair": "Die Maschine findet keine Verbesserung. Lösen Sie Sperren oder versuchen Sie es von Hand.",
        "thinking": "Ein Vorschlag wird gesucht …",
        "take": "Übernehmen",
        "drop": "Verwerfen",
        "taken": "Vorschlag übernommen.",
        "conflicts": "Zwei wollten denselben Block",
        "conflict": "Block {block}: {theirAuthor} legte ihn in Raum {theirs}, {myAuthor} wollte ihn in Raum {mine}.",
        "take_mine": "Raum {mine} nehmen",
        "take_theirs": "Raum {theirs} lassen",
        "remarks": "Anmerkungen",
        "choose_region": "Seinen Raum wählen",
        "add_remark": "Anmerkung schreiben",
        "remark_kept": "Die Anmerkung ist gespeichert.",
        "on_region": "Raum {region}",
        "on_block": "Block {block}",
        "on_map": "Anmerkung zum Zuschnitt",
        "done": "Erledigt",
        "reopen": "Wieder öffnen",
        "block": "Block {id}\n{municipality} {place}\n{residents} Einwohner\nRaum {region} mit {total} Einwohnern",
        "block_loose": "Block {id}\n{municipality} {place}\n{residents} Einwohner\nin keinem Raum",
        "moved": "{count} Blöcke mit {residents} Einwohnern nach Raum {region}. Er hat jetzt {total} Einwohner.",
        "breaks": "⚠ Raum {region} besteht jetzt aus {pieces} getrennten Teilen.",
        "refused_locked": "{count} Blöcke sind gesperrt und blieben, wo sie sind.",
        "refused_contested": "{count} Blöcke hat inzwischen jemand anders verschoben. Bitte rechts entscheiden.",
        "refused_changed": "{count} Blöcke wurden seither von anderen verschoben und blieben so.",
        "refused_unknown": "{count} Blöcke kennt der Server nicht. Laden Sie die Seite neu.",
        "problem_state": "Dieser Zuschnitt ist kein Entwurf mehr. Legen Sie eine neue Fassung an.",
        "problem_nothing": "Es gibt nichts rückgängig zu machen oder zu wiederholen.",
        "problem_unknown": "Diese Änderung kennt der Server nicht. Laden Sie die Seite neu.",
        "others": "{author} hat etwas geändert ({count} Schritte).",
        "saving": "{count} Schritte werden gespeichert …",
        "saved": "✓ Alles gespeichert",
        "offline": "⚠ Keine Verbindung. {count} Schritte warten und werden von selbst nachgereicht.",
        "who": "Wer bearbeitet?",
        "why_name": "Jeder Schritt wird mit Name und Zeit festgehalten, damit alle sehen, wer was geändert hat.",
        "your_name": "Ihr Name",
        "go": "Weiter",
        "hello": "Guten Tag, {name}. Sie können jetzt malen.",
        "colour_by": "Flächen färben nach",
        "by_region": "Räumen",
        "layer_labels": "Nummern und Einwohner",
        "layer_municipalities": "Gemeindegrenzen",
        "layer_barriers": "Barrieren",
        "layer_places": "Orte",
        "layer_facilities": "Einrichtungen",
        "help_intro": "Alles geht mit Maus, Finger und Tastatur. Tasten wirken, wenn die Karte den Fokus hat.",
        "keys": [
            ["Pfeiltasten", "von Block zu Block gehen; der Block wird vorgelesen"],
            ["Eingabe", "Block (Gemeinde, Ort) in den gewählten Raum legen"],
            [", und .", "vorherigen, nächsten Raum wählen"],
            ["I oder Alt+Klick", "den Raum unter dem Zeiger wählen"],
            ["V E B R L G O", "Wählen, Einzeln, Pinsel, Rechteck, Lasso, Gemeinde, Ort"],
            ["[ und ]", "Pinsel kleiner, größer"],
            ["Leertaste halten", "Karte verschieben, ohne zu malen"],
            ["H", "nur in der Gemeinde malen, in der der Strich beginnt"],
            ["N", "neuer Raum"],
            ["A oder Rechtsklick", "Angaben zum Block, Anmerkung schreiben"],
            ["S", "gewählten Raum sperren oder entsperren"],
            ["Z, 0", "auf den Raum zoomen, ganzen Kreis zeigen"],
            ["W, Umschalt+W", "nächster, vorheriger Hinweis"],
            ["F", "Ort oder Straße finden"],
            ["Strg+Z, Strg+Y", "rückgängig, wiederholen"],
            ["?", "diese Hilfe"],
        ],
    }
)

REPAIRS: Mapping[str, str] = MappingProxyType(
    {
        "make_contiguous": "Getrennte Teile anschließen",
        "into_band": "Räume ins Einwohnerziel bringen",
        "improve": "Zuschnitt insgesamt verbessern",
    }
)


def repair_sentence(code: str, residents_moved: int, violations_left: int) -> str:
    """What a suggestion would do.

    >>> repair_sentence("make_contiguous", 1200, 0)
    'Getrennte Teile anschließen: 1.200 Einwohner wechseln den Raum, danach ist alles eingehalten.'
    """
    left = "danach ist alles eingehalten" if not violations_left else f"danach bleiben {violations_left} Hinweise"
    return f"{REPAIRS[code]}: {whole(residents_moved)} Einwohner wechseln den Raum, {left}."
