"""Bad input, one test for each kind the Sozialmonitoring must expect: a finding or a flag, never a wrong number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.catalogue import standard_catalogue
from indicators.comparison import difference_from_rest
from indicators.composite import mss_index
from indicators.compute import compute
from indicators.count_checks import count_findings, counts_from_frame
from indicators.count_doubts import date_doubts
from indicators.counts import CellState, CountTable, count_table
from indicators.hotspots import local_moran
from indicators.segregation_indices import segregation
from indicators.smoothing import smoothed_share
from indicators.typology import typology
from reporting.text_de.findings import sentence
from spatial.contiguity import contiguity_from_edges
from spatial.errors import Finding, InputError
from workspace.indicator_actions import IndicatorOptions, compute_indicators, read_counts
from workspace.release import Occasion

CATALOGUE = standard_catalogue()
GOOD = {"block_id": ["a", "b", "c"], "stichtag": ["2022-12-31"] * 3, "EIN02_num": [10, 20, 30], "EIN02_den": [100] * 3}
GOOD["EIN02_den"] = [110, 120, 130]


def read(**changed: list[object]) -> tuple[CountTable | None, dict[str, Finding]]:
    table, found = counts_from_frame(
        pd.DataFrame({**GOOD, **changed}), CATALOGUE, id_column="block_id", date_column="stichtag"
    )
    return table, {finding.code: finding for finding in found}


@pytest.mark.parametrize(
    ("changed", "code", "refused"),
    [
        ({"EIN02_num": [10, 121, 30]}, "counts.numerator.above", True),
        ({"EIN02_num": [10, -2, 30]}, "counts.negative", True),
        ({"EIN02_num": ["9,1 %", "16,7 %", "23,1 %"], "EIN02_den": ["100", "100", "100"]}, "counts.percent", True),
        ({"EIN02_num": [9.1, 16.7, 23.1], "EIN02_den": [100, 100, 100]}, "counts.percent", True),
        ({"EIN02_num": [0.091, 0.167, 0.231], "EIN02_den": [1, 1, 1]}, "counts.percent", True),
        ({"stichtag": ["31.12.2022", "2022-12-31", "20221231"]}, "counts.date.forms", False),
        ({"stichtag": ["12/31/22", "2022-12-31", "2022-12-31"]}, "counts.date.unreadable", True),
        ({"block_id": ["a", "a", "c"]}, "counts.row.duplicate", True),
        ({"EIN02_num": [10, None, 30], "EIN02_den": [110, None, 130]}, "counts.area.empty", False),
        ({"EIN02_num": [10, "viele", 30]}, "counts.number.unreadable", True),
        ({"QQQ99_num": [1, 2, 3]}, "counts.indicator.unknown", False),
    ],
)
def test_a_mistake_in_a_table_of_counts_is_named(changed: dict[str, list[object]], code: str, refused: bool) -> None:
    table, found = read(**changed)
    assert code in found and (table is None) is refused
    assert (found[code].severity == "error") is refused


def test_dates_in_three_spellings_are_one_date_and_lose_no_person() -> None:
    table, _ = read(stichtag=["31.12.2022", "2022-12-31", "20221231"])
    assert table is not None and table.dates == ("2022-12-31",) and table.totals("EIN02") == (60.0, 360.0)


def test_blocks_unknown_to_the_plan_are_named_and_a_block_without_counts_leaves_its_region_without_value(
    tmp_path: Path,
) -> None:
    counts, plan = tmp_path / "zahlen.csv", tmp_path / "plan.csv"
    rows = [f"{key};2022-12-31;20;200" for key in ("a", "b", "fremd")]
    counts.write_text("\n".join(["block_id;stichtag;EIN02_num;EIN02_den", *rows, "c;2022-12-31;...;..."]) + "\n")
    plan.write_text("block_id,region\na,1\nb,1\nc,2\n")
    tables, found = compute_indicators(counts, plan, out=None, options=IndicatorOptions(Occasion("intern", "", "")))
    named = {finding.code: finding.where for finding in found}
    assert named["counts.plan.unknown"] == ("fremd",) and named["counts.area.empty"] == ("c",)
    regions = tables[-1]
    assert np.isnan(regions.value[regions.ids.index("2"), 0, 0])
    assert regions.state[regions.ids.index("2"), 0, 0] == CellState.MISSING
    assert np.isnan(tables[0].value[0, 0, 0])  # the county lacks a block, so it has no value either


def test_a_constant_indicator_gives_no_index_no_hot_spots_and_no_difference() -> None:
    areas = pd.DataFrame({"S1": [4.0] * 6, "S2": [1.0, 2, 3, 4, 5, 6]})
    with pytest.raises(InputError) as refused:
        mss_index(areas, status=["S1", "S2"], dynamic=[])
    assert refused.value.findings[0].code == "index.column.constant"
    n = 36
    ring = contiguity_from_edges(n, [(i, (i + 1) % n) for i in range(n)], np.ones(n))
    with pytest.raises(InputError) as flat:
        local_moran(np.full(n, 10.0), np.full(n, 100.0), ring, seed=1, permutations=99)
    assert flat.value.findings[0].code == "hotspots.constant"
    assert set(difference_from_rest(np.full(6, 10.0), np.full(6, 100.0))["verdict"]) == {"same"}
    assert smoothed_share(np.full(6, 10.0), np.full(6, 100.0)).tolist() == [0.1] * 6


def test_one_area_alone_has_a_value_and_nothing_to_compare_it_with() -> None:
    one = count_table(["a"], {"EIN02": ([12], [100])}, date="2022-12-31")
    table = compute(CATALOGUE, one, np.array([1]))
    assert table.value.ravel().tolist() == [12.0] and np.isfinite(table.low).all()
    assert difference_from_rest(np.array([12.0]), np.array([100.0]))["verdict"].tolist() == ["unknown"]
    for refuse in (
        lambda: mss_index(pd.DataFrame({"S1": [4.0]}), status=["S1"], dynamic=[]),
        lambda: typology(np.array([[1.0, 2.0]]), ["x", "y"], types=2, seed=1),
        lambda: segregation(np.array([12.0]), np.array([100.0])),
        lambda: local_moran(np.array([12.0]), np.array([100.0]), contiguity_from_edges(1, [], []), seed=1),
    ):
        with pytest.raises(InputError):
            refuse()


WIDE = {
    "block_id": [f"b{i:02d}" for i in range(24)],
    "stichtag": ["31.12.2022"] * 24,
    "EIN02_num": [str(10 + i % 5) for i in range(24)],
    "EIN02_den": [str(200 + i) for i in range(24)],
}


def read_wide(**cells: object) -> tuple[CountTable | None, dict[str, Finding]]:
    """The table of 24 blocks with the first cell of some columns changed, or a whole column."""
    columns = {**WIDE, **{k: v if isinstance(v, list) else [v, *WIDE[k][1:]] for k, v in cells.items()}}
    table, found = counts_from_frame(
        pd.DataFrame(columns), CATALOGUE, id_column="block_id", date_column="stichtag"
    )  # fmt: skip
    return table, {finding.code: finding for finding in found}


def test_a_table_without_a_doubt_has_no_findings() -> None:
    assert read_wide()[1] == {}


@pytest.mark.parametrize(
    ("cells", "code", "refused"),
    [
        ({"stichtag": "31.02.2022"}, "counts.date.unreadable", True),
        ({"EIN02_den": ["100"] * 24}, "counts.hundreds", False),
        ({"EIN02_num": "190"}, "counts.outlier", False),
        ({"EIN02_num": ""}, "counts.cell.half", False),
        ({"EIN02_num": "inf"}, "counts.number.unreadable", True),
        ({"EIN02_num": [np.inf] + [10.0] * 23}, "counts.number.unreadable", True),
        ({"EIN02_num": "(12)"}, "counts.number.marked", False),
        ({"EIN02_num": "12p"}, "counts.number.marked", False),
        ({"EIN02_num": "12 r"}, "counts.number.marked", False),
        ({"EIN02_num": "( )"}, "counts.number.unreadable", True),
        ({"EIN02_num.1": ["7"] * 24}, "counts.column.duplicate", True),
        ({"EIN02_num": str(sum(10 + i % 5 for i in range(1, 24))),
          "EIN02_den": str(sum(200 + i for i in range(1, 24)))}, "counts.row.total", True),
        ({key: [] for key in WIDE}, "counts.rows.none", True),
    ],
)  # fmt: skip
def test_what_can_hardly_be_right_is_said(cells: dict[str, object], code: str, refused: bool) -> None:
    table, found = read_wide(**cells)
    assert (table is None) is refused
    assert code in found and (found[code].severity == "error") is refused
    assert sentence(found[code])


@pytest.mark.parametrize(
    ("cell", "number", "state"),
    [
        (".", None, CellState.SUPPRESSED), ("–", 0.0, CellState.KNOWN), ("...", None, CellState.MISSING),
        ("x", None, CellState.NOT_APPLICABLE), ("/", None, CellState.MISSING), ("(12)", 12.0, CellState.KNOWN),
        ("1.234", 1234.0, CellState.KNOWN), ("12,5", 12.5, CellState.KNOWN), ("0", 0.0, CellState.KNOWN),
    ],
)  # fmt: skip
def test_each_sign_of_din_55301_is_read_as_what_it_says(cell: str, number: float | None, state: CellState) -> None:
    table, _ = read_wide(EIN02_num=cell, EIN02_den="2000")
    assert table is not None and table.states[0, 0, 0, 0] == state
    value = table.values[0, 0, 0, 0]
    assert np.isnan(value) if number is None else value == number


def test_dates_to_come_and_dates_before_any_register_are_said() -> None:
    found = date_doubts(["2022-12-31", "2099-12-31", "1822-12-31"], today="2026-03-02")
    assert [(f.code, f.where) for f in found] == [
        ("counts.date.future", ("2099-12-31",)), ("counts.date.old", ("1822-12-31",)),
    ]  # fmt: skip


def test_three_offices_in_a_county_are_all_found_and_poor_neighbourhoods_are_not() -> None:
    rng = np.random.default_rng(7)
    persons = rng.integers(150, 500, 400)
    cases = rng.binomial(persons, np.where(np.arange(400) < 60, 0.22, 0.06))
    offices = [100, 200, 300]
    cases[offices] = (0.9 * persons[offices]).astype(int)
    table = count_table([str(i) for i in range(400)], {"ARB01": (cases, persons)}, date="2022-12-31")
    named = {f.code: f.where for f in count_findings(table, CATALOGUE)}
    assert named == {"counts.outlier": tuple(f"{i} · 2022-12-31" for i in offices)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_same_table_in_another_encoding_is_the_same_table(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [separator.join(["block_id", "stichtag", "EIN02_num", "EIN02_den"])]
    lines += [separator.join([f"Süd{i}", "31.12.2022", "–" if i == 0 else str(10 + i), "1.200"]) for i in range(4)]
    path = tmp_path / "zahlen.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table, _ = read_counts(path, CATALOGUE)
    assert table.ids == ("Süd0", "Süd1", "Süd2", "Süd3") and table.totals("EIN02") == (36.0, 4800.0)


def test_a_row_with_more_cells_than_the_header_is_refused_and_empty_ones_at_the_end_are_not(tmp_path: Path) -> None:
    path = tmp_path / "zahlen.csv"
    head = "block_id;stichtag;EIN02_num;EIN02_den"
    path.write_text(f"{head}\na;31.12.2022;10;200;\nb;31.12.2022;11;210;\n", encoding="utf-8")
    assert read_counts(path, CATALOGUE)[0].totals("EIN02") == (21.0, 410.0)
    path.write_text(f"{head}\na;31.12.2022;1;234;12;300\nb;31.12.2022;11;210\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_counts(path, CATALOGUE)
    assert [(f.code, f.where) for f in refused.value.findings] == [("table.ragged", ("2",))]


def test_a_quotation_mark_that_is_never_closed_makes_a_long_table_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "zahlen.csv"
    rows = "".join(f"{i:05d};2022-12-31;20;300\n" for i in range(8_000))
    path.write_text(f'block_id;stichtag;EIN02_num;EIN02_den\n"a;2022-12-31;20;300\n{rows}', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_counts(path, CATALOGUE)
    assert [(f.code, f.where) for f in refused.value.findings] == [("table.broken", ("zahlen.csv",))]


def test_cases_where_nobody_lives_are_said() -> None:
    table = count_table(list("abcd"), {"KIJ03": ([4, 5, 6, 7], [0, 300, 310, 320])}, date="2022-12-31")
    assert [(f.code, f.where) for f in count_findings(table, CATALOGUE)] == [("counts.nobody", ("a · 2022-12-31",))]


def test_a_region_with_a_block_that_has_no_row_of_counts_has_no_value(tmp_path: Path) -> None:
    """One of two blocks of region 1 is in the file: ten of two hundred children must not stand for the region."""
    counts, plan = tmp_path / "zahlen.csv", tmp_path / "plan.csv"
    counts.write_text("block_id;stichtag;EIN02_num;EIN02_den\na;31.12.2022;10;200\nc;31.12.2022;30;300\n")
    plan.write_text("block_id,region\na,1\nb,1\nc,2\n")
    tables, found = compute_indicators(
        counts, plan, out=tmp_path / "aus", options=IndicatorOptions(Occasion("intern", "", ""))
    )
    assert {f.code: f.where for f in found}["counts.plan.missing"] == ("b",)
    assert tables[-1].state[:, 0, 0].tolist() == [CellState.MISSING, CellState.KNOWN]
    assert tables[0].state[0, 0, 0] == CellState.MISSING and np.isnan(tables[-1].value[0, 0, 0])
