"""Sentences on the stand-alone map (Karte zum Weitergeben)."""

from __future__ import annotations

from reporting.numbers_de import whole

TITLE = "Sozialraumzuschnitt"
CONFIDENTIAL = "intern – vertraulich: enthält Einwohnerzahlen auf Blockebene"
LAYERS = {"regions": "Sozialräume", "municipalities": "Gemeindegrenzen", "blocks": "Statistische Blöcke"}
COLUMNS = ("Raum", "Gemeinde", "Einwohner", "Band")


def region_name(region: int, name: str = "") -> str:
    """What a region is called where nobody named it.

    >>> region_name(7), region_name(7, "Oberbruch")
    ('Raum 7', 'Raum 7 Oberbruch')
    """
    return f"Raum {region} {name}".strip()


def band_sign(residents: int, minimum: int, maximum: int) -> str:
    """The sign beside a region: in the band, above, below; a shape, not only a colour.

    >>> band_sign(9000, 10000, 15000), band_sign(12000, 10000, 15000)
    ('▼ zu klein', '✓')
    """
    if residents < minimum:
        return "▼ zu klein"
    return "▲ zu groß" if residents > maximum else "✓"


def band(minimum: int, maximum: int) -> str:
    """The population band in words.

    >>> band(10000, 15000)
    'Einwohnerziel 10.000 bis 15.000'
    """
    return f"Einwohnerziel {whole(minimum)} bis {whole(maximum)}"
