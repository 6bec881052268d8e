"""Counts are stored, never rates; missing, zero, suppressed and not applicable are four different things."""

import numpy as np
import pandas as pd
import pytest

from indicators.catalogue import standard_catalogue
from indicators.count_checks import counts_from_frame
from indicators.counts import CellState, CountTable, count_table, joined_dates, long_frame
from spatial.errors import InputError


def read(**columns: list[object]) -> tuple[CountTable | None, dict[str, object]]:
    frame = pd.DataFrame({"block": ["001", "002", "003"], "stichtag": ["2022-12-31"] * 3} | columns)
    table, found = counts_from_frame(frame, standard_catalogue(), id_column="block", date_column="stichtag")
    return table, {f.code: f for f in found}


def test_missing_zero_suppressed_and_not_applicable_are_read_as_four_different_things() -> None:
    table, found = read(EIN02_num=["–", ".", "x"], EIN02_den=["1.250", "300", "..."])
    assert table is not None and set(found) == {"counts.area.empty"}
    assert table.ids == ("001", "002", "003")
    assert table.states[:, 0, 0, 0].tolist() == [CellState.KNOWN, CellState.SUPPRESSED, CellState.NOT_APPLICABLE]
    assert table.states[:, 0, 0, 1].tolist() == [CellState.KNOWN, CellState.KNOWN, CellState.MISSING]
    assert table.values[0, 0, 0].tolist() == [0.0, 1250.0]
    assert np.isnan(table.values[1:, 0, 0, 0]).all()


def test_a_numerator_above_its_denominator_is_refused_with_the_area() -> None:
    table, found = read(EIN02_num=[5, 130, 3], EIN02_den=[100, 120, 90])
    assert table is None
    assert found["counts.numerator.above"].where == ("002 · 2022-12-31",)


def test_more_cases_than_persons_are_possible_for_a_rate() -> None:
    table, found = read(KIJ03_num=[5, 130, 3], KIJ03_den=[100, 120, 90])
    assert table is not None and not found


def test_negative_counts_are_refused_but_a_negative_balance_is_not() -> None:
    refused, found = read(EIN02_num=[-5, 10, 3], EIN02_den=[100, 120, 90])
    assert refused is None and "counts.negative" in found
    accepted, found = read(BEV11_num=[-5, 10, 3], BEV11_den=[100, 120, 90])
    assert accepted is not None and not found


def test_all_mistakes_of_a_table_are_told_together() -> None:
    frame = pd.DataFrame(
        {
            "block": ["1", "1", ""],
            "stichtag": ["31.12.2022", "2022-12-31", "31.02.2022"],
            "EIN02_num": [1, 2, 3],
            "EIN99_num": [1, 2, 3],
        }
    )
    table, found = counts_from_frame(frame, standard_catalogue(), id_column="block", date_column="stichtag")
    assert table is None
    assert {f.code for f in found} == {
        "counts.indicator.unknown", "counts.column.half", "counts.date.unreadable", "counts.date.forms",
        "counts.id.missing", "counts.row.duplicate",
    }  # fmt: skip


def test_dates_in_several_spellings_are_one_date_and_are_reported() -> None:
    frame = pd.DataFrame(
        {
            "block": ["1", "2", "3"],
            "stichtag": ["31.12.2022", "2022-12-31", "20221231"],
            "EIN02_num": [1, 2, 3],
            "EIN02_den": [100, 100, 110],
        }
    )
    table, found = counts_from_frame(frame, standard_catalogue(), id_column="block", date_column="stichtag")
    assert table is not None and table.dates == ("2022-12-31",)
    assert [f.code for f in found] == ["counts.date.forms"]


def test_percentages_given_as_counts_are_refused() -> None:
    by_denominator, found = read(EIN02_num=[12.4, 8.1, 9.0], EIN02_den=[100, 100, 100])
    assert "counts.percent" in found and by_denominator is None
    by_sign, found = read(EIN02_num=["12,4 %", "8,1 %", "9 %"], EIN02_den=[100, 120, 130])
    assert "counts.percent" in found and by_sign is None


def test_persons_in_halves_are_suspicious() -> None:
    table, found = read(EIN02_num=[12.5, 8, 9], EIN02_den=[110, 120, 130])
    assert table is not None and found["counts.not_whole"].severity == "warning"


def test_an_area_without_any_count_is_named() -> None:
    _, found = read(EIN02_num=[12, None, 9], EIN02_den=[110, None, 130])
    assert found["counts.area.empty"].where == ("002",)


def test_areas_absent_from_the_counts_become_missing_and_never_zero() -> None:
    table = count_table(["b"], {"EIN02": ([5], [100])}, date="2022-12-31").ordered(["a", "b"])
    assert table.states[0, 0, 0].tolist() == [CellState.MISSING, CellState.MISSING]
    assert np.isnan(table.values[0]).all() and table.values[1, 0, 0, 0] == 5


def test_two_dates_join_and_what_was_not_counted_then_is_missing() -> None:
    first = count_table(["a"], {"EIN02": ([5], [100])}, date="2020-12-31")
    second = count_table(["a", "b"], {"EIN02": ([6, 7], [100, 110])}, date="2022-12-31")
    both = joined_dates([second, first])
    assert both.dates == ("2020-12-31", "2022-12-31")
    assert both.values[0, :, 0, 0].tolist() == [5.0, 6.0]
    assert both.states[1, 0, 0, 0] == CellState.MISSING


def test_a_suppressed_cell_cannot_carry_a_number() -> None:
    values = np.full((1, 1, 1, 2), 7.0)
    states = np.full((1, 1, 1, 2), CellState.SUPPRESSED)
    with pytest.raises(InputError):
        CountTable(("a",), ("EIN02",), ("2022-12-31",), values, states)


def test_the_fingerprint_of_counts_does_not_depend_on_the_order_of_rows() -> None:
    table = count_table(["a", "b"], {"EIN02": ([5, 6], [100, 110])}, date="2022-12-31")
    assert table.ordered(["b", "a"]).fingerprint == table.fingerprint
    assert len(long_frame(table)) == 2
