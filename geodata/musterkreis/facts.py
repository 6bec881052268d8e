"""Key figures the invented county is built on (Eckwerte): names, keys, areas, residents, neighbours.

Sources
-------
AGS, names, areas, residents and men of 31.12.2022: Gemeindeverzeichnis GV100AD of 30.11.2023 (Destatis).
Centres and who borders whom: own calculation from VG250 (© GeoBasis-DE / BKG), rounded to metres.
Age structure: Nordrhein-Westfalen 31.12.2013 by sex and five-year group (LZG NRW), aged to 2022 by a coarse
correction to the published figures of 31.12.2022 (IT.NRW). Care rates: Pflegestatistik 2021 (GBE-Bund).
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Musterkreis (synthetisch, nach Eckwerten des Kreises Heinsberg)"
EPSG = 25832
DATES = ("2018-12-31", "2020-12-31", "2022-12-31")


@dataclass(frozen=True)
class Municipality:
    """One municipality (Gemeinde): official key, name, area, residents of 31.12.2022 and where it lies."""

    ags: str
    name: str
    area_km2: float
    residents: int
    men: int
    centre: tuple[int, int]  # EPSG 25832, metres
    postcode: str
    is_town: bool

    @property
    def ars(self) -> str:
        """Regional key of twelve digits (Regionalschlüssel): county, association, municipality."""
        return f"{self.ags[:5]}{self.ags[5:].rjust(4, '0')}{self.ags[5:]}"


MUNICIPALITIES = (
    Municipality("05370004", "Erkelenz", 117.34, 44215, 21626, (313576, 5660704), "41812", True),
    Municipality("05370008", "Gangelt", 48.72, 13240, 6598, (290561, 5654519), "52538", False),
    Municipality("05370012", "Geilenkirchen", 83.16, 28252, 14092, (298577, 5650806), "52511", True),
    Municipality("05370016", "Heinsberg", 92.21, 43476, 21467, (297577, 5659449), "52525", True),
    Municipality("05370020", "Hückelhoven", 61.27, 41301, 20375, (305826, 5658373), "41836", True),
    Municipality("05370024", "Selfkant", 42.09, 10557, 5329, (284133, 5656714), "52538", False),
    Municipality("05370028", "Übach-Palenberg", 26.09, 24215, 12166, (296517, 5645680), "52531", True),
    Municipality("05370032", "Waldfeucht", 30.27, 9164, 4565, (291057, 5661286), "52525", False),
    Municipality("05370036", "Wassenberg", 42.43, 19339, 9523, (300150, 5666352), "41849", True),
    Municipality("05370040", "Wegberg", 84.34, 28074, 13748, (307619, 5669311), "41844", True),
)

NEIGHBOURS = frozenset(
    frozenset((f"05370{a}", f"05370{b}"))
    for a, b in (
        ("004", "020"), ("012", "028"), ("004", "040"), ("012", "016"), ("016", "032"), ("016", "020"),
        ("016", "036"), ("008", "024"), ("008", "012"), ("036", "040"), ("008", "016"), ("008", "032"),
        ("020", "036"), ("012", "020"), ("004", "036"), ("024", "032"),
    )
)  # fmt: skip
"""Pairs of municipalities with more than one kilometre of common border."""

AGE_GROUPS = (*(f"{low:02d}_{low + 4:02d}" for low in range(0, 90, 5)), "90_plus")
AGE_COLUMNS = tuple(f"{sex}_{group}" for group in AGE_GROUPS for sex in "mf")
AGE_LOWER = tuple(range(0, 95, 5))

# Thousand residents per group: the 2013 cohorts nine years on, 2022 levels below ten and above seventy-five.
AGE_MEN = (448, 452, 437, 462, 516, 565, 585, 566, 560, 515, 588, 736, 690, 566, 430, 301, 283, 132, 53)
AGE_WOMEN = (424, 427, 412, 433, 488, 533, 561, 552, 560, 521, 594, 740, 701, 602, 490, 386, 394, 229, 137)

# Share of residents in need of care (Pflegequote) by five-year group, men and women; below 75 one rate is published,
# spread here over the ages so that it is 2.3 % altogether.
CARE_MEN = (
    0.010, 0.024, 0.022, 0.014, 0.010, 0.008, 0.008, 0.009, 0.010, 0.013, 0.018, 0.026, 0.038, 0.054, 0.086,
    0.150, 0.245, 0.432, 0.696,
)  # fmt: skip
CARE_WOMEN = (
    0.007, 0.015, 0.014, 0.010, 0.008, 0.007, 0.008, 0.009, 0.011, 0.014, 0.019, 0.027, 0.037, 0.053, 0.092,
    0.190, 0.340, 0.606, 0.864,
)  # fmt: skip
