"""Words of the page around the editor: versions, life, comparison, import and journal (Fassungen, Stand, Verlauf)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from reporting.numbers_de import whole

LIFE_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "life.step": "Diesen Schritt gibt es im Leben eines Zuschnitts nicht.",
        "life.date": "Ein Beschluss braucht das Datum, ab dem er gilt.",
    }
)

STATES: Mapping[str, str] = MappingProxyType(
    {"entwurf": "Entwurf", "abgestimmt": "abgestimmt", "beschlossen": "beschlossen", "historisch": "historisch"}
)


def plan_line(name: str, state: str) -> str:
    """How a plan is called in a list.

    >>> plan_line("Fassung B", "beschlossen")
    'Fassung B (beschlossen)'
    """
    return f"{name} ({STATES[state]})"


def plan_lines(plans: Iterable[tuple[str, str, str, str]]) -> dict[str, str]:
    """One line for each plan of (id, name, state, scenario), no two alike: a list cannot tell equal lines apart.

    >>> plan_lines([("1", "A", "entwurf", ""), ("2", "A", "entwurf", "Kern"), ("3", "A", "entwurf", "Kern")])
    {'1': 'A (Entwurf)', '2': 'A (Entwurf) · Kern', '3': 'A (Entwurf) · Kern · 2'}
    """
    lines: dict[str, str] = {}
    met: Counter[str] = Counter()
    for plan_id, name, state, scenario in plans:
        line = f"{plan_line(name, state)} · {scenario}" if scenario else plan_line(name, state)
        met[line] += 1
        lines[plan_id] = line if met[line] == 1 else f"{line} · {met[line]}"
    return lines


MACHINE = "Raumwerk"
NO_PLAN_YET = "Es gibt noch keinen Zuschnitt zum Bearbeiten. Lassen Sie zuerst einen Vorschlag rechnen."
PLAN = "Zuschnitt"
SECTION = "Zum Zuschnitt"
TABS = ("Fassungen und Szenarien", "Vergleich", "Einlesen", "Verlauf")
NAME_FIRST = "Wählen Sie oben ein Malwerkzeug und nennen Sie Ihren Namen: Der Verlauf hält fest, wer was tut."
NEW_VERSION = "Neue Fassung"
NEW_VERSION_WHY = "Eine Kopie zum Ausprobieren. Ein beschlossener Zuschnitt wird nie geändert, nur fortgeschrieben."
VERSION_NAME = "Name der Fassung"
COPY = "Als neue Fassung kopieren"
NAMES = "Name und Szenario"
SCENARIO = "Szenario"
SCENARIO_NONE = "keines, oder neuen Namen eingeben"
ARCHIVE = "Ins Archiv legen"
IN_ARCHIVE = "Dieser Zuschnitt liegt im Archiv. Unten holen Sie ihn zurück."
COPY_SCENARIO = "Szenario mit allen Fassungen kopieren"
ARCHIVE_SCENARIO = "Szenario ins Archiv legen"
FETCH_BACK = "Zurückholen"
LIFE = "Stand"
VALID_FROM = "Gültig ab"
DAY_PATTERN = "TT.MM.JJJJ"
LIFE_STEPS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("entwurf", "abgestimmt"): "Als abgestimmt festhalten",
        ("abgestimmt", "beschlossen"): "Als beschlossen festhalten",
        ("abgestimmt", "entwurf"): "Zurück zum Entwurf",
        ("beschlossen", "historisch"): "Außer Kraft setzen",
    }
)
FROM_PROPOSALS = "Vorschläge der Maschine als Fassung aufnehmen"
COMPARE_WITH = "Vergleichen mit"
VIEW = "Darstellung"
VIEWS = ("Unterschiede", "Nebeneinander")
BLOCKS_MOVED = "Blöcke wechseln"
RESIDENTS_MOVED = "Einwohner wechseln"
SHARE_MOVED = "Anteil"
ALIKE = "Ähnlichkeit (Rand)"
LEGEND_CHANGED = "wechselt den Raum"
LEGEND_SAME = "bleibt"
COMPARE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "from": "aus",
        "to": "nach",
        "blocks": "Blöcke",
        "residents": "Einwohner",
        "change": "Saldo des neuen Raums",
    }
)
IMPORT = "Datei mit block_id und region"
IMPORT_INTRO = (
    "CSV, GeoPackage, GeoJSON oder Shapefile (als ZIP). Die Datei wird geprüft und als neue Fassung aufgenommen."
)
IMPORT_KEEP = "Als neue Fassung aufnehmen"
IMPORT_ANYWAY = "Trotzdem aufnehmen, fehlende Blöcke bleiben ohne Raum"
NO_JOURNAL = "Noch hat niemand diesen Zuschnitt geändert."
JOURNAL_COLUMNS: Mapping[str, str] = MappingProxyType({"revision": "Nr.", "at": "Zeit", "author": "Wer", "what": "Was"})


def plan_description(regions: int) -> str:
    """The accessible name of a map of a plan.

    >>> plan_description(20)
    'Karte des Zuschnitts mit 20 Räumen'
    """
    return f"Karte des Zuschnitts mit {whole(regions)} Räumen"


def difference_description(blocks: int) -> str:
    """The accessible name of a map of differences.

    >>> difference_description(3)
    'Karte der Unterschiede: 3 Blöcke wechseln den Raum'
    """
    return f"Karte der Unterschiede: {whole(blocks)} Blöcke wechseln den Raum"


def region_tooltip(name: str, residents: int, sign: str) -> str:
    """What stands at the pointer over a region.

    >>> region_tooltip("Raum 7", 12345, "✓").splitlines()
    ['Raum 7', '12.345 Einwohner ✓']
    """
    return f"{name}\n{whole(residents)} Einwohner {sign}"


def region_or_none(region: int) -> str:
    """A region in a table.

    >>> region_or_none(7), region_or_none(-1)
    ('Raum 7', 'ohne Raum')
    """
    return f"Raum {region}" if region >= 0 else "ohne Raum"


def scenario_title(name: str) -> str:
    """Heading above what can be done with a scenario."""
    return f"Szenario „{name}“"


def archive_title(count: int) -> str:
    """How much lies in the archive.

    >>> archive_title(3)
    'Archiv (3)'
    """
    return f"Archiv ({whole(count)})"


def archived_scenario(name: str, plans: int) -> str:
    """A scenario in the archive.

    >>> archived_scenario("Ortsteile bleiben ganz", 1)
    'Szenario „Ortsteile bleiben ganz“ mit einer Fassung'
    """
    return f"{scenario_title(name)} mit {'einer Fassung' if plans == 1 else f'{whole(plans)} Fassungen'}"


def copy_name(name: str) -> str:
    """The name offered for a copy."""
    return f"{name} – Kopie"


def proposal_name(number: int) -> str:
    """The name of a proposal taken over as a version."""
    return f"Vorschlag {number}"


def life_line(state: str, valid_from: str) -> str:
    """Where a plan stands.

    >>> life_line("beschlossen", "2026-07-01")
    'Dieser Zuschnitt ist **beschlossen**, gültig ab 01.07.2026.'
    """
    day = ".".join(reversed(valid_from.split("-"))) if valid_from else ""
    return f"Dieser Zuschnitt ist **{STATES[state]}**{f', gültig ab {day}' if day else ''}."


def import_summary(regions: int, blocks: int) -> str:
    """What an imported file holds.

    >>> import_summary(20, 2000)
    'Gelesen: 20 Räume aus 2.000 Blöcken.'
    """
    return f"Gelesen: {whole(regions)} Räume aus {whole(blocks)} Blöcken."


def journal_line(kind: str, *, moved: int, regions: Sequence[int], values: Mapping[str, Any]) -> str:
    """One step of the journal in words.

    >>> journal_line("assign", moved=4, regions=[7], values={})
    '4 Blöcke nach Raum 7'
    """
    where = ", ".join(region_or_none(region) for region in regions)
    blocks = f"{whole(moved)} Blöcke nach {where}" if moved else "nichts verschoben"
    words = {
        "assign": blocks,
        "undo": f"rückgängig: {blocks}",
        "redo": f"wiederholt: {blocks}",
        "decide": f"Streitfall entschieden: {blocks}",
        "name": f"Raum {values.get('region')} heißt „{values.get('name')}“",
        "colour": f"Raum {values.get('region')} hat eine andere Farbe",
        "lock": f"Raum {', '.join(map(str, values.get('regions', ())))} {_locked(values)}",
        "state": f"Stand: {STATES.get(str(values.get('state')), '')}",
    }
    return words[kind]


def _locked(values: Mapping[str, Any]) -> str:
    return "gesperrt" if values.get("locked") else "entsperrt"
