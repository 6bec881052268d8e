"""Everything that is made of a table with small cells is searched for them: objects, files, tooltips, effects, log.

With the protection off the same search finds them everywhere it should, so that it can fail.
"""

from __future__ import annotations

import io
import json
import logging
import pickle
import re
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from indicators.counts import CountTable
from indicators.disclosure import ReleasedTable
from reporting.choropleth import choropleth
from reporting.indicator_rows import indicator_csv, printed, rows_of
from reporting.region_profile import profile_html
from reporting.text_de.findings import sentence
from reporting.workbook import indicator_workbook
from spatial.outlines import Outlines
from tests.workspace.figure_county import DATE, IDS, QUARTERS, START, figure_counts, figure_county, moved
from workspace.effect_rows import difference_text, effect_row, effect_tooltip
from workspace.indicator_actions import write_tables
from workspace.indicator_desk import IndicatorDesk, desk_of, series, verdicts
from workspace.ledger import ledger_records
from workspace.outputs import plan_download
from workspace.redrawing_effect import effect_of_redrawing, starting_point
from workspace.region_profiles import profile_of
from workspace.release import Ledger, Occasion, release
from workspace.release_request import Audience
from workspace.workspace import Workspace

# Region 1 has 2 poor children among 2.137; region 1 without block 00 would tell that the block has 7 of 93.
SECRET_GROUP, SECRET_SHARE = 2137, 100 * 2 / 2137
AUDIENCES: tuple[tuple[Audience, bool], ...] = (("public", False), ("workshop", False), ("intern", True))


def counts() -> CountTable:
    table = figure_counts()
    values = table.values.copy()
    k = table.indicators.index("EIN02")
    inside = np.flatnonzero(QUARTERS == 1)
    values[inside, 0, k] = (0, 133)
    values[inside[:2], 0, k, 0] = 1
    values[inside[-1], 0, k, 1] = SECRET_GROUP - 133 * (len(inside) - 1)
    return CountTable(table.ids, table.indicators, table.dates, values, table.states)


def desk(audience: Audience, table: CountTable | None = None) -> IndicatorDesk:
    return desk_of(figure_county(), START, table or counts(), audience=audience)


def writings() -> re.Pattern[str]:
    """The secret group and share in every writing that a file, a page or an object could use."""
    group = rf"(?<![\d,.]){SECRET_GROUP}(?:[.,]0+)?(?![\d])|(?<!\d)2\.137(?!\d)"
    digits = f"{SECRET_SHARE:.10f}"[:7].replace(".", r"[.,]")
    return re.compile(rf"{group}|(?<![\d]){digits}")


def tables_of(audience: Audience) -> list[ReleasedTable]:
    return list(desk(audience).shown.values())


def everything(value: object) -> str:
    """An object with every number in it, down to its arrays."""
    if isinstance(value, ReleasedTable):
        arrays = (getattr(value, n) for n in ("value", "low", "high", "numerator", "denominator"))
        return " ".join(repr(float(x)) for array in arrays for x in array.ravel())
    return repr(value)


def as_file(write: Callable[[Path], object], name: str, folder: Path) -> str:
    path = folder / name
    write(path)
    if path.suffix == ".gpkg":
        with sqlite3.connect(path) as base:
            names = [n for (n,) in base.execute("SELECT table_name FROM gpkg_contents")]
            said = "\n".join(repr(base.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names)
        base.close()
        return said
    return path.read_bytes().decode("utf-8", "replace")


def unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def outlines() -> Outlines:
    numbers, county = np.unique(QUARTERS), figure_county()
    shapes = np.array([shapely.union_all(county.polygons[number == QUARTERS]) for number in numbers])
    return Outlines(tuple(str(number) for number in numbers), shapes, 4326)


def _map(audience: Audience, _folder: Path) -> str:
    drawn = choropleth(desk(audience).shown["sozialraum"], "EIN02", date=DATE)
    return "\n".join([*drawn.tooltips, *(text for _, text in drawn.legend), repr(drawn.breaks.bounds)])


def _statements(audience: Audience, _folder: Path) -> str:
    """Verdicts and time lines that pages draw."""
    seen = desk(audience)
    line = series(seen, "EIN02", level="sozialraum")
    return verdicts(seen, "EIN02", level="sozialraum", date=DATE).to_csv() + repr(vars(line))


def _release_files(audience: Audience, folder: Path) -> str:
    tables, ledger, found = release(desk(audience).figures, Occasion(audience, "Kern", DATE), ledger=Ledger())
    folder.mkdir(exist_ok=True)
    paths = write_tables(tables, folder, ledger=ledger)
    gpkg = as_file(lambda _path: None, next(p.name for p in paths if p.suffix == ".gpkg"), folder)
    return gpkg + "\n".join(sentence(finding) for finding in found)


PLACES: dict[str, Callable[[Audience, Path], str]] = {
    "object": lambda audience, _: " ".join(everything(table) for table in tables_of(audience)),
    "pickled object": lambda audience, _: everything(pickle.loads(pickle.dumps(desk(audience).shown["sozialraum"]))),
    "rows": lambda audience, _: "\n".join(";".join(printed(row)) for row in rows_of(tables_of(audience))),
    "csv": lambda audience, _: indicator_csv(tables_of(audience)).decode("utf-8-sig"),
    "workbook": lambda audience, _: unzipped(indicator_workbook(tables_of(audience))),
    "geopackage": _release_files,
    "map": _map,
    "profile": lambda a, _: profile_html(profile_of(desk(a), "1", date=DATE, outlines=outlines())),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("audience", "found"), AUDIENCES)
def test_no_place_holds_a_secret_value_and_with_the_protection_off_it_does(
    place: str, audience: Audience, found: bool, tmp_path: Path
) -> None:
    said = PLACES[place](audience, tmp_path)
    hits = writings().findall(said)
    shares = [words for words in ("0,1", "0,09") if re.search(rf"(?<![\d,]){words}(?![\d])", said)]
    if found:
        assert hits or shares, f"{place}: the search cannot find what stands there"
    else:
        assert not hits, f"{place}: {hits}"


@pytest.mark.parametrize(("audience", "found"), AUDIENCES)
def test_statements_of_the_pages_hold_no_secret_difference(audience: Audience, found: bool, tmp_path: Path) -> None:
    said = _statements(audience, tmp_path)
    assert bool(writings().search(said)) is found


def test_the_ledger_holds_no_value_at_all_not_even_of_what_was_shown() -> None:
    _, ledger, _ = release(desk("intern").figures, Occasion("intern", "Kern", DATE), ledger=Ledger())
    shown = {f"{x:.4f}" for t in tables_of("intern") for x in t.value[np.isfinite(t.value)].ravel() if x % 1}
    said = json.dumps(ledger_records(ledger))
    assert len(shown) > 5 and not any(value in said for value in shown) and not writings().search(said)


@pytest.mark.parametrize(("audience", "found"), AUDIENCES)
def test_the_effect_of_a_draft_tells_no_small_number_in_its_table_map_or_tooltips(
    audience: Audience, found: bool
) -> None:
    """Block 63 has 2 poor children among 61: region 4 with and without it differs by just them."""
    table = figure_counts()
    values = table.values.copy()
    values[63, 0, table.indicators.index("EIN02")] = (2, 61)
    changed = CountTable(table.ids, table.indicators, table.dates, values, table.states)
    start = starting_point(figure_county(), changed, START, date=DATE, seen=(audience, Ledger()))
    after = moved(["63"], 3)
    result = effect_of_redrawing(start, after)
    plans = (START, after)
    apart = np.abs(result.before.denominator[:, 0] - result.after.denominator[:, 0])
    column = result.catalogue.ids.index("EIN02")
    assert (61.0 in apart[:, column].tolist()) is found
    rows = [effect_row(result, (region, "EIN02"), plans) for region in result.regions]
    tips = [effect_tooltip(result, region, "EIN02", plans) for region in result.regions]
    labels = [difference_text(result, region, "EIN02") for region in result.regions]
    assert all("geheim" in row[-1] for row in rows) is not found
    assert all("→ ." in tip for tip in tips) is not found and all(label == "" for label in labels) is not found


def test_no_figure_is_written_to_the_log(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    with caplog.at_level(logging.DEBUG):
        for audience, _ in AUDIENCES:
            for number, place in enumerate(PLACES.values()):
                folder = tmp_path / f"{audience}{number}"
                folder.mkdir()
                place(audience, folder)
    ours = [r for r in caplog.records if not r.name.startswith(("matplotlib", "fontTools", "PIL"))]
    assert not any(writings().search(record.getMessage()) for record in ours)


def test_a_secret_block_is_hidden_in_an_error_too() -> None:
    """A released table that still holds a secret number cannot be made, and the refusal does not name the number."""
    table = desk("intern").shown["sozialraum"]
    states = table.state.copy()
    states[0] = 4
    with pytest.raises(ValueError, match="disclosure") as refused:
        replace(table, state=states)
    assert not writings().search(str(refused.value)) and IDS


def test_the_map_for_the_browser_names_residents_of_regions_and_of_no_block() -> None:
    county = figure_county()
    people = np.full(len(IDS), 1000)
    people[:3] = (1013, 1, 2017)
    blocks = replace(county.blocks, population=people)
    workspace = Workspace(replace(county, blocks=blocks), plan=START)
    page = plan_download("html", workspace).decode()
    totals = [f"{int(people[r == QUARTERS].sum()):,}".replace(",", ".") for r in (1, 2, 3, 4)]
    assert all(total in page for total in totals)
    assert not re.search(r"(?<![\d.#])(1013|1\.013|2017|2\.017)(?![\d])", page)
