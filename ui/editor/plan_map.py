"""The plan on the table as one map: coloured regions with number and residents, and the borders of municipalities."""

from __future__ import annotations

import numpy as np

from regionalization.population_target import PopulationTarget
from reporting.numbers_de import whole
from reporting.region_palette import REGION_COLOURS
from reporting.text_de import editor as text
from reporting.text_de.plan_map import band_sign, region_name
from spatial.plan import Plan, region_totals
from ui.editor.county_shapes import county_shapes
from ui.editor.map_view import NO_FILL, MapContent, MapLabel
from workspace.county import County
from workspace.region_colours import with_colours


def plan_content(county: County, plan: Plan, target: PopulationTarget) -> MapContent:
    """What the map shows of a plan; hand it to ``show_map``."""
    coloured = with_colours(plan, county.contiguity)
    shapes = county_shapes(county)
    residents = region_totals(coloured, county.blocks.population)
    return MapContent(
        outlines=shapes.blocks,
        fill=_slots(coloured),
        palette=REGION_COLOURS,
        description=text.plan_description(len(residents)),
        borders=[shapes.municipalities],
        groups=coloured.labels,
        group_labels={r: _label(r, n, target) for r, n in residents.items()},
        group_tooltips={r: _tooltip(r, coloured.names.get(r, ""), n, target) for r, n in residents.items()},
    )


def _slots(plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    highest = int(plan.labels.max(initial=0))
    table = np.full(highest + 2, NO_FILL, dtype=np.uint8)  # the last place answers for label −1
    for region, slot in plan.colours.items():
        if region <= highest:
            table[region] = slot % len(REGION_COLOURS)
    table[-1] = NO_FILL
    slots: np.ndarray[tuple[int], np.dtype[np.uint8]] = table[plan.labels]
    return slots


def _label(region: int, residents: int, target: PopulationTarget) -> MapLabel:
    sign = band_sign(residents, target.minimum, target.maximum)
    return MapLabel(str(region), f"{whole(residents)}{'' if sign == '✓' else ' ' + sign[0]}")


def _tooltip(region: int, name: str, residents: int, target: PopulationTarget) -> str:
    sign = band_sign(residents, target.minimum, target.maximum)
    return text.region_tooltip(region_name(region, name), residents, sign)
