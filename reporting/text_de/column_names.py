"""Columns of files under names that people read; unknown ones at least without technical signs (Spaltennamen)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_AGES = re.compile(r"(m|w|f)_(\d\d)_(\d\d|plus)")
_SEX = {"m": "Männer", "w": "Frauen", "f": "Frauen"}
_KNOWN: Mapping[str, str] = {
    "einwohner": "Einwohner",
    "ew": "Einwohner",
    "pop_est": "Einwohner (geschätzt)",
    "flaeche_ha": "Fläche (ha)",
    "siedlung_ha": "Siedlungsfläche (ha)",
    "dwellings": "Wohnungen",
    "age_under10": "Kinder unter 10",
    "age_80plus": "80 Jahre und älter",
    "foreigners": "Ausländerinnen und Ausländer",
    "widowed": "Verwitwete",
    "divorced": "Geschiedene",
    "born_abroad_eu": "in anderem EU-Land geboren",
    "hh_size3": "Haushalte mit 3 Personen",
    "hh_size4": "Haushalte mit 4 Personen",
    "hh_size5": "Haushalte mit 5 Personen",
    "hh_size6plus": "Haushalte ab 6 Personen",
    "hh_single_parent": "Haushalte Alleinerziehender",
    "dw_built_before1919": "Wohnungen, gebaut vor 1919",
    "dw_vacant": "leere Wohnungen",
    "dw_1family_detached": "freistehende Einfamilienhäuser",
}


def readable(name: str) -> str:
    """A column as it is shown where somebody chooses it.

    >>> readable("m_00_04"), readable("f_90_plus"), readable("flaeche_ha")
    ('Männer 0 bis 4 Jahre', 'Frauen ab 90 Jahre', 'Fläche (ha)')
    >>> readable("arbeitslose_2023"), readable("SGB_II")
    ('Arbeitslose 2023', 'SGB II')
    """
    lower = name.lower()
    if lower in _KNOWN:
        return _KNOWN[lower]
    ages = _AGES.fullmatch(lower)
    if ages:
        low, high = int(ages[2]), ages[3]
        span = f"ab {low}" if high == "plus" else f"{low} bis {int(high)}"
        return f"{_SEX[ages[1]]} {span} Jahre"
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else name
