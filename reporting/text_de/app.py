"""Sentences of the app: navigation, start, data, demands, proposal, export."""

from __future__ import annotations

from reporting.numbers_de import NARROW_SPACE, whole

NAME = "Raumwerk"
PAGES = {
    "start": "Start",
    "daten": "Daten",
    "vorgaben": "Vorgaben",
    "vorschlag": "Vorschlag",
    "bearbeiten": "Bearbeiten",
    "indikatoren": "Indikatoren",
    "sozialraumprofil": "Sozialraumprofil",
    "export": "Export",
    "methode": "Methode",
}
OPENING = "Der Musterkreis wird vorbereitet: Blöcke, Nachbarschaften und ein erster Vorschlag …"

START_INTRO = (
    "Raumwerk teilt einen Kreis in Sozialräume ein: aus kleinen statistischen Blöcken, innerhalb der Gemeinden, mit "
    "dem Einwohnerziel, das Sie vorgeben. Jeder Vorschlag sagt, was er nicht einhalten kann und warum."
)
SAMPLE_HINT = (
    "Sie sehen ein erfundenes Beispiel. Mit einer eigenen Datei beginnen Sie auf der Seite „Daten“; sie bleibt auf "
    "diesem Rechner."
)
TO_OWN_DATA = "Eigene Datei öffnen"
TO_SETTINGS = "Vorgaben ansehen und ändern"
TO_PROPOSAL = "Weiter zum Vorschlag"
TO_EXPORT = "Ergebnisse herunterladen"
NO_PLAN = "Für diesen Kreis gibt es noch keinen Zuschnitt."

REGIONS = "Sozialräume"
IN_BAND = "im Band"
RESIDENTS = "Einwohner"
REGION_TABLE = {
    "region": "Raum",
    "municipality": "Gemeinde",
    "residents": "Einwohner",
    "deviation": "Abweichung vom Ziel",
    "band": "Einwohnerziel",
    "polsby_popper": "Kompaktheit",
    "n_blocks": "Blöcke",
}
REGION_TABLE_HELP = {
    "deviation": "Einwohner über (+) oder unter (−) dem angestrebten Wert",
    "polsby_popper": "Polsby-Popper: 1 ist ein Kreis, gegen 0 ein schmales Band",
}
WHAT_IS_BROKEN = "Was nicht eingehalten ist"
ALL_KEPT = "Alle Vorgaben sind eingehalten."
UNAVOIDABLE = "lässt sich mit diesen Vorgaben nicht vermeiden"
REMEDIES = "Was Sie tun können"
MAP_WITHOUT_PLAN = "Gemeindegrenzen; noch kein Zuschnitt"
MAP_SOURCE = "Die Flächenfarbe unterscheidet die Räume, starke Linien sind die Gemeindegrenzen."

DATA_INTRO = (
    "Eine Datei mit statistischen Blöcken: Flächen mit Schlüssel und Einwohnern, möglichst mit Gemeinde. GeoPackage, "
    "Shapefile (gezippt), GeoJSON, FlatGeobuf, GeoParquet. Die Datei wird nur gelesen und bleibt auf diesem Rechner."
)
UPLOAD = "Datei mit statistischen Blöcken"
CHOOSE_FILE = "Datei auswählen"
DROP_FILE = "oder hierher ziehen"
UPLOAD_READ = "Datei lesen und prüfen"
READING = "Die Datei wird gelesen und geprüft …"
COLUMNS = "Spalten"
COLUMN_ID = "Blockschlüssel"
COLUMN_POPULATION = "Einwohner"
COLUMN_WITHIN = "Gemeinde (Grenze, die kein Raum überschreitet)"
COLUMN_PLACE = "Ort (bleibt möglichst zusammen)"
LAYER = "Ebene"
GUESS = "selbst erkennen"
NO_BORDERS = "ohne Gemeindegrenzen"
FILE_ACCEPTED = "Die Datei ist geöffnet."
FILE_KNOWN = "Die Datei ist geöffnet, mit dem Zuschnitt, an dem zuletzt gearbeitet wurde."
FINDINGS = "Befunde"
SEVERITY = {"error": "✖ Fehler", "question": "? Frage", "warning": "▲ Hinweis", "note": "ℹ Notiz"}
BACK_TO_SAMPLE = "Zurück zum Musterkreis"
OPEN_COUNTY = "Geöffnet ist"

SETTINGS_INTRO = (
    "Was ein Sozialraum einhalten soll. Ob das möglich ist, steht sofort daneben, noch bevor Sie rechnen lassen."
)
BAND = "Einwohnerziel"
MINIMUM = "mindestens"
TARGET = "angestrebt"
MAXIMUM = "höchstens"
BORDERS = "Gemeindegrenzen"
BORDER_CHOICES = {"hard": "nie überschreiten", "soft": "möglichst nicht überschreiten", "none": "nicht beachten"}
PLACES = "Orte (Ortsteile)"
PLACE_CHOICES = {"soft": "möglichst zusammenhalten", "hard": "nie zerschneiden", "ignore": "nicht beachten"}
PLACES_HELP = "Nur wenn die Datei eine Spalte mit Orten hat (Seite „Daten“)."
REMEDY_TAKEN = "Die Vorgabe ist geändert. Berechnen Sie jetzt einen neuen Vorschlag."
FEATURES = "Merkmale, in denen sich die Blöcke eines Raums ähneln sollen"
FEATURES_NONE = "keine Merkmale gewählt"
FEATURES_HELP = "Ohne Merkmale folgt der Vorschlag Einwohnern, Grenzen, Siedlungen und Form."
COMPACTNESS = "Gewicht der Kompaktheit (λ)"
COMPACTNESS_HELP = "0: Form ist gleich, 1: sehr rund. Empfohlen 0,20."
COHESION = "Siedlungen zusammenhalten"
COHESION_HELP = "0: egal, 1: empfohlen, mehr: Grenzen meiden dicht besiedelte Stellen noch stärker."
COUNT = "Anzahl der Sozialräume insgesamt"
SEED = "Startwert"
SEED_HELP = "Gleicher Startwert, gleicher Vorschlag: auf jedem Rechner."
FEASIBILITY = "Ist das möglich?"
FEASIBLE = "Ja. Alle Vorgaben lassen sich zusammen einhalten."

PROPOSAL_INTRO = "Die Maschine schlägt vor, Sie entscheiden. Ein Vorschlag dauert meist wenige Sekunden."
HOW_MANY = "Wie viele Vorschläge?"
HOW_MANY_HELP = (
    "Mehrere Vorschläge unterscheiden sich deutlich; Sie vergleichen sie in einer Tabelle und auf der Karte."
)
OLD_WISHES = "Der Zuschnitt auf der Karte ist nicht nach den jetzigen Vorgaben berechnet."
SAME_AGAIN = "Derselbe Zuschnitt wie zuvor. Wählen Sie mehr Vorschläge oder einen anderen Startwert."
OTHER_TABLE = "Vorgaben oder Kreis sind jetzt andere: Das Ergebnis der Suche wurde verworfen."
STOPPING = "Die Suche wird beendet …"
TO_EDIT = "Diesen Zuschnitt bearbeiten"
SAMPLE_NOT_KEPT = (
    "Im Musterkreis bleiben Vorschläge nur bis zum Neuladen der Seite. Mit „Diesen Zuschnitt bearbeiten“ wird einer "
    "zum Entwurf und bleibt."
)
NO_PLACE_CUT = "Kein Ort ist durchschnitten."
PROPOSE = "Vorschlag berechnen"
PROPOSE_AGAIN = "Neu berechnen"
RUNNING = "Der Zuschnitt wird gesucht"
CANCEL = "Abbrechen und bisher besten nehmen"
CHOOSE = "Vorschlag"
SCORES = {
    "energy": "Gesamtwert (kleiner ist besser)",
    "ssd_ratio": "Ungleichheit in den Räumen",
    "polsby_popper": "Kompaktheit",
    "cut_m": "innere Grenzen",
    "places_cut": "durchschnittene Orte",
    "residents_in_cut_places": "Einwohner in ihnen",
    "residents_near_border": "Einwohner nahe einer Grenze (200 m)",
}
MEASURES = "Maße und Nachweis"
MEASURE = "Maß"
VALUE = "Wert"
SEARCH_TIME = "Suchzeit"
WHY = "Warum ist dieser Raum so?"
WHY_REGION = "Raum"
WHY_HINT = "Klicken Sie auf der Karte auf einen Raum oder wählen Sie ihn hier."
COMPARE = "Vorschläge im Vergleich"
EDITED_ON_TABLE = "Auf dem Tisch liegt ein bearbeiteter Zuschnitt. Ein Klick auf einen Vorschlag legt diesen auf."
NO_FEATURES = (
    "Ohne Merkmale: Der Vorschlag folgt nur Einwohnern, Grenzen, Siedlungen und Form. Merkmale wählen Sie unter "
    "„Vorgaben“."
)

EXPORT_INTRO = "Der Zuschnitt auf dem Tisch, zum Weiterarbeiten und Weitergeben."
CONFIDENTIAL = (
    "intern – vertraulich: Diese Dateien enthalten Einwohnerzahlen einzelner Blöcke. Geben Sie sie nicht ungeprüft "
    "weiter."
)
DOWNLOADS = {
    "csv": ("Zuordnung (CSV)", "je Block eine Zeile: block_id, region", "plan.csv", "text/csv"),
    "origin": ("Quellenvermerk (Text)", "gehört zu plan.csv", "plan.csv.quelle.txt", "text/plain"),
    "gpkg": ("Karte für QGIS (GeoPackage)", "Ebenen blocks und regions", "plan.gpkg", "application/geopackage+sqlite3"),
    "shapefile": (
        "Shapefiles (ZIP)",
        "blocks.shp und regions.shp, für ältere Programme; Feldnamen haben höchstens zehn Zeichen",
        "plan-shapefile.zip",
        "application/zip",
    ),
    "blocks": (
        "Blöcke mit Raum (GeoJSON)",
        "Flächen in Länge und Breite; lässt sich wieder einlesen",
        "plan-bloecke.geojson",
        "application/geo+json",
    ),
    "geojson": ("Räume (GeoJSON)", "Flächen in Länge und Breite", "plan.geojson", "application/geo+json"),
    "html": ("Karte für den Browser (HTML)", "eine Datei, öffnet sich ohne Netz", "karte.html", "text/html"),
}
DOWNLOAD = "Herunterladen"

WHAT_NOW_PROPOSAL = "Berechnen Sie zuerst einen Vorschlag."


def opened(blocks: int, residents: int, municipalities: int) -> str:
    """What lies open, in one line.

    >>> opened(2000, 261833, 10)
    '2.000 Blöcke · 261.833 Einwohner · 10 Gemeinden'
    """
    return f"{whole(blocks)} Blöcke · {whole(residents)} Einwohner · {whole(municipalities)} Gemeinden"


def summary(regions: int, in_band: int) -> str:
    """How the plan stands to the band.

    >>> summary(20, 18)
    '18 von 20 Räumen liegen im Einwohnerziel.'
    """
    if regions == in_band:
        return f"Alle {whole(regions)} Räume liegen im Einwohnerziel."
    return f"{whole(in_band)} von {whole(regions)} Räumen liegen im Einwohnerziel."


def not_everywhere(places: int, of: int, others: int, *, anywhere: bool = False) -> str:
    """Whether it is possible, in one answer before the reasons.

    Parameters
    ----------
    places : municipalities in which at least one region must miss the band, 0 = no single one can be named;
        of : all municipalities
    anywhere : must a region miss the band that belongs to no single municipality?
    others : further demands that cannot be kept

    >>> not_everywhere(3, 10, 0)
    'Nicht überall: In 3 von 10 Gemeinden liegt mindestens ein Raum außerhalb des Einwohnerziels. Ein Vorschlag wird \
trotzdem berechnet.'
    >>> not_everywhere(0, 10, 0, anywhere=True)
    'Nicht überall: Mindestens ein Raum liegt außerhalb des Einwohnerziels. Ein Vorschlag wird trotzdem berechnet.'
    >>> not_everywhere(0, 1, 2)
    'Nicht alles: 2 Vorgaben lassen sich nicht einhalten. Ein Vorschlag wird trotzdem berechnet.'
    """
    said = []
    if places:
        where = f"In {whole(places)} von {whole(of)} Gemeinden" if of > 1 else "Hier"
        said.append(f"Nicht überall: {where} liegt mindestens ein Raum außerhalb des Einwohnerziels.")
    elif anywhere:
        said.append("Nicht überall: Mindestens ein Raum liegt außerhalb des Einwohnerziels.")
    if others:
        demands = "1 Vorgabe lässt" if others == 1 else f"{whole(others)} Vorgaben lassen"
        said.append(f"{'Außerdem' if said else 'Nicht alles'}: {demands} sich nicht einhalten.")
    return " ".join([*said, "Ein Vorschlag wird trotzdem berechnet."])


def running(progress: float) -> str:
    """How far the search is.

    >>> running(0.46).replace(chr(0x202f), " ")
    'Der Zuschnitt wird gesucht: 46 %'
    """
    return f"{RUNNING}: {whole(100 * min(1.0, progress))}{NARROW_SPACE}%"


def places_cut(cut: int, places: int) -> str:
    """Label of the fold over the places that lie in several regions.

    >>> places_cut(1, 40), places_cut(28, 116)
    ('1 von 40 Orten liegt in mehreren Räumen', '28 von 116 Orten liegen in mehreren Räumen')
    """
    return f"{whole(cut)} von {whole(places)} Orten {'liegt' if cut == 1 else 'liegen'} in mehreren Räumen"


def further(count: int) -> str:
    """Label of the fold over the rest of a long list.

    >>> further(12)
    '12 weitere'
    """
    return f"{whole(count)} weitere"


def seconds(value: float) -> str:
    """How long the search took.

    >>> seconds(0.4).replace(chr(0x202f), " ")
    '0,4 s'
    """
    return f"{value:.1f}".replace(".", ",") + f"{NARROW_SPACE}s"


def draft_name(number: int) -> str:
    """What a draft is called until somebody names it.

    >>> draft_name(2)
    'Entwurf 2'
    """
    return f"Entwurf {number}"
