"""Words for what an address of the app names and does not find, and for a page that fails (Adresse, Fehlerseite)."""

from __future__ import annotations

UNKNOWN_TITLE = "Das gibt es hier nicht"
PROJECTS_HERE = "Projekte auf diesem Server"
NO_PROJECTS = "Auf diesem Server liegt noch kein Projekt."
TO_START = "Ohne Projekt beginnen"
PLANS_HERE = "Zuschnitte in diesem Projekt"
VIEW_ONLY = "Nur zum Ansehen: Mit diesem Link lässt sich nichts ändern."
RESTORE = "Sicherung an ihre Stelle setzen"
RESTORED = "Die Sicherung ist eingesetzt. Die beschädigte Datei liegt daneben, mit der Endung „.defekt“."
PAGE_FAILED = (
    "Diese Seite konnte nicht gezeichnet werden. Ihre gespeicherte Arbeit ist sicher. Laden Sie die Seite neu; kommt "
    "die Meldung wieder, schicken Sie der Betreuung Seite und Uhrzeit: {page}, {time}."
)


def unknown_project(key: str) -> str:
    """What to say to a link whose project is not here.

    >>> unknown_project("kreis-wesel-0a1b2c3d").split(". ")[0]
    'Das Projekt „kreis-wesel-0a1b2c3d“ gibt es auf diesem Server nicht (mehr)'
    """
    return (
        f"Das Projekt „{key}“ gibt es auf diesem Server nicht (mehr). Prüfen Sie den Link oder fragen Sie die Person, "
        "von der Sie ihn haben. Es wurde nichts anderes an seine Stelle gesetzt."
    )


def unknown_plan(county: str) -> str:
    """What to say to a link whose plan is not in the project.

    >>> unknown_plan("Kreis Wesel").split(". ")[0]
    'Diesen Zuschnitt gibt es im Projekt „Kreis Wesel“ nicht'
    """
    return (
        f"Diesen Zuschnitt gibt es im Projekt „{county}“ nicht. Prüfen Sie den Link oder wählen Sie einen anderen "
        "Zuschnitt. Es wurde nichts anderes an seine Stelle gesetzt."
    )
