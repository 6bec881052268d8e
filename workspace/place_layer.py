"""Named places from a layer of their own instead of a column of the blocks (Orte aus einer Ebene)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geodata.place_areas import places_of_blocks, read_place_areas
from spatial.blocks import Place
from spatial.errors import Finding, InputError
from workspace.county import County

_SOURCE = re.compile(
    r"(?P<file>.+\.(gpkg|shp|geojson|json|fgb|parquet|geoparquet|zip))(:(?P<layer>[^:]*))?(:(?P<column>[^:]*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PlaceSource:
    """A layer with areas of places: the file, its layer (None = the only one), the column with names (None = guess)."""

    file: Path
    layer: str | None = None
    column: str | None = None


def place_source(written: str | None) -> PlaceSource | None:
    """A layer where one is meant, None where it is the name of a column.

    >>> place_source("orte.gpkg:ortsteile:name")
    PlaceSource(file=PosixPath('orte.gpkg'), layer='ortsteile', column='name')
    >>> place_source("ort") is None
    True
    """
    found = _SOURCE.fullmatch(written or "")
    if found is None:
        return None
    return PlaceSource(Path(found["file"]), found["layer"] or None, found["column"] or None)


def with_places(county: County, source: PlaceSource) -> County:
    """The county whose blocks belong to the places of a layer; what was noticed joins its findings.

    Errors
    ------
    InputError : the layer cannot be used, or none of its areas touches a block
    """
    areas, names, said = read_place_areas(source.file, layer=source.layer, column=source.column, epsg=county.epsg)
    of_block = places_of_blocks(county.polygons, areas, names)
    keys = sorted({name for name in of_block if name})
    if not keys:
        raise InputError(Finding("places.nothing", where=(source.file.name,)))
    index = {key: i for i, key in enumerate(keys)}
    code = np.array([index.get(name, -1) for name in of_block], dtype=np.int32)
    blocks = replace(county.blocks, place=code, places=tuple(Place(key, key) for key in keys))
    values = {"places": len(keys), "blocks": int((code >= 0).sum()), "without": int((code < 0).sum())}
    note = Finding("places.assigned", "note", (source.file.name,), values)
    return replace(county, blocks=blocks, findings=(*county.findings, *said, note))
