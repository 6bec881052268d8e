"""Key figures of the ten municipalities and the names of their places (Eckwerte).

Residents of 31.12.2022 and areas: GV100AD of 30.11.2023 (Statistische Ämter). Names of places are those of the real
county; where they lie and how many people live there is invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MunicipalityFacts:
    """One municipality: key, name, postcode, residents, and its places with their share of the residents.

    ``deprivation`` tilts the invented social indicators: 0 = like the county, + worse, − better.
    """

    ags: str
    name: str
    postcode: str
    residents: int
    area_km2: float
    deprivation: float
    places: tuple[tuple[str, float], ...]

    @property
    def ars(self) -> str:
        """Twelve-digit regional key (Regionalschlüssel)."""
        return f"{self.ags[:5]}0{self.ags[5:]}{self.ags[5:]}"


def _places(text: str) -> tuple[tuple[str, float], ...]:
    pairs = [item.rsplit(" ", 1) for item in text.split(", ")]
    return tuple((name, float(weight)) for name, weight in pairs)


MUNICIPALITIES: tuple[MunicipalityFacts, ...] = (
    MunicipalityFacts(
        "05370004", "Erkelenz", "41812", 44_215, 117.34, -0.2,
        _places(
            "Erkelenz-Mitte 20, Gerderath 5.2, Lövenich 4, Schwanenberg 2.2, Kückhoven 2.2, Hetzerath 1.6, "
            "Granterath 1.5, Golkrath 1.5, Houverath 1.3, Holzweiler 1.4, Keyenberg 1.1, Venrath 1, Immerath 1, "
            "Katzem 0.9, Matzerath 0.7, Kleinbouslar 0.6, Grambusch 0.5, Bellinghoven 0.7"
        ),
    ),
    MunicipalityFacts(
        "05370008", "Gangelt", "52538", 13_240, 48.72, 0.0,
        _places(
            "Gangelt 4, Birgden 3.6, Breberen 1.2, Langbroich 0.9, Schierwaldenrath 0.9, Stahe 1.1, Hastenrath 0.7, "
            "Kreuzrath 0.6, Niederbusch 0.6, Harzelt 0.4"
        ),
    ),
    MunicipalityFacts(
        "05370012", "Geilenkirchen", "52511", 28_252, 83.16, 0.15,
        _places(
            "Geilenkirchen-Mitte 9, Bauchem 4, Gillrath 2.4, Teveren 2.4, Lindern 1.4, Immendorf 1.3, Würm 1.2, "
            "Hünshoven 2.4, Prummern 0.8, Süggerath 1, Tripsrath 1, Waurichen 0.7, Beeck 0.6, Kraudorf 0.5"
        ),
    ),
    MunicipalityFacts(
        "05370016", "Heinsberg", "52525", 43_476, 92.21, 0.1,
        _places(
            "Heinsberg-Mitte 12, Oberbruch 6.2, Dremmen 4.3, Kirchhoven 3.6, Karken 3.2, Kempen 1.6, Waldenrath 1.8, "
            "Porselen 1.7, Randerath 1.5, Schafhausen 1.8, Straeten 1.3, Lieck 1.3, Aphoven 1.1, Unterbruch 1.6, "
            "Uetterath 0.9, Horst 1.1, Laffeld 0.9"
        ),
    ),
    MunicipalityFacts(
        "05370020", "Hückelhoven", "41836", 41_301, 61.27, 0.45,
        _places(
            "Hückelhoven-Mitte 13, Ratheim 9.5, Hilfarth 4.5, Baal 4, Brachelen 3, Doveren 2.6, Schaufenberg 1.6, "
            "Kleingladbach 1.4, Altmyhl 1.3, Rurich 0.7"
        ),
    ),
    MunicipalityFacts(
        "05370024", "Selfkant", "52538", 10_557, 42.09, 0.05,
        _places(
            "Höngen 2.1, Süsterseel 2, Tüddern 1.9, Saeffelen 1.2, Wehr 1, Havert 0.8, Schalbruch 0.7, Millen 0.6, "
            "Hillensberg 0.5, Isenbruch 0.5"
        ),
    ),
    MunicipalityFacts(
        "05370028", "Übach-Palenberg", "52531", 24_215, 26.09, 0.55,
        _places("Übach 9, Palenberg 6.5, Boscheln 3.2, Marienberg 2.4, Frelenberg 2.6, Scherpenseel 2, Windhausen 0.9"),
    ),
    MunicipalityFacts(
        "05370032", "Waldfeucht", "52525", 9_164, 30.27, 0.0,
        _places(
            "Haaren 3, Waldfeucht 1.8, Braunsrath 1.7, Bocket 0.9, Obspringen 0.8, Brüggelchen 0.7, Frilinghoven 0.5"
        ),
    ),
    MunicipalityFacts(
        "05370036", "Wassenberg", "41849", 19_339, 42.43, 0.0,
        _places("Wassenberg-Mitte 8, Birgelen 3.4, Myhl 2.8, Orsbeck 1.9, Effeld 1.4, Ophoven 1, Rothenbach 0.5"),
    ),
    MunicipalityFacts(
        "05370040", "Wegberg", "41844", 28_074, 84.34, -0.25,
        _places(
            "Wegberg-Mitte 9, Arsbeck 2.8, Klinkum 2.4, Merbeck 1.9, Rath-Anhoven 2.3, Beeck 2.4, Wildenrath 2, "
            "Dalheim-Rödgen 1.5, Rickelrath 1, Tüschenbroich 0.9, Uevekoven 0.9, Harbeck 0.7, Schwaam 0.5"
        ),
    ),
)  # fmt: skip

COUNTY_NAME = "Musterkreis (synthetisch, nach Eckwerten des Kreises Heinsberg)"
REFERENCE_DATE = "2022-12-31"
EPSG = 25832

# Motorway and railway through the county, EPSG 25832; invented courses between real directions.
BARRIER_LINES: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...] = (
    (
        "A 46", "autobahn",
        ((297300, 5658000), (299200, 5658350), (301600, 5658150), (304300, 5657700), (307000, 5658150),
         (309900, 5658850), (312900, 5659150), (315800, 5660600), (318200, 5662800)),
    ),
    (
        "Bahnstrecke Aachen–Mönchengladbach", "bahn",
        ((298600, 5644700), (298200, 5646600), (298700, 5648700), (299600, 5650600), (301300, 5652000),
         (303500, 5653200), (306000, 5654700), (308600, 5656700), (310900, 5658400), (312800, 5660900),
         (313900, 5663600), (314100, 5666200)),
    ),
)  # fmt: skip
