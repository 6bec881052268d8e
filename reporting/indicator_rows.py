"""The rows of a table of indicators as they are printed, the same for CSV, workbook and screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.catalogue import Indicator
from indicators.disclosure import ReleasedTable
from reporting.text_de import indicators as text


@dataclass(frozen=True)
class Row:
    """One cell of the table with everything that is printed beside it."""

    level: str
    key: str
    name: str
    date: str
    indicator: Indicator
    numbers: tuple[float, float, float, float, float]
    state: int


def rows_of(tables: Sequence[ReleasedTable]) -> Iterator[Row]:
    """One row per area, date and indicator, from the coarsest level down."""
    for table in tables:
        for i, key in enumerate(table.ids):
            name = text.level_name(table.level, key, name=table.names[i])
            for d, date in enumerate(table.dates):
                for k, indicator in enumerate(table.catalogue):
                    cell = (i, d, k)
                    numbers = tuple(
                        float(array[cell])
                        for array in (table.value, table.low, table.high, table.numerator, table.denominator)
                    )
                    yield Row(table.level, key, name, date, indicator, numbers, int(table.state[cell]))  # type: ignore[arg-type]


def printed(row: Row) -> list[str]:
    """A row in German writing; where there is no number stands the sign that says why."""
    value, low, high, num, den = row.numbers
    signed = row.state != text.KNOWN
    bounds = [text.value_text(x, state=row.state, digits=2) if x == x or signed else "" for x in (low, high)]
    counts = [text.count_text(x, state=row.state) if x == x or signed else "" for x in (num, den)]
    start = [
        text.LEVELS.get(row.level, row.level),
        row.key,
        row.name,
        row.date,
        row.indicator.id,
        row.indicator.name_de,
    ]
    is_count = row.indicator.kind == "count"
    shown = text.count_text(value, state=row.state) if is_count else text.value_text(value, state=row.state, digits=2)
    return [*start, shown, *bounds, *counts, row.indicator.unit, row.indicator.source.name]


def indicator_csv(tables: Sequence[ReleasedTable]) -> bytes:
    """The table as CSV for German spreadsheets: semicolons, decimal comma, UTF-8 with mark.

    The first line says for whom the figures are; a secret cell holds a point and nothing else.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"# {text.AUDIENCES[tables[0].audience]}"] if tables else [])
    writer.writerow(text.TABLE_HEADER)
    writer.writerows(printed(row) for row in rows_of(tables))
    return buffer.getvalue().encode("utf-8-sig")
