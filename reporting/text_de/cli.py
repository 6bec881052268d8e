"""Help texts and messages of the command line."""

from __future__ import annotations

from reporting.numbers_de import whole

APP = "Raumwerk schlägt Sozialräume vor, prüft sie und beschreibt sie mit Indikatoren. Alles bleibt auf diesem Rechner."
SAMPLE = "Den Musterkreis (synthetisch) als GeoPackage schreiben."
PROPOSE = "Aus einer Datei mit statistischen Blöcken einen Sozialraumzuschnitt vorschlagen."
CHECK = "Einen Zuschnitt gegen die Vorgaben prüfen. Ende mit 0: alles eingehalten, 1: Verstöße, 2: Datei unbrauchbar."
FETCH = "Amtliche Dateien (Gemeindegrenzen, Zensus) in einen Zwischenspeicher laden. Braucht Internet; sonst nichts."
COUNTY = "Blockdatei eines beliebigen Kreises aus Gemeindegrenzen und Zensuszellen bauen."
INDICATORS = "Indikatoren für die Räume eines Zuschnitts berechnen, mit Intervallen, als CSV, XLSX und GeoPackage."
INDEX = "Status- und Dynamikindex aus einer Wertetabelle, nach der Berliner Regel (Soziale Stadtentwicklung)."
START_APP = "Die Oberfläche im Browser starten."

OUT = "Ordner für die Ergebnisse"
BLOCKS = "Datei mit statistischen Blöcken (GeoPackage, Shapefile, GeoJSON …)"
PLAN = "Zuschnitt als CSV mit den Spalten block_id und region"
LAYER = "Ebene der Datei, wenn sie mehrere hat"
ID = "Spalte mit dem Blockschlüssel"
POPULATION = "Spalte mit den Einwohnern"
WITHIN = "Spalte mit der Gemeinde, deren Grenze kein Raum überschreitet; none = ohne Grenzen"
CRS = "Koordinatensystem (EPSG-Nummer), wenn die Datei keines oder ein falsches nennt"
REPAIR = "Angebotene Reparatur annehmen (make_valid, clean, …); mehrfach möglich"
BAND = "Kleinste und größte Einwohnerzahl eines Raums"
TARGET = "Angestrebte Einwohnerzahl; ohne Angabe die Mitte des Bandes"
COUNT = "Genau so viele Räume bilden"
FEATURES = "Spalten, in denen sich die Blöcke eines Raums ähneln sollen, mit Komma getrennt"
COMPACTNESS = "Gewicht der Kompaktheit (λ)"
ALTERNATIVES = "So viele verschiedene Vorschläge machen"
LIMIT = "Die Suche nach so vielen Sekunden beenden, mit dem besten Zuschnitt bis dahin; ohne Angabe nach 120"
SEED = "Startwert; gleicher Wert, gleicher Vorschlag"
CONSTRAINTS = "Vorgaben als TOML-Datei"
PLACES = "Orte, die möglichst ganz bleiben: Spalte der Blöcke oder DATEI:EBENE:SPALTE mit ihren Flächen"
QUARTIERE = "In jedem Sozialraum Quartiere mit etwa so vielen Einwohnern bilden"
JSON = "Ausgabe als JSON für andere Programme"
QUIET = "Nur Fehler ausgeben"
PROJECT = "Projektdatei (.gpkg), die geöffnet wird"
ADDRESS = "Adresse, unter der die Oberfläche erreichbar ist; 0.0.0.0 öffnet sie im ganzen Haus"
PORT = "Anschluss (Port) der Oberfläche auf diesem Rechner"

COUNTS = "Fallzahlen je Block und Stichtag (CSV, XLSX, GeoPackage) mit Spalten <Indikator>_num und <Indikator>_den"
CATALOGUE = "Eigener Indikatorenkatalog (TOML), zusätzlich zum mitgelieferten"
RELEASE_PROJECT = "Projektdatei (.gpkg): ihr Freigabeverzeichnis wird befragt und fortgeschrieben"
RELEASE = "Für die Weitergabe: geheime Werte fehlen in allen Dateien; sonst intern – vertraulich"
VALUES = "Tabelle mit einem Wert je Gebiet und Spalte (CSV, XLSX)"
INDEX_OUT = "Ergebnisdatei (CSV)"
AREA_ID = "Spalte mit dem Gebietsschlüssel"
STATUS = "Spalten des Statusindex, mit Komma getrennt; höher heißt schlechter"
DYNAMIC = "Spalten des Dynamikindex, mit Komma getrennt; höher heißt schlechter geworden"
VALID = "Nur Gebiete, bei denen SPALTE=WERT gilt; mehrfach möglich, dann muss jede Spalte passen"
MISSING = "Zahl, die für fehlende Werte steht"

HELP = "Diese Hilfe zeigen"
PANELS = ("Angaben", "Optionen", "Befehle")
REQUIRED = "[nötig]"
DEFAULT = "[sonst: {}]"
ABORTED = "Abgebrochen."
USAGE = {
    "MissingParameter": "Es fehlt die Angabe {name}.",
    "NoSuchOption": "Die Option {name} gibt es nicht.",
    "BadParameter": "Die Angabe für {name} passt nicht; erwartet wird eine andere Art von Wert, etwa eine Zahl.",
    "NoArgsIsHelpError": "",
    "BadOptionUsage": "Bei der Option {name} fehlt ein Wert oder es sind zu viele.",
    "other": "Diesen Befehl oder diese Option gibt es so nicht.",
}
USAGE_HELP = "Alle Optionen zeigt --help hinter dem Befehl."

SOURCES = "Welche Dateien; ohne Angabe werden die bekannten aufgezählt"
CACHE = "Ordner des Zwischenspeichers"
AGS = "Schlüssel: 5 Ziffern eines Kreises oder 8 einer Gemeinde"
COUNTY_OUT = "GeoPackage, das geschrieben wird"
MINIMUM = "Kleinste Einwohnerzahl eines Blocks"
FETCHING = "Laden"
GAP = "Blöcke über Straßen bis zu so vielen Metern als benachbart ansehen"

READING = "Datei lesen und prüfen"
SOLVING = "Zuschnitt suchen"
UNUSABLE = "Die Eingabe kann nicht verwendet werden:"
NOTED = "Beim Lesen bemerkt:"
WRITTEN = "Geschrieben nach"
ALL_KEPT = "Alle Vorgaben sind eingehalten."
UNAVOIDABLE = "unvermeidbar"
NO_FEATURES = "Ohne Merkmale (--features): Der Vorschlag folgt nur Einwohnern, Grenzen, Siedlungen und Form."
TABLE = ("Raum", "Gemeinde", "Einwohner", "Abweichung", "Kompaktheit", "Band")
IN_BAND = {True: "ja", False: "nein"}


def summary(regions: int, out_of_band: int, avoidable: int) -> str:
    """One line about the proposal as a whole.

    >>> summary(20, 3, 0)
    '20 Räume, davon 3 außerhalb des Bandes (3 unvermeidbar).'
    >>> summary(1, 0, 0)
    '1 Raum, im Band.'
    """
    counted = f"{whole(regions)} {'Raum' if regions == 1 else 'Räume'}"
    if not out_of_band:
        return f"{counted}, {'im Band' if regions == 1 else 'alle im Band'}."
    kept = out_of_band - avoidable
    return f"{counted}, davon {whole(out_of_band)} außerhalb des Bandes ({whole(kept)} unvermeidbar)."


def unexpected(kind: str, place: str) -> str:
    """A fault of the program itself, said without blaming anybody.

    >>> unexpected("ValueError", "/tmp/bericht.txt")
    'Das hätte nicht geschehen dürfen (ValueError). Nichts wurde geschrieben. Bitte melden Sie den Fehler mit der Datei /tmp/bericht.txt.'
    """  # noqa: E501
    return (
        f"Das hätte nicht geschehen dürfen ({kind}). Nichts wurde geschrieben. "
        f"Bitte melden Sie den Fehler mit der Datei {place}."
    )


def usage(kind: str, name: str) -> str:
    """What is wrong with a call: the option, what was missing or unknown, and where to look.

    >>> usage("NoSuchOption", "--gibtsnicht")
    'Die Option --gibtsnicht gibt es nicht. Alle Optionen zeigt --help hinter dem Befehl.'
    """
    return f"{USAGE.get(kind, USAGE['other']).format(name=name)} {USAGE_HELP}".strip()


def usage_line(english: str) -> str:
    """The first line of a help page in German.

    >>> usage_line("Usage: raumwerk [OPTIONS] COMMAND [ARGS]...")
    'Aufruf: raumwerk [OPTIONEN] BEFEHL [ANGABEN]...'
    """
    words = {"Usage:": "Aufruf:", "[OPTIONS]": "[OPTIONEN]", "COMMAND": "BEFEHL", "[ARGS]": "[ANGABEN]"}
    for word, german in words.items():
        english = english.replace(word, german, 1)
    return english
