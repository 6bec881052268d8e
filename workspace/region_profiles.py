"""The profile of one Sozialraum from the figures on the desk (Sozialraumprofil)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.catalogue import Catalogue, Indicator
from indicators.comparison import change_between
from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from indicators.similar_areas import CONDITIONS, reference_values, similar_areas
from indicators.timeline import WARNING_DATES
from indicators.validity import validity
from reporting.region_profile import ProfileRow, RegionProfile
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import indicators as words
from spatial.errors import Finding, InputError
from spatial.outlines import Outlines
from workspace.county_catalogue import own_indicators
from workspace.indicator_desk import IndicatorDesk, series, verdicts

_MOST_LINES, _MOST_OWN = 5, 6


def profile_of(desk: IndicatorDesk, region: str, *, date: str, outlines: Outlines) -> RegionProfile:
    """Key figures of a region against its municipality and the county, as the audience of the desk may see them.

    Parameters
    ----------
    region : number of the region as text
    date : reference date
    outlines : shapes of all regions, longitude and latitude

    Errors
    ------
    InputError : there is no such region
    """
    table = desk.shown["sozialraum"]
    if region not in table.ids:
        raise InputError(Finding("profile.region.unknown", where=(region,)))
    row = table.ids.index(region)
    own = [key for key in own_indicators(desk.catalogue) if key in table.indicators][:_MOST_OWN]
    keys = [*(key for key in text.CORE if key in table.indicators), *own]
    judged = {key: verdicts(desk, key, level="sozialraum", date=date)["verdict"].iloc[row] for key in keys}
    rows = tuple(_row(desk, (row, key), date=date, verdict=judged[key]) for key in keys)
    z = _distances(table, date)
    name = words.level_name("sozialraum", region, name=table.names[row])
    return RegionProfile(
        title=name,
        subtitle=_subtitle(desk, row, date),
        audience=text.AUDIENCES.get(desk.audience, words.AUDIENCES[desk.audience]),
        rows=rows,
        strengths=_lines(desk, (row, date), rows=dict(zip(keys, rows, strict=True)), mark="better", z=z),
        needs=_lines(desk, (row, date), rows=dict(zip(keys, rows, strict=True)), mark="worse", z=z),
        radar=radar_of(table, row, date),
        notes=(
            _similar(table, row, date),
            _validity(table, row, date),
            outside_values(keys, desk.catalogue),
            text.PROFILE_NOTE,
        ),
        sources=tuple(dict.fromkeys(table.catalogue[key].source.name for key in keys)),
        region=region,
        outlines=outlines,
        trends=_trends(desk, (row, date), rows=rows, keys=keys),
    )


def _trends(
    desk: IndicatorDesk, cell: tuple[int, str], *, rows: Sequence[ProfileRow], keys: Sequence[str]
) -> tuple[str, ...]:
    """What changed recognisably since the date before, and what was worse than the county three dates in a row."""
    row, date = cell
    dates = desk.dates[: desk.dates.index(date) + 1]
    if len(dates) < 2:
        return ()
    changes = {word: [entry.name for entry in rows if entry.change == word] for word in text.CHANGE_WORDS}
    lines = say.development_lines(dates[-2], changes)
    if len(dates) < WARNING_DATES or date != desk.dates[-1]:
        return lines
    judged = [key for key in keys if desk.catalogue[key].polarity != 0]
    lasting = {key: series(desk, key, level="sozialraum") for key in judged}
    warned = [key for key, line in lasting.items() if line.warning[row]]
    sure = [key for key in warned if lasting[key].certain[row, -WARNING_DATES:].all()]
    names = [[desk.catalogue[key].name_de for key in keys] for keys in (sure, [k for k in warned if k not in sure])]
    return (*lines, *say.warning_lines(*names))


def outside_values(keys: Sequence[str], catalogue: Catalogue) -> str:
    """Published values from outside the county for some indicators, in one line; empty where there are none."""
    lines = [
        f"{catalogue[key].name_de}: "
        + say.reference_line(v.area, v.value, catalogue[key].unit, date=v.date, source=v.source)
        for key in keys
        for v in reference_values(key)
    ]
    return say.references(lines)


def _row(desk: IndicatorDesk, cell: tuple[int, str], *, date: str, verdict: str) -> ProfileRow:
    row, key = cell
    table, indicator = desk.shown["sozialraum"], desk.catalogue[key]
    d, k = table.dates.index(date), table.indicators.index(key)
    state = int(table.state[row, d, k])
    is_count = indicator.kind == "count"
    value = float(table.value[row, d, k])
    digits = _digits(indicator)
    shown = words.count_text(value, state=state) if is_count else words.value_text(value, state=state, digits=digits)
    limits = float(table.low[row, d, k]), float(table.high[row, d, k])
    return ProfileRow(
        name=indicator.name_de,
        unit=indicator.unit,
        value=shown,
        interval=words.interval_text(*limits, state=state, digits=digits),
        municipality=_upper(desk, row, level="gemeinde", cell=(d, key)),
        county=_upper(desk, row, level="kreis", cell=(d, key)),
        verdict=text.VERDICT_SHORT[verdict] if state == CellState.KNOWN else "",
        change=_change(table, row, key, date),
        mark=_mark(indicator.polarity, verdict),
    )


def _digits(indicator: Indicator) -> int:
    """Decimals of a printed value: ratios per single person need two."""
    return 2 if indicator.kind == "ratio" and indicator.per == 1 else 1


def _mark(polarity: int, verdict: str) -> str:
    if polarity == 0 or verdict not in ("higher", "lower"):
        return ""
    return "better" if (verdict == "higher") == (polarity > 0) else "worse"


def _upper(desk: IndicatorDesk, row: int, *, level: str, cell: tuple[int, str]) -> str:
    """The printed value of the municipality or county a region lies in."""
    if level not in desk.shown:
        return ""
    table, (d, key) = desk.shown[level], cell
    k, indicator = table.indicators.index(key), desk.catalogue[key]
    position = 0 if level == "kreis" else int(desk.figures.parents[-1][row])
    value, state = float(table.value[position, d, k]), int(table.state[position, d, k])
    digits = _digits(indicator)
    count = indicator.kind == "count"
    return words.count_text(value, state=state) if count else words.value_text(value, state=state, digits=digits)


def _change(table: ReleasedTable, row: int, key: str, date: str) -> str:
    """The change since the date before, tested over all regions."""
    d, k = table.dates.index(date), table.indicators.index(key)
    if d == 0 or table.catalogue[key].kind not in ("proportion", "rate", "ratio"):
        return ""
    num, den = table.numerator[:, :, k], table.denominator[:, :, k]
    both = change_between((num[:, d - 1], den[:, d - 1]), (num[:, d], den[:, d]), kind=table.catalogue[key].kind)
    return text.CHANGE_SHORT[str(both["verdict"].iloc[row])]


def _distances(table: ReleasedTable, date: str) -> pd.DataFrame:
    """Distance of every region from the mean of the regions in standard deviations; higher is unfavourable."""
    d, found = table.dates.index(date), {}
    for k, indicator in enumerate(table.catalogue):
        values = table.value[:, d, k]
        spread = np.nanstd(values) if np.isfinite(values).any() else 0.0
        if indicator.polarity != 0 and spread > 1e-9:
            found[indicator.id] = -indicator.polarity * (values - np.nanmean(values)) / spread
    return pd.DataFrame(found, index=range(len(table)))


def radar_of(table: ReleasedTable, row: int, date: str) -> tuple[tuple[str, float], ...]:
    """Axes of the radar of one area: label and distance from the mean; an axis without a shown value is left out."""
    z = _distances(table, date)
    axes = ((text.RADAR_NAMES[key], float(z[key].iloc[row])) for key in text.RADAR_NAMES if key in z)
    return tuple((label, distance) for label, distance in axes if np.isfinite(distance))


def _lines(
    desk: IndicatorDesk, cell: tuple[int, str], *, rows: dict[str, ProfileRow], mark: str, z: pd.DataFrame
) -> tuple[str, ...]:
    """The clearest strengths or needs in words, most notable first."""
    row, _ = cell
    marked = [key for key, entry in rows.items() if entry.mark == mark and key in z]
    marked.sort(key=lambda key: -abs(float(z[key].to_numpy()[row])))
    units = {key: desk.catalogue[key].unit for key in marked}
    lines = tuple(
        text.finding_line(rows[key].name, words.with_unit(rows[key].value, units[key]), rows[key].county)
        for key in marked[:_MOST_LINES]
    )
    return lines or ((text.NO_STRENGTHS,) if mark == "better" else (text.NO_NEEDS,))


def _subtitle(desk: IndicatorDesk, row: int, date: str) -> str:
    table = desk.shown["sozialraum"]
    towns = desk.shown.get("gemeinde")
    town = towns.names[int(desk.figures.parents[-1][row])] if towns is not None else desk.county.label
    d = table.dates.index(date)
    people = "..."
    if "BEV01" in table.indicators:
        k = table.indicators.index("BEV01")
        people = words.count_text(float(table.value[row, d, k]), state=int(table.state[row, d, k]))
    return text.profile_subtitle(town, people, date=date, plan=text.PLAN_DRAFT)


def _validity(table: ReleasedTable, row: int, date: str) -> str:
    """What the size of the region allows, for the share of poor children."""
    if "EIN02" not in table.indicators:
        return ""
    d, k = table.dates.index(date), table.indicators.index("EIN02")
    children, poor = float(table.denominator[row, d, k]), float(table.numerator[row, d, k])
    if not np.isfinite(children) or children <= 0:
        return ""
    result = validity(children, group_share=1.0, share=poor / children)
    return f"{table.catalogue['EIN02'].name_de}: {text.validity_line(result.half_width_points, result.grade)}"


def _similar(table: ReleasedTable, row: int, date: str) -> str:
    """The regions most alike in age, density and tenure, to look at side by side."""
    names = dict(zip(table.ids, table.names, strict=True))
    shown = [words.level_name(table.level, key, name=names[key]) for key in similar_regions(table, row, date)]
    return text.similar_line(shown) if shown else ""


def similar_regions(table: ReleasedTable, row: int, date: str) -> tuple[str, ...]:
    """Ids of the areas most alike in their conditions, nearest first; empty where no condition is known."""
    d = table.dates.index(date)
    columns = [table.indicators.index(key) for key in CONDITIONS if key in table.indicators]
    return similar_areas(table.value[:, d, columns], table.ids, table.ids[row])
