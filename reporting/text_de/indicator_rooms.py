"""Sentences of the pages Indikatoren, Sozialraumprofil and Methode."""

from __future__ import annotations

from collections.abc import Mapping

from reporting.numbers_de import NARROW_SPACE, decimal, whole

NO_PLAN = "Für Indikatoren braucht es einen Zuschnitt. Berechnen Sie zuerst einen Vorschlag."
NO_COUNTS = (
    "Zu diesem Kreis liegen keine Fallzahlen vor. Laden Sie eine Tabelle mit Blockschlüssel, Stichtag, Zählern und "
    "Nennern."
)
COUNTS_FILE = "Fallzahlen (CSV, XLSX oder GeoPackage mit der Ebene „counts“)"
COUNTS_TAKEN = "Die Fallzahlen sind übernommen."
VIEW, INDICATOR, LEVEL, DATE, AUDIENCE, SHOW = "Ansicht", "Indikator", "Ebene", "Stichtag", "Sicht", "Darstellung"
VIEWS: Mapping[str, str] = {
    "alle": "Alle Themen",
    "jugendhilfe": "Jugendhilfe",
    "altenhilfe": "Altenhilfe",
    "inklusion": "Inklusion",
}
LEVELS: Mapping[str, str] = {
    "sozialraum": "Sozialräume",
    "quartier": "Quartiere",
    "block": "Blöcke",
    "gemeinde": "Gemeinden",
    "kreis": "Kreis",
}
AUDIENCES: Mapping[str, str] = {"public": "geschützt (zur Weitergabe)", "intern": "intern – vertraulich"}
AUDIENCE_SHORT: Mapping[str, str] = {"public": "geschützt", "intern": "intern"}
AUDIENCE_HELP = (
    "Geschützt: kleine Zahlen sind geheim, zum Zeigen und Weitergeben. Intern: alle Zahlen, nur für die Statistik."
)
INTERN_WARNING = "Intern – vertraulich: Diese Sicht zeigt auch kleine Zahlen. Geben Sie sie nicht weiter."
SHOWS: Mapping[str, str] = {
    "rang": "Rangfolge",
    "tabelle": "Tabelle",
    "zeit": "Zeit",
    "haeufungen": "Häufungen",
    "index": "Index",
    "typen": "Typen",
    "streuung": "Streuung",
    "trichter": "Trichter",
    "netz": "Netz",
    "mischung": "Segregation",
    "alter": "Altersbereinigt",
}
CLASSES, METHOD, CLASS_COUNT, FIXED = "Klassen der Karte", "Einteilung", "Anzahl", "Innere Grenzen, mit Semikolon"
COUNTY = "Kreis"
AREA, VALUE, INTERVAL, NUMERATOR, DENOMINATOR, VERDICT = (
    "Raum",
    "Wert",
    "95-%-Bereich",
    "Zähler",
    "Nenner",
    "zum übrigen Kreis",
)
SECOND = "Zweiter Indikator"
SMOOTH = "geglättet zeigen"
DOWNLOAD_CSV, DOWNLOAD_XLSX = "Tabelle als CSV", "Tabelle als XLSX"
DOWNLOAD_ORIGIN = "Quellenvermerk (Text)"
RELEASED_NOTE = "Diese Tabelle ist durch die Geheimhaltung gegangen; geheime Zellen enthalten keinen Wert."
STATISTIC, MORAN, GETIS = "Verfahren", "lokaler Moran (ratenbereinigt)", "Getis-Ord G*"
HOTSPOT_CLASSES: Mapping[str, str] = {
    "high_high": "hoch, von hohen umgeben",
    "hot": "Häufung hoher Werte",
    "high_low": "hoch, von niedrigen umgeben",
    "low_high": "niedrig, von hohen umgeben",
    "low_low": "niedrig, von niedrigen umgeben",
    "cold": "Häufung niedriger Werte",
    "none": "nicht erkennbar",
    "excluded": "ohne Bewohner oder Nachbarn",
    "secret": "geheim (.), nicht gerechnet",
}
HOTSPOT_NOTE = (
    "9.999 Vertauschungen, Fehlerquote (FDR) 5 %, zweiseitig. Die Karte zeigt, wo Werte sich häufen, nicht warum. Für "
    "Sozialräume selbst ist das Verfahren zu grob."
)
HOTSPOT_UNIT = "Gerechnet auf"
STATUS_COLUMNS = "Indikatoren des Index"
STATUS_CLASSES: Mapping[int, str] = {
    1: "Status hoch",
    2: "Status mittel",
    3: "Status niedrig",
    4: "Status sehr niedrig",
}
INDEX_NOTE = (
    "Regel des Berliner Monitorings Soziale Stadtentwicklung: gleich gewichtete z-Werte, Klassen bei −1, +1 und +1,5 "
    "Standardabweichungen. Die Rangspanne zeigt, wo der Raum bei 1.000 zufälligen Gewichtungen landet (90 %)."
)
INDEX_TABLE: Mapping[str, str] = {
    "group": "Gruppe",
    "status_index": "Statusindex",
    "dynamic_index": "Dynamikindex",
    "rank": "Rang",
    "ranks": "Rangspanne",
    "worst": "Läufe in „sehr niedrig“",
}
LEAVE_OUT_TAB = "Weglassprobe"
LEAVE_OUT_TITLE = "Was ändert sich ohne einen Indikator?"
LEAVE_OUT_TABLE: Mapping[str, str] = {
    "rank_correlation": "Übereinstimmung der Ränge",
    "largest_move": "größte Verschiebung",
    "class_changes": "Räume mit anderer Klasse",
}
TYPES = "Anzahl der Typen"
NO_TYPE = "ohne Typ (geheim oder keine Angabe)"
TYPE_NOTE = (
    "Gruppen ähnlicher Sozialräume nach den Indikatoren der Ansicht (k-Means auf z-Werten). Typ 1 ist am stärksten "
    "belastet."
)
FUNNEL_NOTE = "Innerhalb der Linien (95 % und 99,8 %) kann ein Wert bei dieser Größe durch Zufall vom Kreis abweichen."
SCATTER_NOTE = "Jeder Punkt ist ein Raum. Ein Zusammenhang der Räume ist kein Zusammenhang der Personen."
TREND_FEW = "Für einen Trend braucht es mindestens drei Stichtage; vorhanden sind {dates}."
METHOD_PAGE = "Kennblatt und Verfahren"

PROFILE_REGION = "Sozialraum"
PROFILE_PDF = "Profil als PDF (eine A4-Seite)"
PROFILE_DOWNLOAD = "Profil als HTML"
PROFILE_PRINT_HINT = "Auch diese Seite lässt sich mit „Drucken“ im Browser auf eine A4-Seite drucken."
DEVELOPMENT = "Entwicklung"
KEY_FIGURES, TREND, STRENGTHS, NEEDS, SOURCES = (
    "Kennzahlen",
    "Veränderung",
    "Stärken",
    "Bedarfe",
    "Quellen und Verfahren",
)
MUNICIPALITY = "Gemeinde"
NO_STRENGTHS = "Kein Indikator liegt erkennbar günstiger als im übrigen Kreis."
NO_NEEDS = "Kein Indikator liegt erkennbar ungünstiger als im übrigen Kreis."
RADAR = "Lage zum Kreis"
RADAR_NOTE = "Abstand vom Kreismittel in Standardabweichungen; außen ist ungünstig."
PROFILE_NOTE = (
    "Vergleiche mit dem übrigen Kreis: Test mit einer Fehlerquote (FDR) von 5 %. „–“ genau null, „.“ geheim, „...“ "
    "keine Angabe, „x“ nicht sinnvoll."
)


def source_line(indicator: str, source: str, *, date: str, method: str) -> str:
    """Date, source and method, as they stand at every figure.

    >>> source_line("EIN02", "BA", date="2022-12-31", method="Wilson.")
    'EIN02 · Stand 31.12.2022 · Quelle: BA · Wilson.'
    """
    first = f"{indicator} · " if indicator else ""
    origin = f"Quelle: {source} · " if source else f"{SOURCES_BELOW} · "
    return f"{first}Stand {german_date(date)} · {origin}{method}"


def german_date(iso: str) -> str:
    """An ISO date as written in Germany.

    >>> german_date("2022-12-31")
    '31.12.2022'
    """
    return ".".join(reversed(iso.split("-")))


def validity_line(points: float, grade: str) -> str:
    """What the size of an area allows, in one sentence.

    >>> validity_line(1.8, "good").replace("\u202f", " ")
    'Aussagekraft ±1,8 Punkte: Unterschiede von wenigen Punkten sind erkennbar.'
    """
    words = {
        "good": "Unterschiede von wenigen Punkten sind erkennbar.",
        "limited": "nur größere Unterschiede sind erkennbar.",
        "weak": "der Wert dient nur der Orientierung.",
    }
    return f"Aussagekraft ±{decimal(points, 1)}{NARROW_SPACE}Punkte: {words[grade]}"


def type_words(number: int, areas: int, above: list[str], below: list[str]) -> str:
    """A type in words.

    >>> type_words(1, 4, ["Kinderarmut"], [])
    'Typ 1 (4 Räume): höher bei Kinderarmut.'
    """
    parts = [f"höher bei {', '.join(above)}"] if above else []
    parts += [f"niedriger bei {', '.join(below)}"] if below else []
    return f"Typ {number} ({whole(areas)} Räume): {'; '.join(parts) if parts else 'nahe am Mittel'}."


def stability_words(stability: float) -> str:
    """How far a typology can be relied on.

    >>> stability_words(0.9)
    'Die Einteilung ist stabil (0,90 von 1).'
    """
    grade = "stabil" if stability >= 0.8 else "brauchbar" if stability >= 0.6 else "unsicher"
    return f"Die Einteilung ist {grade} ({decimal(stability, 2)} von 1)."


def change_words(verdict: str, difference: float, *, unit: str, since: str) -> str:
    """A change between two dates in words; only a recognisable one gets a number.

    >>> change_words("same", 0.4, unit="%", since="2020-12-31")
    'seit 31.12.2020 nicht erkennbar verändert'
    """
    words = {"higher": "gestiegen um", "lower": "gesunken um"}
    if verdict not in words:
        return f"seit {german_date(since)} nicht erkennbar verändert"
    points = "Punkte" if unit == "%" else unit
    return f"seit {german_date(since)} erkennbar {words[verdict]} {decimal(abs(difference), 1)} {points}"


def early_warning(names: list[str], certain: list[str]) -> str:
    """Which areas were worse than the county three dates in a row, and which of them recognisably so each time.

    >>> early_warning(["Raum 6", "Raum 9"], ["Raum 9"])
    'Frühwarnung: Raum 6, Raum 9 – drei Stichtage in Folge ungünstiger als der Kreis, jedes Mal erkennbar Raum 9.'
    """
    sure = f", jedes Mal erkennbar {', '.join(certain)}" if certain else ", aber nicht jedes Mal erkennbar"
    return f"Frühwarnung: {', '.join(names)} – drei Stichtage in Folge ungünstiger als der Kreis{sure}."


NOT_FOR_BLOCKS = (
    "Diese Darstellung gibt es nicht für Blöcke. Wählen Sie als Ebene Quartiere, Sozialräume oder Gemeinden."
)
ALL_HIDDEN = "Auf dieser Ebene ist jeder Wert geheim oder fehlt. Wählen Sie größere Räume oder die interne Sicht."
NO_FUNNEL = "Einen Trichter gibt es nur für Anteile und Raten mit mehreren gezeigten Räumen."


def without_value(areas: int) -> str:
    """How many areas are not in a chart.

    >>> without_value(2)
    '2 Räume ohne gezeigten Wert (geheim oder keine Angabe).'
    """
    return f"{whole(areas)} {'Raum' if areas == 1 else 'Räume'} ohne gezeigten Wert (geheim oder keine Angabe)."


def not_a_number(parts: list[str]) -> str:
    """What was typed instead of a number.

    >>> not_a_number(["viel"])
    'Keine Zahl: „viel“. Schreiben Sie zum Beispiel 5; 7,5; 10.'
    """
    return f"Keine Zahl: {', '.join(f'„{p}“' for p in parts)}. Schreiben Sie zum Beispiel 5; 7,5; 10."


BETTER, WORSE = "günstiger", "ungünstiger"
DIFFERENCE = "Unterschied zum Kreis"
VERDICT_SHORT: Mapping[str, str] = {
    "higher": "höher",
    "lower": "niedriger",
    "same": "nicht erkennbar",
    "unknown": "",
}
CHANGE_SHORT: Mapping[str, str] = {
    "higher": "gestiegen",
    "lower": "gesunken",
    "same": "nicht erkennbar",
    "unknown": "",
}
CHANGE_WORDS = ("gestiegen", "gesunken")
CORE = (
    "BEV01", "BEV04", "BEV05", "BEV09", "HH02", "HH03", "ARB01", "ARB02", "ARB04", "EIN01", "EIN02", "EIN05", "KIJ01",
    "KIJ03", "BIL01", "ALT01", "ALT03", "INK01", "WOH01", "PAR01",
)  # fmt: skip


def finding_line(name: str, value: str, county: str) -> str:
    """A strength or need in words.

    >>> finding_line("Kinderarmut", "18,2 %", "11,3 %")
    'Kinderarmut: 18,2 % (Kreis 11,3 %)'
    """
    return f"{name}: {value} (Kreis {county})"


def profile_subtitle(municipality: str, residents: str, *, date: str, plan: str) -> str:
    """Where the region lies, how large it is, as of when."""
    return f"{municipality} · {residents} Einwohnerinnen und Einwohner · Stand {german_date(date)} · {plan}"


PLAN_DRAFT = "Entwurf des Zuschnitts"
POSITION = "Lage von"
COMPUTING = "Wird gerechnet …"
SOURCES_BELOW = "Quellen der einzelnen Indikatoren: Seite „Methode“"
RADAR_NAMES: Mapping[str, str] = {
    "ARB01": "Arbeitslose",
    "EIN02": "Kinderarmut",
    "EIN05": "Altersarmut",
    "HH03": "Alleinerziehende",
    "KIJ03": "Erziehungshilfen",
    "BIL01": "Sprache",
    "PAR01": "Wahlbeteiligung",
    "ARB04": "Beschäftigung",
}
PURPOSES: Mapping[str, str] = {"csv": "Tabelle (CSV)", "xlsx": "Tabelle (XLSX)", "profil": "Sozialraumprofil {region}"}


def similar_line(names: list[str]) -> str:
    """Which regions are alike in their conditions.

    >>> similar_line(["Raum 4", "Raum 9"])
    'Ähnliche Räume nach Alter, Dichte und Wohnen: Raum 4, Raum 9.'
    """
    return f"Ähnliche Räume nach Alter, Dichte und Wohnen: {', '.join(names)}."


def segregation_line(dissimilarity: float, isolation: float) -> str:
    """Two measures of segregation in words.

    >>> segregation_line(0.123, 0.2).replace("\u202f", " ")
    'Für eine gleiche Verteilung müssten 12 % der Gruppe umziehen; im Mittel lebt sie mit 20 % ihresgleichen.'
    """
    moved, own = (f"{decimal(100 * value, 0)}{NARROW_SPACE}%" for value in (dissimilarity, isolation))
    return (
        f"Für eine gleiche Verteilung müssten {moved} der Gruppe umziehen; im Mittel lebt sie mit {own} ihresgleichen."
    )
