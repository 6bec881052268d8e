"""The outlines of an open county, worked out once per server and county."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from geodata.outlines import municipality_outlines, outlines_from_polygons
from spatial.outlines import Outlines
from workspace.county import County

_KEPT = 8
_SIMPLIFIED_M = 12.0
_turn = threading.Lock()
_shapes: OrderedDict[str, CountyShapes] = OrderedDict()


@dataclass(frozen=True, eq=False)
class CountyShapes:
    """Blocks and municipalities as the map draws them, in the order of the county."""

    blocks: Outlines
    municipalities: Outlines


def county_shapes(county: County) -> CountyShapes:
    """The outlines of a county; the same county is simplified once."""
    with _turn:
        known = _shapes.get(county.fingerprint)
        if known is None:
            ids = county.blocks.ids
            known = CountyShapes(
                outlines_from_polygons(ids, county.polygons, county.epsg, tolerance_m=_SIMPLIFIED_M),
                municipality_outlines(county.polygons, county.blocks, county.epsg, tolerance_m=_SIMPLIFIED_M),
            )
            _shapes[county.fingerprint] = known
            while len(_shapes) > _KEPT:
                _shapes.popitem(last=False)
        return known
