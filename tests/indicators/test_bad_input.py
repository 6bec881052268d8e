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
from indicators.count_checks import counts_from_frame
from indicators.counts import CellState, CountTable, count_table
from indicators.hotspots import local_moran
from indicators.segregation_indices import segregation
from indicators.smoothing import smoothed_share
from indicators.typology import typology
from spatial.contiguity import contiguity_from_edges
from spatial.errors import Finding, InputError
from workspace.indicator_actions import IndicatorOptions, compute_indicators
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
