"""Everything that is made of a table with small cells is searched for them: objects, files, tooltips, effects, log.

With the protection off the same search finds them everywhere it should, so that it can fail.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import pickle
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pypdf import PdfReader

from geodata.provenance import Provenance
from indicators.catalogue import standard_catalogue
from indicators.counts import CountTable
from indicators.disclosure import ReleasedTable
from indicators.smoothing import smoothed_share
from reporting.choropleth import choropleth
from reporting.indicator_rows import indicator_csv, printed, rows_of
from reporting.profile_pdf import profile_pdf
from reporting.region_profile import profile_html
from reporting.text_de.app import DOWNLOADS
from reporting.text_de.findings import sentence
from reporting.workbook import indicator_workbook
from spatial.outlines import Outlines
from spatial.plan import Plan
from tests.workspace.figure_county import DATE, IDS, QUARTERS, START, figure_counts, figure_county, moved
from ui import indicator_charts as charts
from ui.indicator_frames import shown_frame
from workspace.age_figures import write_standardized
from workspace.county_counts import keep_counts, stored_counts
from workspace.effect_rows import difference_text, effect_row, effect_tooltip
from workspace.fine_figures import fine_figures, leaving_below_the_regions
from workspace.geopackage_file import back_up
from workspace.indicator_actions import write_tables
from workspace.indicator_desk import IndicatorDesk, burden_of, desk_of, series, verdicts
from workspace.ledger import ledger_records
from workspace.outputs import plan_download
from workspace.project import create_project
from workspace.redrawing_effect import Onlooker, effect_of_redrawing, starting_point
from workspace.region_profiles import profile_of
from workspace.release import Ledger, Occasion, release, release_into
from workspace.release_request import Audience
from workspace.store import CountSource
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


def tables_in(path: Path, *names: str) -> str:
    """Every row of every table of a file, also of those no map program shows; packed cells are unpacked."""
    with sqlite3.connect(path) as base:
        base.text_factory = bytes
        known = [n.decode() for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        chosen = [n for n in known if n in names or not names]
        rows = [base.execute(f'SELECT * FROM "{name}"').fetchall() for name in chosen if not name.startswith("rtree")]
    base.close()
    return "\n".join(plainly(cell) for table in rows for row in table for cell in row)


def plainly(cell: object) -> str:
    """A cell as text: bytes as they stand, unpacked where they are packed, and as numbers."""
    if not isinstance(cell, bytes):
        return repr(cell)
    with contextlib.suppress(zlib.error):
        cell = zlib.decompress(cell)
    numbers = np.frombuffer(cell[: len(cell) // 8 * 8], dtype="<f8")
    return cell.decode("utf-8", "replace") + " ".join(repr(float(x)) for x in numbers if np.isfinite(x))


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
    """Everything ``raumwerk indicators`` writes, and what it says."""
    tables, ledger, found = release(desk(audience).figures, Occasion(audience, "Kern", DATE), ledger=Ledger())
    paths = write_tables(tables, folder, ledger=ledger, origin=Provenance("zahlen.csv", "", "0" * 64))
    said = [sentence(finding) for finding in found]
    for path in paths:
        read = {".gpkg": tables_in, ".xlsx": lambda p: unzipped(p.read_bytes())}.get(path.suffix)
        said.append(read(path) if read else path.read_text(encoding="utf-8-sig"))
    assert {path.suffix for path in paths} == {".csv", ".xlsx", ".gpkg", ".json", ".txt"}
    return "\n".join(said)


def _pdf(audience: Audience, _folder: Path) -> str:
    """The words of the PDF and everything packed in it."""
    content = profile_pdf(profile_of(desk(audience), "1", date=DATE, outlines=outlines()))
    reader = PdfReader(io.BytesIO(content))
    drawn = [page.get_contents() for page in reader.pages]
    packed = [part.get_data().decode("latin-1") for part in drawn if part is not None]
    return "\n".join([*(page.extract_text() for page in reader.pages), *packed, str(reader.metadata)])


def _quartiere_and_blocks(audience: Audience, _folder: Path) -> str:
    """The levels below the regions: what the secret region is made of must not add up to it, nor stand above them."""
    quartiere = Plan((2 * QUARTERS + np.arange(len(QUARTERS)) % 2).astype(np.int32), level="quartier")
    fine = fine_figures(desk(audience), quartiere)
    candidate, audit = leaving_below_the_regions(fine, "block", "EIN02")
    tables, _, _ = release(candidate, Occasion(audience, "", ""), ledger=Ledger(), audits=(audit,))
    return indicator_csv([*tables, fine.shown]).decode("utf-8-sig")


def _ages(audience: Audience, folder: Path) -> str:
    """Age-standardised rates of the same cases, as ``raumwerk standardize`` writes them."""
    counted, k = counts(), counts().indicators.index("EIN02")
    rows = [f"{i};{n:.0f};{d:.0f}" for i, (n, d) in zip(IDS, counted.values[:, 0, k], strict=True)]
    lines = ["block_id;altersgruppe;faelle;personen", *(r.replace(";", ";0-14;", 1) for r in rows)]
    (folder / "alter.csv").write_text("\n".join(lines), encoding="utf-8")
    plan = ["block_id,region", *(f"{i},{r}" for i, r in zip(IDS, START.labels, strict=True))]
    (folder / "plan.csv").write_text("\n".join(plan), encoding="utf-8")
    out = folder / "raten.csv"
    found = write_standardized(folder / "alter.csv", folder / "plan.csv", out, occasion=Occasion(audience, "", ""))
    return out.read_text(encoding="utf-8-sig") + "\n".join(sentence(finding) for finding in found)


def _table_on_screen(audience: Audience, _folder: Path) -> str:
    """The frame from which tables, rankings, funnels and time lines of the pages are drawn, with smoothed values."""
    table = desk(audience).shown["sozialraum"]
    frame = shown_frame(table, "EIN02", DATE)
    smoothed = smoothed_share(frame["numerator"].to_numpy(), frame["denominator"].to_numpy())
    spots = [charts.ranking(frame.dropna(subset=["value"]), unit="%", county=1.0).to_json()]
    return frame.to_csv() + repr(smoothed.tolist()) + "".join(spots)


def _index(audience: Audience, _folder: Path) -> str:
    """Inputs, z values, ranks and the leave-one-out of the index."""
    seen = desk(audience)
    columns = {key: burden_of(seen.shown["sozialraum"], key, DATE) for key in ("EIN02", "ARB01", "KIJ03")}
    return repr({key: value.tolist() for key, value in columns.items()})


PLACES: dict[str, Callable[[Audience, Path], str]] = {
    "object": lambda audience, _: " ".join(everything(table) for table in tables_of(audience)),
    "pickled object": lambda audience, _: everything(pickle.loads(pickle.dumps(desk(audience).shown["sozialraum"]))),
    "rows": lambda audience, _: "\n".join(";".join(printed(row)) for row in rows_of(tables_of(audience))),
    "csv": lambda audience, _: indicator_csv(tables_of(audience)).decode("utf-8-sig"),
    "workbook": lambda audience, _: unzipped(indicator_workbook(tables_of(audience))),
    "files of the command line": _release_files,
    "map": _map,
    "profile": lambda a, _: profile_html(profile_of(desk(a), "1", date=DATE, outlines=outlines())),
    "profile as pdf": _pdf,
    "quartiere and blocks": _quartiere_and_blocks,
    "age-standardised": _ages,
    "table on screen": _table_on_screen,
    "index": _index,
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
    start = starting_point(
        figure_county(), changed, START, date=DATE, seen=Onlooker(audience, Ledger(), standard_catalogue())
    )
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


def test_the_list_in_the_project_file_and_in_its_backup_holds_no_value_and_the_counts_beside_it_do(
    tmp_path: Path,
) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    stored = stored_counts(counts(), CountSource("zahlen.csv"), standard_catalogue())
    keep_counts(project.store, stored, instead_of=None)
    for audience, _ in AUDIENCES:
        release_into(project.store, desk(audience).figures, Occasion(audience, "Kern", DATE, "Bericht"))
    project.close()
    copies = (project.path, back_up(project.path))
    for path in copies:
        kept = tables_in(path, "rw_release")
        assert "EIN02" in kept and not writings().search(kept)
        group = SECRET_GROUP - 133 * (int((QUARTERS == 1).sum()) - 1)
        assert re.search(rf"(?<!\d){group}\.0", tables_in(path, "rw_count"))
        assert not re.search(rf"(?<!\d){group}\.0", kept)


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_no_export_of_a_plan_holds_a_count(kind: str, tmp_path: Path) -> None:
    """The county brings the poor children of each block as a feature; the files of its plan must leave them out."""
    table = counts()
    poor = table.values[:, 0, table.indicators.index("EIN02"), 1].copy()
    poor[0] = 98_761.0
    county = replace(figure_county(), features={"arme_kinder": poor})
    content = plan_download(kind, Workspace(county, plan=START))
    path = tmp_path / "plan.gpkg"
    path.write_bytes(content)
    said = tables_in(path) if kind == "gpkg" else unzipped(content) if kind == "shapefile" else content.decode()
    assert said and not re.search(r"98[.,]?761|arme_kinder", said)


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
