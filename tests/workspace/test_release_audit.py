"""The door remembers: two drawings that are safe one by one must not tell a small number together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from typer.testing import CliRunner

from cli import app
from indicators.catalogue import standard_catalogue
from indicators.counts import CellState, CountTable, count_table
from indicators.disclosure import ReleasedTable
from reporting.text_de.findings import sentence
from spatial.errors import Finding
from tests.workspace.small_county import IDS, START, small_county
from workspace.figures import figures_of_plan
from workspace.ledger import SECRET, SHOWN, ledger_from_records, ledger_records
from workspace.migrations import create_version
from workspace.project import create_project, open_project
from workspace.release import Ledger, Occasion, release, release_into
from workspace.sql_store import SqlStore
from workspace.store import StoreError

CATALOGUE = standard_catalogue()
PUBLIC = Occasion("public", "Kern", "2026-03-02T08:00:00Z", "Sozialbericht")
#   blocks a b c | d e f; b has two poor children
COUNTS = count_table(
    list("abcdef"), {"EIN02": ([40, 2, 50, 60, 55, 45], [300, 310, 320, 330, 340, 350])}, date="2022-12-31"
)
FIRST, SECOND = np.array([1, 1, 1, 2, 2, 2]), np.array([1, 2, 1, 2, 2, 2])


def passed(
    labels: np.ndarray, ledger: Ledger, occasion: Occasion = PUBLIC, counts: CountTable = COUNTS
) -> tuple[ReleasedTable, Ledger, tuple[Finding, ...]]:
    tables, grown, found = release(figures_of_plan(CATALOGUE, counts, labels), occasion, ledger=ledger)
    return tables[-1], grown, found


def states(table: ReleasedTable) -> list[int]:
    return [int(s) for s in table.state[:, 0, 0]]


def test_each_drawing_alone_may_be_shown() -> None:
    for labels in (FIRST, SECOND):
        assert states(passed(labels, Ledger())[0]) == [CellState.KNOWN] * 2


def test_the_second_drawing_is_hidden_where_it_differs_by_two_children_from_the_first() -> None:
    _, ledger, _ = passed(FIRST, Ledger())
    table, grown, found = passed(SECOND, ledger)
    assert states(table) == [CellState.SUPPRESSED] * 2 and np.isnan(table.numerator).all()
    assert found[0].code == "release.overlap" and "frühere" in sentence(found[0])
    assert [entry.count(SHOWN) for entry in grown.releases] == [3, 1]
    assert grown.releases[1].count(SECRET) == 2


def test_a_difference_of_many_children_is_no_secret() -> None:
    _, ledger, _ = passed(FIRST, Ledger())
    table, _, found = passed(np.array([1, 1, 2, 2, 2, 2]), ledger)
    assert states(table) == [CellState.KNOWN] * 2 and found == ()


def test_what_stayed_in_the_house_counts_for_nothing() -> None:
    _, ledger, _ = passed(FIRST, Ledger(), Occasion("intern", "Kern", "2026-03-02T08:00:00Z"))
    assert states(passed(SECOND, ledger)[0]) == [CellState.KNOWN] * 2


def test_a_region_that_was_secret_once_stays_secret() -> None:
    """In the first drawing region 2 protects region 1; later region 2 alone would give region 1 away."""
    counts = count_table(list("abc"), {"EIN02": ([2, 30, 40], [300, 310, 320])}, date="2022-12-31")
    _, ledger, _ = passed(np.array([1, 2, 3]), Ledger(), counts=counts)
    assert ledger.releases[0].levels[-1].cells == (SECRET, SECRET, SHOWN)
    table, _, _ = passed(np.array([3, 2, 3]), ledger, counts=counts)
    assert states(table) == [CellState.SUPPRESSED] * 2


def test_the_same_drawing_may_be_taken_out_again_as_it_was() -> None:
    first, ledger, _ = passed(FIRST, Ledger())
    again, grown, found = passed(FIRST, ledger)
    assert states(first) == states(again) and found == ()
    assert ledger.fingerprint == grown.fingerprint != Ledger().fingerprint


def test_the_ledger_survives_as_text() -> None:
    _, ledger, _ = passed(FIRST, Ledger())
    assert ledger_from_records(json.loads(json.dumps(ledger_records(ledger)))) == ledger


def store() -> SqlStore:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    create_version(engine, {})
    return SqlStore(engine, COUNTS.ids)


def test_a_release_from_a_project_is_written_down_before_anything_is_handed_out() -> None:
    kept = store()
    release_into(kept, figures_of_plan(CATALOGUE, COUNTS, FIRST), PUBLIC)
    tables, entry, _ = release_into(kept, figures_of_plan(CATALOGUE, COUNTS, SECOND), PUBLIC)
    assert entry.number == 2 and kept.ledger().releases[1] == entry
    assert states(tables[-1]) == [CellState.SUPPRESSED] * 2
    kept.close()


def test_where_the_ledger_cannot_be_written_nothing_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store()

    def full(_entry: object) -> None:
        raise StoreError("store.full")

    monkeypatch.setattr(kept, "append_release", full)
    with pytest.raises(StoreError, match=r"store\.full"):
        release_into(kept, figures_of_plan(CATALOGUE, COUNTS, FIRST), PUBLIC)
    kept.close()


def test_one_region_of_a_profile_is_all_that_stands_in_the_ledger() -> None:
    figures = figures_of_plan(CATALOGUE, COUNTS, FIRST)
    one = replace(figures, withheld=figures.withheld | {"2"})
    tables, ledger, _ = release(one, PUBLIC, ledger=Ledger())
    assert tables[-1].ids == ("1",) and ledger.releases[0].levels[-1].areas == ("1",)


def test_the_command_line_consults_and_continues_the_ledger_of_a_project(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", small_county())
    project.close()
    counts = tmp_path / "zahlen.csv"
    rows = [f"{i};31.12.2022;{2 if i == '00' else 40};300" for i in IDS]
    counts.write_text("\n".join(["block_id;stichtag;EIN02_num;EIN02_den", *rows]), encoding="utf-8")
    other = START.labels.copy()
    other[IDS.index("00")] = 2
    said = []
    for number, labels in enumerate((START.labels, other)):
        plan = tmp_path / f"plan{number}.csv"
        plan.write_text("\n".join(["block_id,region", *(f"{i},{r}" for i, r in zip(IDS, labels, strict=True))]))
        command = ["indicators", str(counts), "--plan", str(plan), "--release", "--project", str(project.path)]
        result = CliRunner().invoke(app, [*command, "--out", str(tmp_path / f"out{number}")])
        assert result.exit_code == 0, result.output
        said.append((tmp_path / f"out{number}" / "indicators.csv").read_text(encoding="utf-8-sig"))
    assert ";.;.;.;.;.;%" not in said[0] and ";.;.;.;.;.;%" in said[1]
    again = open_project(project.path)
    assert [entry.occasion.audience for entry in again.store.ledger().releases] == ["public", "public"]
    again.close()
    missing = CliRunner().invoke(
        app,
        [
            "indicators",
            str(counts),
            "--plan",
            str(tmp_path / "plan0.csv"),
            "--release",
            "--project",
            str(tmp_path / "nirgends.gpkg"),
            "--out",
            str(tmp_path / "x"),
        ],
    )
    assert missing.exit_code == 2 and "Die Projektdatei gibt es nicht" in missing.output
    assert not (tmp_path / "x").exists()


def test_a_table_with_a_balance_near_zero_is_the_same_when_it_is_taken_out_again() -> None:
    """County and region 1 differ by a net migration of 1: small, but it tells nothing that was not shown before."""
    counts = count_table(list("abc"), {"BEV11": ([40, 10, -9], [900, 800, 700])}, date="2022-12-31")
    first, ledger, _ = passed(np.array([1, 2, 3]), Ledger(), counts=counts)
    again, _, found = passed(np.array([1, 2, 3]), ledger, counts=counts)
    assert states(first) == states(again) == [CellState.KNOWN] * 3 and found == ()
