"""The table of the budgets is made from a tiny county; no timing is judged here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.budget_counties import MissingCountyError, counties
from benchmarks.budget_judge import judge_of
from benchmarks.budget_runs import Bench, Row, joined, timed
from benchmarks.budget_table import lines, write
from benchmarks.budgets import measured
from regionalization.proposal import Parameters
from regionalization.scores import plan_scores


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Made counties, our own judge, two seeds, no real data."""
    return Bench(counties(None, tmp_path), judge_of(None), (1, 2), None, tmp_path / "no-data", None, tmp_path)


def test_the_judge_of_the_budgets_counts_what_the_engine_counts(bench: Bench) -> None:
    county = bench.county("std_300")
    problem = county.problem()
    proposal, _ = timed(problem, 1, Parameters(cohesion=0.0, effort=0.1))
    score, scores = bench.judge(county, proposal.plan.labels), plan_scores(proposal.plan, problem)
    assert (score.out, score.broken) == (0, 0)
    assert score.ssd_ratio == pytest.approx(scores["ssd_ratio"])
    assert score.polsby_popper == pytest.approx(scores["polsby_popper"])


def test_the_judge_sees_a_region_in_two_pieces_and_one_out_of_band(bench: Bench) -> None:
    county = bench.county("std_300")
    labels = np.zeros(300, dtype=np.int64)
    labels[[int(np.argmin(county.table["pop"]))]] = 1
    assert bench.judge(county, labels).out == 2
    far = np.argsort(county.blocks.centroid_m[:, 0])[[0, -1]]
    labels = np.zeros(300, dtype=np.int64)
    labels[far] = 1
    assert bench.judge(county, labels).broken >= 1


def test_a_band_around_the_mean_region_holds_the_mean_region(bench: Bench) -> None:
    county = bench.county("tiny_40")
    assert county.target(0.05).holds(round(county.meta["total"] / county.meta["k"]))
    assert county.problem(within=0.05).constraints.region_count == county.count


def test_a_row_without_its_data_says_what_is_missing(bench: Bench) -> None:
    row = measured(bench, ["E11"])[0]
    assert row.met is None
    assert "RAUMWERK_DATA" in row.measured
    with pytest.raises(MissingCountyError, match="hard_2000"):
        bench.county("hard_2000")


def test_rows_measured_earlier_stay_in_the_page(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\n## Engine\n\nBefore.\n\n### After\n\nText.\n", encoding="utf-8")
    write(page, [Row("E4", "≤ 1", "0.9", True), Row("E10", "≤ 3", "2.5", True)], "--seeds 1")
    write(page, [Row("E4", "≤ 1", "1.1", False), Row("E2", "≤ 1", "0.8", None)], "--seeds 2")
    text = page.read_text("utf-8")
    assert [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| E")] == ["E2", "E4", "E10"]
    assert "| E4 | ≤ 1 | 1.1 | missed | `python -m benchmarks.budgets E4 --seeds 2` |" in text
    assert "| E10 | ≤ 3 | 2.5 | met | `python -m benchmarks.budgets E10 --seeds 1` |" in text
    assert text.startswith("# Benchmarks\n\n## Engine\n\nBefore.\n\n### After\n\nText.\n")


def test_a_miss_in_one_part_of_a_row_decides() -> None:
    assert joined([("a", True), ("b", None)]) == ("a; b", None)
    assert joined([("a", None), ("b", False)]) == ("a; b", False)
    assert "| 19 of 20 | missed |" in lines([Row("E1", "all", "19 of 20", False)])[-1]
