"""What the pages about indicators say in one sentence before any chart (Kernaussagen)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reporting.numbers_de import decimal, whole
from reporting.text_de.indicator_rooms import german_date
from reporting.text_de.indicators import VERDICTS

_MOST_NAMES = 6
_LEVELS: Mapping[str, tuple[str, str]] = {  # genitive plural, singular
    "sozialraum": ("Sozialräumen", "im mittleren Sozialraum"),
    "quartier": ("Quartieren", "im mittleren Quartier"),
    "block": ("Blöcken", "im mittleren Block"),
    "gemeinde": ("Gemeinden", "in der mittleren Gemeinde"),
    "kreis": ("Kreisen", "im Kreis"),
}
_GROUPS: Mapping[str, tuple[str, str, str]] = {  # plural, one, the chosen one
    "sozialraum": ("Räume", "ein Raum", "der gewählte Raum"),
    "quartier": ("Quartiere", "ein Quartier", "das gewählte Quartier"),
    "block": ("Blöcke", "ein Block", "der gewählte Block"),
    "gemeinde": ("Gemeinden", "eine Gemeinde", "die gewählte Gemeinde"),
    "kreis": ("Kreise", "der Kreis", "der Kreis"),
}
QUARTIERE_COMPUTING = "Quartiere und Blöcke werden gerechnet …"
REFERENCE = "Zum Vergleich"
OPEN_PROFILE = "Profil öffnen"
NO_HOTSPOTS = (
    "Keine Häufung ist erkennbar. Das heißt nicht, dass es keine gibt: Auf Blöcken (interne Sicht) ist das Verfahren "
    "trennschärfer als auf Quartieren."
)


def quartiere_proposed(residents: int) -> str:
    """What the Quartiere on screen are.

    >>> quartiere_proposed(3000)[:59]
    'Die Quartiere sind ein Vorschlag mit rund 3.000 Einwohnern,'
    """
    return (
        f"Die Quartiere sind ein Vorschlag mit rund {whole(residents)} Einwohnern, jedes innerhalb eines Sozialraums. "
        "Sie ändern sich mit dem Zuschnitt."
    )


def county_line(name: str, value: str, interval: str) -> str:
    """The value of the county, the yardstick for all areas.

    >>> county_line("Kinderarmut", "12,3 %", "12,0 bis 12,7")
    'Kinderarmut im Kreis: 12,3 % (12,0 bis 12,7).'
    """
    return f"{name} im Kreis: {value}{f' ({interval})' if interval else ''}."


def verdict_line(level: str, above: Sequence[str], below: Sequence[str], *, judged: int) -> str:
    """Which areas differ recognisably from the rest of the county; the furthest first.

    >>> verdict_line("sozialraum", ["Raum 16", "Raum 17"], [], judged=21)
    '2 von 21 Sozialräumen liegen erkennbar darüber: Raum 16, Raum 17.'
    >>> verdict_line("gemeinde", [], [], judged=10)
    'Keine von 10 Gemeinden unterscheidet sich erkennbar.'
    """
    plural = _LEVELS[level][0]
    if not above and not below:
        first = "Keine" if level == "gemeinde" else "Keiner" if level in ("sozialraum", "block") else "Keines"
        return f"{first} von {whole(judged)} {plural} unterscheidet sich erkennbar."
    parts = []
    if above:
        verb = "liegt" if len(above) == 1 else "liegen"
        parts.append(f"{whole(len(above))} von {whole(judged)} {plural} {verb} erkennbar darüber: {_named(above)}.")
    if below:
        verb = "liegt" if len(below) == 1 else "liegen"
        first = whole(len(below)) if above else f"{whole(len(below))} von {whole(judged)} {plural}"
        parts.append(f"{first} {verb} erkennbar darunter: {_named(below)}.")
    return " ".join(parts)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    if more == 1:  # one name takes no more room than "1 more"
        return ", ".join(names)
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} und {whole(more)} weitere" if more > 0 else shown


def area_line(name: str, value: str, interval: str, verdict: str) -> str:
    """The area somebody chose, judged against the county.

    >>> area_line("Raum 16", "24,1 %", "22,0 bis 26,3", "higher")
    'Raum 16: 24,1 % (22,0 bis 26,3) – liegt erkennbar über dem Kreis.'
    """
    judged = f" – {VERDICTS[verdict]}" if verdict in VERDICTS and verdict != "unknown" else ""
    return f"{name}: {value}{f' ({interval})' if interval else ''}{judged}."


def validity_of_level(level: str, sentence: str) -> str:
    """What the size of the areas allows, for the area in the middle.

    >>> validity_of_level("sozialraum", "Aussagekraft ±1,8 Punkte: gut.")
    'Im mittleren Sozialraum: Aussagekraft ±1,8 Punkte: gut.'
    """
    place = _LEVELS[level][1]
    return f"{place[0].upper()}{place[1:]}: {sentence}"


def reference_line(area: str, value: float, unit: str, *, date: str, source: str) -> str:
    """A published value from outside.

    >>> reference_line("Deutschland", 8.3, "%", date="2023-12-31", source="LWL")
    'Deutschland 8,3 % (31.12.2023, LWL)'
    """
    digits = 1 if round(value, 1) == value else 2
    return f"{area} {decimal(value, digits)} {unit} ({german_date(date)}, {source})"


def references(lines: Sequence[str]) -> str:
    """All values from outside in one line; empty where there are none."""
    return f"{REFERENCE}: {'; '.join(lines)}." if lines else ""


def hidden_line(level: str, hidden: int, areas: int) -> str:
    """How much of a level is secret or missing.

    >>> hidden_line("block", 1672, 2064)
    '1.672 von 2.064 Blöcken ohne gezeigten Wert (geheim oder keine Angabe).'
    """
    return f"{whole(hidden)} von {whole(areas)} {_LEVELS[level][0]} ohne gezeigten Wert (geheim oder keine Angabe)."


def highest_only(shown: int, areas: int) -> str:
    """A ranking that does not show all areas.

    >>> highest_only(40, 90)
    'Gezeigt sind die 40 höchsten von 90 Werten; alle stehen in der Tabelle.'
    """
    return f"Gezeigt sind die {whole(shown)} höchsten von {whole(areas)} Werten; alle stehen in der Tabelle."


def trend_line(name: str, per_year: float, unit: str) -> str:
    """The trend of one area in words.

    >>> trend_line("Raum 16", 0.62, "%")
    'Raum 16: steigt um 0,6 Punkte je Jahr.'
    """
    points = "Punkte" if unit == "%" else unit
    if round(abs(per_year), 1) == 0:
        return f"{name}: nahezu unverändert."
    return f"{name}: {'steigt' if per_year > 0 else 'sinkt'} um {decimal(abs(per_year), 1)} {points} je Jahr."


TREND_NOTE = (
    "Trend: kleinste Quadrate über alle Stichtage, die drei stärksten. Bei drei oder vier Stichtagen ist er nur ein "
    "Hinweis. Frühwarnung: drei Stichtage in Folge ungünstiger als der Kreis."
)


def correlation_line(rho: float, areas: int) -> str:
    """How far two indicators go together over the areas.

    >>> correlation_line(0.84, 21)
    'Rangkorrelation über 21 Räume: 0,84 (starker Zusammenhang).'
    """
    strength = "starker" if abs(rho) >= 0.7 else "mittlerer" if abs(rho) >= 0.4 else "schwacher oder kein"
    return f"Rangkorrelation über {whole(areas)} Räume: {decimal(rho, 2)} ({strength} Zusammenhang)."


RADAR_LEVEL = "Das Netz gibt es für Quartiere, Sozialräume und Gemeinden. Wählen Sie eine andere Ebene."
TYPES_LEVEL = "Typen gibt es für Quartiere, Sozialräume und Gemeinden. Wählen Sie eine andere Ebene."
SEGREGATION_SHARES = (
    "Segregation wird nur für Anteile und mehrere Räume gerechnet. Wählen Sie Indikator oder Ebene neu."
)


def segregation_table(dissimilarity: float, isolation: float, gini: float, entropy: float) -> str:
    """The four measures as a small table."""
    rows = zip(
        ("Segregation (Dissimilarität)", "Isolation", "Gini", "Entropie"),
        (dissimilarity, isolation, gini, entropy),
        strict=True,
    )
    lines = [f"| {name} | {decimal(value, 3)} |" for name, value in rows]
    return "\n".join(["| Maß | Wert (0 bis 1) |", "|:--|--:|", *lines])


def segregation_note(level: str, hidden: int, areas: int) -> str:
    """On what the measures rest; they grow when areas get smaller.

    >>> segregation_note("quartier", 0, 90)
    'Gerechnet auf 90 Quartieren. Je kleiner die Räume, desto höher die Maße; vergleichen Sie nur gleiche Ebenen.'
    """
    left = f" {whole(hidden)} ohne gezeigten Wert fehlen." if hidden else ""
    base = f"Gerechnet auf {whole(areas - hidden)} {_LEVELS[level][0]}.{left}"
    return f"{base} Je kleiner die Räume, desto höher die Maße; vergleichen Sie nur gleiche Ebenen."


def types_from(indicators: int, left_out: int) -> str:
    """What the types rest on.

    >>> types_from(22, 0)
    'Gebildet aus 22 Anteilen.'
    """
    more = (
        f" {whole(left_out)} {'Raum' if left_out == 1 else 'Räume'} mit geheimen Werten ohne Typ." if left_out else ""
    )
    return f"Gebildet aus {whole(indicators)} Anteilen.{more}"


INDEX_TAB, WEIGHTS_TAB = "Rangfolge", "Andere Gewichtungen"
WEIGHTINGS: Mapping[str, str] = {
    "equal": "MSS (gleich)",
    "pca": "PCA",
    "entropy": "Entropie",
    "rank": "Rangmittel",
    "minmax": "Min–Max",
}
WEIGHTS_NOTE = (
    "Rang 1 ist am stärksten belastet. Maßgeblich ist die MSS-Regel; die anderen zeigen, ob die Rangfolge an der "
    "Gewichtung hängt. PCA: Ladungen der ersten Hauptkomponente; Entropie: ungleich verteilte Indikatoren zählen mehr."
)
LEAVE_OUT_TWO = "Für die Weglassprobe braucht es mindestens zwei Indikatoren."


def index_line(names: Sequence[str], areas: int) -> str:
    """Which areas are in the worst class.

    >>> index_line(["Raum 16", "Raum 17"], 21)
    'Status sehr niedrig: Raum 16, Raum 17 (2 von 21).'
    """
    if not names:
        return f"Kein Raum hat den Status „sehr niedrig“ ({whole(areas)} Räume im Index)."
    return f"Status sehr niedrig: {_named(names)} ({whole(len(names))} von {whole(areas)})."


def development_lines(since: str, changes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What changed recognisably since an earlier date; one line when nothing did.

    >>> development_lines("2020-12-31", {"gestiegen": ["Ausländeranteil"], "gesunken": []})
    ('Seit 31.12.2020 erkennbar gestiegen: Ausländeranteil.',)
    """
    day = german_date(since)
    lines = tuple(f"Seit {day} erkennbar {word}: {_named(names)}." for word, names in changes.items() if names)
    return lines or (f"Seit {day} hat sich kein Wert erkennbar verändert.",)


def warning_lines(certain: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Which indicators were worse than the county three dates in a row; those that were recognisably so come first.

    >>> warning_lines(["Kinderarmut"], ["Wahlbeteiligung"])[1]
    'Ebenso, aber nicht jedes Mal erkennbar: Wahlbeteiligung.'
    >>> warning_lines([], [])
    ()
    """
    first = f"{WARNING}, jedes Mal erkennbar: {_named(certain)}." if certain else ""
    start = "Ebenso, aber nicht jedes Mal erkennbar" if certain else f"{WARNING}, aber nicht jedes Mal erkennbar"
    return tuple(line for line in (first, f"{start}: {_named(others)}." if others else "") if line)


WARNING = "Frühwarnung: drei Stichtage in Folge ungünstiger als der Kreis"


def unknown_in_link(label: str, asked: str, shown: str) -> str:
    """A link names something that is not there; what is shown instead.

    >>> unknown_in_link("Indikator", "XX99", "Kinderarmut · EIN02")
    'Der Link nennt bei „Indikator“ den Wert „XX99“, den es hier nicht gibt. Gezeigt wird: Kinderarmut · EIN02.'
    """
    instead = f" Gezeigt wird: {shown}." if shown else ""
    return f"Der Link nennt bei „{label}“ den Wert „{asked}“, den es hier nicht gibt.{instead}"


def figure_line(dates: Sequence[str], sources: Sequence[str]) -> str:
    """Date and source of a chart or table.

    >>> figure_line(["2018-12-31", "2022-12-31"], ["BA"])
    'Stand 31.12.2018 bis 31.12.2022 · Quelle: BA'
    """
    ends = dict.fromkeys(german_date(day) for day in (dates[0], dates[-1]))
    return f"Stand {' bis '.join(ends)} · Quelle: {'; '.join(dict.fromkeys(sources))}"


MAP_LINES = "Linien: Grenzen der Räume; gestrichelt: Grenzen der Gemeinden."
MAP_LINES_TOWNS = "Gestrichelt: Grenzen der Gemeinden."


def histogram_key(level: str) -> str:
    """What the bars of the distribution count.

    >>> histogram_key("gemeinde")
    '**Verteilung:** Zahl der Gemeinden je Wert, gefärbt wie die Karte; gestrichelt die Klassengrenzen.'
    """
    return (
        f"**Verteilung:** Zahl der {_GROUPS[level][0]} je Wert, gefärbt wie die Karte; gestrichelt die Klassengrenzen."
    )


def no_series(level: str) -> str:
    """Why no line over time is drawn.

    >>> no_series("kreis")
    'Keine Zeitreihe: Zu keinem Stichtag hat der Kreis einen gezeigten Wert. Er ist geheim oder fehlt in einem Block.'
    """
    if level == "kreis":
        where = "hat der Kreis einen gezeigten Wert. Er ist geheim oder fehlt in einem Block."
    else:
        one = {"gemeinde": "eine der Gemeinden", "quartier": "eines der Quartiere"}.get(level, "einer der Räume")
        where = f"hat {one} einen gezeigten Wert. Die Werte sind geheim, oder in Blöcken fehlen Angaben."
    return f"Keine Zeitreihe: Zu keinem Stichtag {where}"


def time_key(level: str, *, counted: bool) -> str:
    """What the lines over time are; of a plain count the county is the sum and not drawn.

    >>> time_key("gemeinde", counted=True)
    'Jede Linie ist eine Gemeinde. Der Kreis ist die Summe und nicht gezeichnet.'
    >>> time_key("quartier", counted=False)[:50]
    'Jede Linie ist ein Quartier; gestrichelt der Kreis'
    """
    if level == "kreis":
        return "Die Linie ist der Kreis."
    plural, one, chosen = _GROUPS[level]
    if counted:
        return f"Jede Linie ist {one}. Der Kreis ist die Summe und nicht gezeichnet."
    return f"Jede Linie ist {one}; gestrichelt der Kreis. Benannt sind die {plural} der Frühwarnung und {chosen}."


HOTSPOTS_COMPUTING = "Häufungen werden gerechnet … Nach einem Neustart dauert das beim ersten Mal einige Sekunden."
GROUPS = (
    "Gruppe: Die Ziffer ist der Status (1 hoch, 2 mittel, 3 niedrig, 4 sehr niedrig), das Zeichen die Dynamik seit dem "
    "vorigen Stichtag (+ verbessert, +/− stabil, − verschlechtert)."
)
NO_GROUPS = "Der Status kommt von den Werten des Stichtags; für die Dynamik fehlt ein früherer Stichtag."
