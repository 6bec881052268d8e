"""Counts taken into a project: doubts are said, nothing is replaced unseen, and older project files are upgraded."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indicators.counts import CellState, CountTable, count_table
from spatial.errors import InputError
from tests.workspace.small_county import IDS, START, small_county
from workspace.county_counts import count_change, counts_from_file, counts_of_example, keep_counts
from workspace.geopackage_file import backup_path, project_engine
from workspace.migrations import version_of
from workspace.project import add_plan, create_project, open_project
from workspace.schema import SCHEMA_VERSION, VERSION_3
from workspace.store import CountSource

NOW = "2026-03-02T08:00:00Z"
SOURCE = CountSource("zahlen.csv", taken_at=NOW, taken_by="Kern")


def counts_file(folder: Path, rows: list[str]) -> Path:
    path = folder / "zahlen.csv"
    path.write_text("\n".join(["block_id;stichtag;EIN02_num;EIN02_den;BEV01_num", *rows]), encoding="utf-8")
    return path


def test_a_file_of_counts_is_kept_in_the_project_and_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    path = counts_file(tmp_path, [f"{i};31.12.2022;{n};100;–" for n, i in enumerate(IDS)])
    stored, found = counts_from_file(path, IDS, source=SOURCE)
    assert found == () and len(stored.source.sha256) == 64
    project = create_project(tmp_path / "kreis.gpkg", small_county())
    keep_counts(project.store, stored, instead_of=None)
    project.close()
    again = open_project(tmp_path / "kreis.gpkg")
    kept = again.store.counts()
    again.close()
    assert kept is not None and kept.table.totals("EIN02") == (66.0, 1200.0)
    assert kept.table.fingerprint == kept.source.fingerprint == stored.table.fingerprint
    assert kept.table.totals("BEV01")[0] == 0.0 and kept.source.taken_by == "Kern"
    column = kept.table.indicators.index("BEV01")
    assert (kept.table.states[:, 0, column, 0] == CellState.KNOWN).all()
    assert (kept.table.states[:, 0, column, 1] == CellState.NOT_APPLICABLE).all()


def test_blocks_that_only_one_side_knows_are_named_and_never_guessed(tmp_path: Path) -> None:
    path = counts_file(tmp_path, [f"{i};31.12.2022;3;100;." for i in (*IDS[1:], "99")])
    stored, found = counts_from_file(path, IDS, source=SOURCE)
    assert {f.code: f.where for f in found} == {"counts.block.unknown": ("99",), "counts.block.without": ("00",)}
    assert stored.table.ids == IDS and stored.table.states[0, 0, 0, 0] == CellState.MISSING
    assert stored.source.findings == ("counts.block.unknown", "counts.block.without")


def test_counts_of_another_county_are_refused(tmp_path: Path) -> None:
    path = counts_file(tmp_path, [f"X{i};31.12.2022;3;100;5" for i in IDS])
    with pytest.raises(InputError) as refused:
        counts_from_file(path, IDS, source=SOURCE)
    assert {f.code for f in refused.value.findings} == {"counts.block.unknown", "counts.block.without"}


def test_estimates_are_marked_by_the_catalogue_or_by_the_person(tmp_path: Path) -> None:
    path = counts_file(tmp_path, [f"{i};31.12.2022;3;100;5" for i in IDS])
    counted, _ = counts_from_file(path, IDS, source=SOURCE)
    estimated, _ = counts_from_file(path, IDS, source=replace(SOURCE, modelled=True))
    assert counted.modelled == frozenset()
    assert estimated.modelled == {("EIN02", "2022-12-31"), ("BEV01", "2022-12-31")}


def two_dates(first: list[float], second: list[float]) -> CountTable:
    values = np.array([first, second]).T.reshape(len(first), 2, 1, 1) * np.array([1.0, 10.0])
    ids = [f"b{i}" for i in range(len(first))]
    states = np.full(values.shape, CellState.KNOWN)
    return CountTable(tuple(ids), ("EIN02",), ("2020-12-31", "2022-12-31"), values, states)


def test_what_new_counts_change_is_said_cell_by_cell() -> None:
    before = two_dates([3, 4, 5], [6, 7, 8])
    change = count_change(before, two_dates([3, 4, 5], [6, 9, 8]))
    assert change.cells == 2 and change.blocks == ("b1",)
    assert [(t.indicator, t.date, t.before, t.after) for t in change.totals] == [("EIN02", "2022-12-31", 21.0, 23.0)]
    assert count_change(before, before).nothing
    later = count_table(["b0"], {"ARB01": ([1], [9])}, date="2023-12-31")
    gone = count_change(before, later)
    assert gone.new_dates == ("2023-12-31",) and gone.gone_dates == before.dates
    assert gone.new_indicators == ("ARB01",) and gone.gone_indicators == ("EIN02",)


def test_a_zero_that_becomes_secret_is_a_change() -> None:
    before = two_dates([0, 4], [6, 7])
    states, values = before.states.copy(), before.values.copy()
    states[0, 0, 0, 0], values[0, 0, 0, 0] = CellState.SUPPRESSED, np.nan
    assert count_change(before, CountTable(before.ids, before.indicators, before.dates, values, states)).cells == 1


def test_a_file_of_version_2_gets_its_tables_for_counts_and_releases_with_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "kreis.gpkg"
    project = create_project(path, small_county(), settings={"seed": 3})
    add_plan(project, START, name="Entwurf", author="Kern", now=lambda: NOW)
    project.close()
    with sqlite3.connect(path) as connection:
        for table in reversed(VERSION_3):
            connection.execute(f"DROP TABLE {table.name}")
        connection.execute("UPDATE rw_project SET value='2' WHERE key='schema_version'")
    connection.close()
    upgraded = open_project(path)
    assert upgraded.store.fact("schema_version") == str(SCHEMA_VERSION)
    assert upgraded.store.counts() is None and upgraded.store.ledger().releases == ()
    assert [p.name for p in upgraded.store.plans()] == ["Entwurf"]
    upgraded.close()
    old = project_engine(backup_path(path, suffix="version2"))
    assert version_of(old) == 2
    old.dispose()


def test_the_counts_of_the_example_are_marked_as_invented() -> None:
    stored = counts_of_example(["nirgends"], taken_at=NOW)
    assert stored is not None and stored.source.modelled
    assert len(stored.modelled) == len(stored.table.indicators) * len(stored.table.dates)
