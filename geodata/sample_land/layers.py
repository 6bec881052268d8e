"""The landscape as layers of a GeoPackage: blocks, municipalities, barriers, places, and what the file is (Ebenen)."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import shapely

from geodata.musterkreis.ground import settled_hectares
from geodata.sample_land.facts import BARRIER_LINES, COUNTY_NAME, EPSG, MUNICIPALITIES, REFERENCE_DATE
from geodata.sample_land.landscape import Landscape
from geodata.sample_land.people import AGE_COLUMNS
from geodata.sample_land.roads import Centres

_NAMES = {facts.ags: facts.name for facts in MUNICIPALITIES}


def blocks(land: Landscape) -> geopandas.GeoDataFrame:
    """Statistical blocks: key, municipality, place, residents by sex and age, hectares in all and built up."""
    hectares = np.round(shapely.area(land.net.polygons) / 10_000, 2)
    columns: dict[str, object] = {
        "block_id": land.block_ids(),
        "ags": land.net.ags,
        "gemeinde": [_NAMES[ags] for ags in land.net.ags],
        "ort": land.place_names(),
        "einwohner": land.residents,
        "flaeche_ha": hectares,
        "siedlung_ha": settled_hectares(shapely.area(land.net.polygons), land.net.built_up, land.residents),
        **{name: land.ages[:, i] for i, name in enumerate(AGE_COLUMNS)},
    }
    return geopandas.GeoDataFrame(columns, geometry=land.net.polygons, crs=EPSG)


def municipalities(land: Landscape) -> geopandas.GeoDataFrame:
    """The ten municipalities, dissolved from their blocks, so that both layers share every vertex."""
    shapes = [shapely.normalize(shapely.coverage_union_all(land.net.polygons[land.net.ags == ags])) for ags in _NAMES]
    columns = {
        "ags": list(_NAMES),
        "ars": [facts.ars for facts in MUNICIPALITIES],
        "name": list(_NAMES.values()),
        "einwohner": [facts.residents for facts in MUNICIPALITIES],
        "flaeche_km2": [round(shape.area / 1e6, 2) for shape in shapes],
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=EPSG)


def barriers(land: Landscape) -> geopandas.GeoDataFrame:
    """Motorway and railway as lines; block borders follow them."""
    columns = {
        "name": [name for name, _kind, _points in BARRIER_LINES],
        "art": [kind for _name, kind, _points in BARRIER_LINES],
    }
    lines = [shapely.set_precision(line, 0.1) for line in land.net.barriers]
    return geopandas.GeoDataFrame(columns, geometry=lines, crs=EPSG)


def places(land: Landscape) -> geopandas.GeoDataFrame:
    """Names of towns and villages for orientation; rank 1 is the main place of a municipality."""
    rows = [
        {"name": s.name.removesuffix("-Mitte"), "ags": ags, "art": "stadt" if rank == 1 else "ort", "rang": rank,
         "geometry": shapely.Point(s.x_m, s.y_m)}
        for ags, settlements in land.settlements.items()
        for rank, s in enumerate(settlements, start=1)
    ]  # fmt: skip
    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=EPSG)


def centres(land: Landscape) -> Centres:
    """Centres of all places, between which the main roads run."""
    rows = [
        (settlement.x_m, settlement.y_m, _NAMES[ags], rank == 0)
        for ags, settlements in land.settlements.items()
        for rank, settlement in enumerate(settlements)
    ]
    x, y, name, main = zip(*rows, strict=True)
    return Centres(np.column_stack([x, y]), np.array(name, dtype=object), np.array(main))


def about() -> pd.DataFrame:
    """What the file is, from when, and from which facts it was made."""
    rows = {
        "titel": COUNTY_NAME,
        "stichtag": REFERENCE_DATE,
        "hinweis": "Alle Flächen, Orte und Zahlen unterhalb der Gemeinden sind erfunden.",
        "quelle_einwohner": "Gemeindeverzeichnis GV100AD vom 30.11.2023, Statistische Ämter des Bundes und der Länder",
        "quelle_altersaufbau": "LZG NRW, Bevölkerung nach Alter und Geschlecht, 31.12.2013",
        "quelle_pflegequoten": "GBE-Bund, Pflegestatistik 2021, nach Alter und Geschlecht",
        "fallzahlen_stichtage": "2020-12-31, 2022-12-31",
        "fallzahlen": "Zufallszahlen mit räumlichem Muster; Erreichbarkeit (INF01, INF02) ist nicht enthalten.",
        "adressen": "Erfundene Auswahl, etwa eine Adresse je 13 Einwohner; Straßennamen und Hausnummern sind erfunden.",
        "einrichtungen": "Erfundene Einrichtungen; 0 Plätze bei Arztpraxen heißt: diese Art hat keine Plätze.",
    }
    return pd.DataFrame({"schluessel": list(rows), "wert": list(rows.values())})
