"""The effect of a draft on the indicators in words and numbers, as table, map and tooltip print it."""

from __future__ import annotations

from indicators.catalogue import Indicator
from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from reporting.numbers_de import decimal, signed
from reporting.text_de import indicators as words
from reporting.text_de import project_figures as text
from reporting.text_de.plan_map import region_name
from spatial.plan import Plan
from workspace.redrawing_effect import RedrawingEffect

RECOGNISABLE = ("higher", "lower")
Plans = tuple[Plan, Plan]


def kind_of(effect: RedrawingEffect, region: int, key: str) -> str:
    """What the map says of a region: a key of ``EFFECT_LEGEND``."""
    if region in effect.new | effect.gone:
        return "new"
    verdict = effect.cell(region, key)[1]
    return {"": "secret", "untested": "same"}.get(verdict, verdict)


def difference_text(effect: RedrawingEffect, region: int, key: str) -> str:
    """The difference with its sign; empty where it is secret or there is none."""
    value, verdict = effect.cell(region, key)
    return _signed(effect.catalogue[key], value) if verdict else ""


def effect_tooltip(effect: RedrawingEffect, region: int, key: str, plans: Plans) -> str:
    """Name, before and after, and the sentence, for the map."""
    before, after = (_printed(table, region, key) for table in (effect.before, effect.after))
    lines = (_name(effect, region, plans), effect.catalogue[key].name_de, f"{before} → {after}")
    return "\n".join((*lines, _sentence(effect, region, key)))


def effect_row(effect: RedrawingEffect, cell: tuple[int, str], plans: Plans) -> tuple[str, ...]:
    """One line of the table: region, indicator, before, after, and whether the difference is recognisable.

    ``plans`` are the plan before and the plan after, for the names of their regions.
    """
    region, key = cell
    indicator = effect.catalogue[key]
    return (
        _name(effect, region, plans),
        f"{indicator.name_de} ({indicator.unit})",
        _printed(effect.before, region, key),
        _printed(effect.after, region, key),
        _sentence(effect, region, key),
    )


def _name(effect: RedrawingEffect, region: int, plans: Plans) -> str:
    """The region as the plan after calls it; one that is gone as the plan before called it."""
    number = effect.numbers.get(region)
    if number is None:
        return f"{region_name(region, plans[0].names.get(region, ''))} ({text.EFFECT_GONE})"
    name = region_name(number, plans[1].names.get(number, ""))
    return f"{name} ({text.EFFECT_NEW})" if region in effect.new else name


def _printed(table: ReleasedTable, region: int, key: str) -> str:
    """Value and interval of one cell, its sign where there is no number, nothing where the region does not exist."""
    if str(region) not in table.ids:
        return ""
    where = table.ids.index(str(region)), 0, table.indicators.index(key)
    indicator, state = table.catalogue[key], int(table.state[where])
    value = float(table.value[where])
    if indicator.kind == "count":
        return words.count_text(value, state=state)
    digits = _digits(indicator)
    shown = words.value_text(value, state=state, digits=digits)
    interval = words.interval_text(float(table.low[where]), float(table.high[where]), state=state, digits=digits)
    return f"{shown} ({interval})" if interval and state == CellState.KNOWN else shown


def _sentence(effect: RedrawingEffect, region: int, key: str) -> str:
    if region in effect.new | effect.gone:
        return text.EFFECT_LEGEND["new"]
    value, verdict = effect.cell(region, key)
    if verdict:
        return text.effect_sentence(verdict, _signed(effect.catalogue[key], value))
    states = [_state(table, region, key) for table in (effect.before, effect.after)]
    return text.EFFECT_SECRET if CellState.SUPPRESSED in states else words.SIGNS[CellState.MISSING]


def _state(table: ReleasedTable, region: int, key: str) -> int:
    return int(table.state[table.ids.index(str(region)), 0, table.indicators.index(key)])


def _digits(indicator: Indicator) -> int:
    return 2 if indicator.kind == "ratio" and indicator.per == 1 else 1


def _signed(indicator: Indicator, value: float) -> str:
    """A difference with its sign; whole for counts."""
    if indicator.kind == "count":
        return signed(round(value))
    shown = decimal(abs(value), _digits(indicator))
    sign = "±" if not shown.strip("0,") else "+" if value > 0 else "−"
    return f"{sign}{shown}"
