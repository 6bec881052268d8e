"""Reports of the Sozialmonitoring from files: age-standardised rates, earlier boundaries, Quartiere, robustness."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.age_counts import AgeCounts
from indicators.catalogue import standard_catalogue
from indicators.counts import CellState, count_table
from spatial.errors import InputError
from spatial.plan import Plan
from workspace.age_figures import Blocks, standardized_rates, write_standardized
from workspace.earlier_counts import both_or_none, earlier_counts, lengthened, with_earlier
from workspace.index_robustness import robustness_of
from workspace.indicator_actions import IndicatorOptions, compute_indicators
from workspace.quartier_file import quartiere_of_file
from workspace.release import Occasion
from workspace.store import CountSource, StoredCounts

IDS = ("a", "b", "c", "d")
PLAN = Plan(np.array([1, 1, 2, 3]))
AGES = ("0-64", "65+")


def ages(cases: list[list[int]]) -> AgeCounts:
    persons = [[400, 100], [400, 100], [200, 800], [900, 100]]
    return AgeCounts(IDS, AGES, np.array(cases), np.array(persons))


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_old_region_has_many_cases_and_no_more_than_its_ages_let_expect() -> None:
    """Everywhere 1 of 100 young and 10 of 100 old: region 2 has a crude rate of 82, region 1 of 28 per 1,000."""
    rates, _ = standardized_rates(ages([[4, 10], [4, 10], [2, 80], [9, 10]]), PLAN, Blocks(IDS), audience="intern")
    assert rates.loc["2", "crude"] == 82.0 and rates.loc["1", "crude"] == 28.0
    assert rates["ratio"].round(9).tolist() == [1.0, 1.0, 1.0, 1.0]
    assert np.ptp(rates.loc[["1", "2", "3"], "direct"]) == pytest.approx(0.0, abs=1e-9)


def test_below_ten_cases_no_direct_rate_is_given_and_the_refusal_is_said() -> None:
    rates, found = standardized_rates(ages([[2, 3], [2, 2], [20, 40], [30, 20]]), PLAN, Blocks(IDS), audience="intern")
    assert np.isnan(rates.loc["1", "direct"]) and np.isfinite(rates.loc["1", "ratio"])
    assert found[-1].code == "standard.cases.few" and found[-1].where == ("1",)


def test_two_cases_are_secret_with_a_second_region_for_their_protection(tmp_path: Path) -> None:
    table = ages([[1, 1], [0, 0], [20, 40], [30, 20]])
    rates, _ = standardized_rates(table, PLAN, Blocks(IDS), audience="public")
    hidden = rates["state"] == int(CellState.SUPPRESSED)
    assert hidden["1"] and hidden.sum() == 2 and rates.loc[hidden, "ratio"].isna().all()
    assert not standardized_rates(table, PLAN, Blocks(IDS), audience="intern")[0]["cases"].isna().any()


def test_a_table_of_ages_becomes_a_csv_in_german_writing(tmp_path: Path) -> None:
    rows = [
        f"{i};{a};{n};{p}"
        for i, n in zip(IDS, (12, 14, 60, 50), strict=True)
        for a, p in zip(AGES, (400, 200), strict=True)
    ]
    table = written(tmp_path, "alter.csv", "block_id;altersgruppe;faelle;personen", *rows)
    plan = written(tmp_path, "plan.csv", "block_id,region", "a,1", "b,1", "c,2", "d,3")
    write_standardized(table, plan, tmp_path / "raten.csv", occasion=Occasion("public", "", ""))
    with (tmp_path / "raten.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert [line["Raum"] for line in lines] == ["1", "2", "3", "kreis"]
    assert lines[0]["Fälle"] == "52" and lines[1]["Rate je 1.000"] == "200,000"


def test_every_mistake_in_a_table_of_ages_is_said_at_once(tmp_path: Path) -> None:
    table = written(
        tmp_path, "alter.csv", "block_id;altersgruppe;faelle;personen",
        "a;0-64;3;400", "a;0-64;3;400", "zz;65+;1;10", "b;65+;-2;10", "c;65+;viel;10", "d;65+;4;0",
    )  # fmt: skip
    plan = written(tmp_path, "plan.csv", "block_id,region", *(f"{i},1" for i in IDS))
    with pytest.raises(InputError) as refused:
        write_standardized(table, plan, tmp_path / "raten.csv", occasion=Occasion("intern", "", ""))
    assert {f.code for f in refused.value.findings} == {
        "age.row.duplicate", "age.area.unknown", "counts.negative", "counts.number.unreadable", "age.persons.none",
    }  # fmt: skip


def test_earlier_dates_come_over_boundaries_that_changed_and_nobody_is_lost(tmp_path: Path) -> None:
    old = written(
        tmp_path, "alt.csv", "block_id;stichtag;EIN02_num;EIN02_den", "x;31.12.2018;30;200", "y;31.12.2018;7;90"
    )
    walk = written(tmp_path, "um.csv", "alt;neu;anteil", "x;a;0,25", "x;b;0,75", "y;c;1")
    moved, found = earlier_counts(old, walk, ids=IDS, catalogue=standard_catalogue())
    assert moved.totals("EIN02") == (37.0, 290.0) and moved.values[0, 0, 0].tolist() == [7.5, 50.0]
    note = next(f for f in found if f.code == "crosswalk.moved")
    assert note.values["areas"] == 2 and note.values["divided"] == 1
    today = count_table(IDS, {"EIN02": ([9, 28, 8, 5], [60, 160, 95, 100])}, date="2022-12-31")
    both = with_earlier(today, moved)
    assert both.dates == ("2018-12-31", "2022-12-31") and both.totals("EIN02", "2022-12-31") == (50.0, 415.0)
    longer = lengthened(StoredCounts(today, CountSource("heute")), moved, taken_at="2026-01-01")
    assert longer.modelled == {("EIN02", "2018-12-31")} and longer.table.fingerprint == longer.source.fingerprint
    with pytest.raises(InputError):
        with_earlier(both, moved)
    with pytest.raises(InputError):
        both_or_none(old, None)


def test_a_crosswalk_to_blocks_that_do_not_exist_is_refused(tmp_path: Path) -> None:
    old = written(tmp_path, "alt.csv", "block_id;stichtag;EIN02_num;EIN02_den", "x;31.12.2018;30;200")
    walk = written(tmp_path, "um.csv", "alt;neu", "x;nirgends")
    with pytest.raises(InputError) as refused:
        earlier_counts(old, walk, ids=IDS, catalogue=standard_catalogue())
    assert refused.value.findings[0].code == "crosswalk.area.unknown"


def test_a_plan_with_quartiere_adds_their_level_and_keeps_the_sums(tmp_path: Path) -> None:
    counts = written(
        tmp_path, "zahlen.csv", "block_id;stichtag;EIN02_num;EIN02_den",
        *(f"{i};2022-12-31;{n};{d}" for i, n, d in (("a", 20, 150), ("b", 30, 150), ("c", 40, 300), ("d", 25, 200))),
    )  # fmt: skip
    plan = written(tmp_path, "plan_quartiere.csv", "block_id,region,quartier", "a,1,1", "b,1,2", "c,2,3", "d,2,3")
    tables, _ = compute_indicators(counts, plan, out=None, options=IndicatorOptions(Occasion("public", "", "")))
    assert [table.level for table in tables] == ["kreis", "sozialraum", "quartier"]
    assert tables[2].ids == ("1.1", "1.2", "2.1") and tables[2].numerator.ravel().tolist() == [20.0, 30.0, 65.0]
    assert quartiere_of_file(written(tmp_path, "plan.csv", "block_id,region", "a,1"), IDS, regions=PLAN) is None
    foreign = written(tmp_path, "fremd.csv", "block_id,quartier", "x,1", "y,2")
    assert quartiere_of_file(foreign, IDS, regions=PLAN) is None


def test_a_quartier_in_two_regions_is_refused(tmp_path: Path) -> None:
    plan = written(tmp_path, "p.csv", "block_id,region,quartier", "a,1,7", "b,1,7", "c,2,7", "d,3,8")
    with pytest.raises(InputError) as refused:
        quartiere_of_file(plan, IDS, regions=PLAN)
    assert refused.value.findings[0].code == "plan.quartier.across" and refused.value.findings[0].where == ("7",)


def test_robustness_does_not_hang_on_the_scale_of_the_columns() -> None:
    rng = np.random.default_rng(4)
    raw = pd.DataFrame(rng.gamma(3.0, size=(12, 3)), columns=["S1", "S2", "S3"])
    scaled = raw * np.array([100.0, 0.01, 7.0]) + 5
    one, two = robustness_of(raw), robustness_of(scaled)
    assert one.round(9).equals(two.round(9)) and {"rank_pca", "rank_without_S2"} <= set(one.columns)
    assert ((one["rank_low"] <= one["rank"]) & (one["rank"] <= one["rank_high"])).all()
