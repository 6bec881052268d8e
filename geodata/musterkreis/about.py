"""What the file says about itself (Metadaten)."""

from __future__ import annotations

import pandas as pd

from geodata.musterkreis.facts import DATES, EPSG, TITLE


def about_table(seed: int) -> pd.DataFrame:
    """Key and value: title, reference dates, coordinate system, how it was made and after which facts."""
    rows = {
        "titel": TITLE,
        "hinweis": "Erfundene Daten zum Ausprobieren. Blöcke, Fallzahlen, Einrichtungen und Adressen sind nicht real.",
        "fallzahlen": "Zufallszahlen mit räumlichem Muster; Erreichbarkeit (INF01, INF02) ist nicht enthalten.",
        "adressen": "Erfundene Auswahl, etwa eine Adresse je 13 Einwohner.",
        "einrichtungen": "Erfundene Einrichtungen; 0 Plätze heißt: diese Art hat keine Plätze.",
        "stichtag": DATES[-1],
        "vergleichsstichtage": ", ".join(DATES[:-1]),
        "koordinatensystem": f"EPSG:{EPSG}",
        "startwert": str(seed),
        "eckwerte": "Gemeindenamen, AGS, Flächen, Einwohner und Männer am 31.12.2022: "
        "Gemeindeverzeichnis GV100AD vom 30.11.2023 (Statistische Ämter des Bundes und der Länder).",
        "altersaufbau": "Nordrhein-Westfalen 2013 nach LZG NRW, fortgeschrieben auf 2022 nach IT.NRW.",
        "pflegequoten": "Pflegestatistik 2021, Gesundheitsberichterstattung des Bundes.",
        "gebietsstand": "31.12.2022, Grenzen frei gezeichnet nach Fläche, Mittelpunkt und Nachbarschaft.",
    }
    return pd.DataFrame({"schluessel": list(rows), "wert": list(rows.values())})
