"""German words of the demands on the page „Vorgaben“ that need more than a label."""

from __future__ import annotations

from reporting.numbers_de import whole

SPECIAL = "Besondere Vorgaben"
TAKE_BACK = "Zurücknehmen"
COUNT_CHOICES = {"fitting": "so viele, wie passen", "exact": "genau"}
COUNT_EXACT = "Genaue Anzahl der Sozialräume"
QUARTIERE = "Auch Quartiere bilden (kleinere Räume in den Sozialräumen)"
QUARTIER_TARGET = "Einwohner je Quartier"
QUARTIERE_RUNNING = "Die Quartiere werden gebildet …"
QUARTIERE_FILE = "Quartiere herunterladen (CSV)"
TODAY = "Nah am Zuschnitt auf dem Tisch bleiben"
TODAY_HELP = "0: egal. Je mehr, desto weniger Einwohner wechseln ihren Raum gegenüber dem Zuschnitt auf dem Tisch."
TODAY_NONE = "Dafür muss ein Zuschnitt auf dem Tisch liegen."
FILE = "Vorgaben aus einer Datei"
FILE_INTRO = (
    "Feste und getrennte Blöcke, Barrieren, bevorzugte Grenzen und Ziele einzelner Gemeinden stehen in einer "
    "Vorgabendatei (TOML). Wählen Sie dazu auch die Ebenen aus, die sie nennt, etwa „bahn.gpkg“."
)
FILE_UPLOAD = "Vorgabendatei und ihre Ebenen"
FILE_TAKE = "Vorgaben übernehmen"
FILE_TAKEN = "Die Vorgaben der Datei gelten jetzt. Berechnen Sie einen neuen Vorschlag."


def band_in_words(minimum: int, target: int, maximum: int) -> str:
    """The wanted residents with thousands dots, which the number fields cannot show.

    >>> band_in_words(10_000, 12_500, 15_000)
    'Ein Sozialraum soll 10.000 bis 15.000 Einwohner haben, am besten 12.500.'
    """
    return f"Ein Sozialraum soll {whole(minimum)} bis {whole(maximum)} Einwohner haben, am besten {whole(target)}."


def quartiere_found(quartiere: int, regions: int) -> str:
    """How many Quartiere there are.

    >>> quartiere_found(84, 20)
    '84 Quartiere in 20 Sozialräumen zeigen'
    """
    return f"{whole(quartiere)} Quartiere in {whole(regions)} Sozialräumen zeigen"


def special_demand(kind: str, names: list[str], numbers: tuple[int, ...]) -> str:
    """A demand that is not in the form, in words.

    >>> special_demand("target", ["Wassenberg"], (10000, 16897))
    'Wassenberg: Einwohnerziel 10.000 bis 16.897'
    >>> special_demand("joint", ["Waldfeucht", "Gangelt"], ())
    'Waldfeucht und Gangelt dürfen Räume teilen'
    >>> special_demand("count", ["Wassenberg"], (2,)), special_demand("locked", [], (1,))
    ('Wassenberg: genau 2 Räume', '1 Block bleibt fest in seinem Raum')
    """
    if kind == "target":
        return f"{names[0]}: Einwohnerziel {whole(numbers[0])} bis {whole(numbers[1])}"
    if kind == "count":
        return f"{names[0]}: genau {whole(numbers[0])} {'Raum' if numbers[0] == 1 else 'Räume'}"
    if kind == "joint":
        return f"{' und '.join(names)} dürfen Räume teilen"
    one, many = _OF_BLOCKS[kind]
    return one if not numbers or numbers[0] == 1 else many.format(whole(numbers[0]))


_OF_BLOCKS = {
    "locked": ("1 Block bleibt fest in seinem Raum", "{} Blöcke bleiben fest in ihrem Raum"),
    "together": ("1 Gruppe von Blöcken bleibt zusammen", "{} Gruppen von Blöcken bleiben zusammen"),
    "apart": ("1 Paar von Blöcken bleibt getrennt", "{} Paare von Blöcken bleiben getrennt"),
    "barriers": ("1 Blockgrenze ist eine Barriere", "{} Blockgrenzen sind Barrieren"),
    "bridges": ("1 Verbindung ist erlaubt", "{} Verbindungen sind erlaubt"),
    "preferred": ("Entlang 1 Blockgrenze wird bevorzugt getrennt", "Entlang {} Blockgrenzen wird bevorzugt getrennt"),
    "today": ("Der Zuschnitt von heute ist der Ausgangspunkt",) * 2,
}
