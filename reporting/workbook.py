"""The workbook of indicators (XLSX): numbers as numbers, secret cells as signs, sources and notes beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from indicators.disclosure import ReleasedTable
from reporting.indicator_rows import Row, rows_of
from reporting.text_de import indicators as text
from reporting.text_de import provenance

_FIXED_DATE = datetime(2000, 1, 1)  # the same figures must give the same bytes
_WIDTHS = (12, 12, 22, 12, 10, 38, 10, 11, 11, 10, 10, 12, 48)


def indicator_workbook(tables: Sequence[ReleasedTable], *, origin: Sequence[Sequence[str]] = ()) -> bytes:
    """Released figures as a workbook with the sheets Werte, Indikatoren, Hinweise and, where it is known, Herkunft.

    Parameters
    ----------
    tables : released tables, coarsest level first; a cell that is not known is written as its sign (DIN 55301),
        never as a number, a blank or a comment
    origin : one row per source of blocks and counts, cells as in ``text_de.provenance.HEADER``
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _FIXED_DATE})
        formats = _formats(book)
        _values_sheet(book.add_worksheet(text.SHEET_VALUES), tables, formats)
        _sources_sheet(book.add_worksheet(text.SHEET_SOURCES), tables, formats)
        _notes_sheet(book.add_worksheet(text.SHEET_NOTES), tables, formats)
        if origin:
            _origin_sheet(book.add_worksheet(provenance.SHEET), origin, formats)
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 12}),
        "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "value": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "#,##0"}),
        "sign": book.add_format({"align": "right"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _values_sheet(sheet: Any, tables: Sequence[ReleasedTable], formats: dict[str, Any]) -> None:
    audience = text.AUDIENCES[tables[0].audience] if tables else ""
    sheet.write_string(0, 0, audience, formats["title"])
    for column, (name, width) in enumerate(zip(text.TABLE_HEADER, _WIDTHS, strict=True)):
        sheet.write_string(1, column, name, formats["header"])
        sheet.set_column(column, column, width)
    line = 1
    for line, row in enumerate(rows_of(tables), start=2):
        _write_row(sheet, line, row, formats)
    sheet.freeze_panes(2, 3)
    sheet.autofilter(1, 0, max(line, 2), len(text.TABLE_HEADER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _write_row(sheet: Any, line: int, row: Row, formats: dict[str, Any]) -> None:
    start = (
        text.LEVELS.get(row.level, row.level),
        row.key,
        row.name,
        row.date,
        row.indicator.id,
        row.indicator.name_de,
    )
    for column, cell in enumerate(start):
        sheet.write_string(line, column, cell)
    kinds = ("value", "value", "value", "count", "count")
    for column, (number, kind) in enumerate(zip(row.numbers, kinds, strict=True), start=len(start)):
        if row.state != text.KNOWN:
            sheet.write_string(line, column, text.SIGNS.get(row.state, text.SIGNS[text.MISSING]), formats["sign"])
        elif number == 0:
            sheet.write_string(line, column, text.ZERO, formats["sign"])
        elif number == number:
            sheet.write_number(line, column, number, formats[kind])
    sheet.write_string(line, 11, row.indicator.unit)
    sheet.write_string(line, 12, row.indicator.source.name)


def _sources_sheet(sheet: Any, tables: Sequence[ReleasedTable], formats: dict[str, Any]) -> None:
    for column, name in enumerate(text.SOURCES_HEADER):
        sheet.write_string(0, column, name, formats["header"])
        sheet.set_column(column, column, 14 if column in (0, 4, 10) else 34)
    for line, indicator in enumerate(tables[0].catalogue if tables else (), start=1):
        source = indicator.source
        cells = (
            indicator.id, indicator.name_de, indicator.numerator, indicator.denominator, indicator.unit, source.name,
            source.legal_basis, source.period, indicator.interpretation, indicator.limits, indicator.version,
        )  # fmt: skip
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, formats["wrap"])
    sheet.freeze_panes(1, 2)


def _origin_sheet(sheet: Any, origin: Sequence[Sequence[str]], formats: dict[str, Any]) -> None:
    for column, name in enumerate(provenance.HEADER):
        sheet.write_string(0, column, name, formats["header"])
        sheet.set_column(column, column, 38)
    for line, cells in enumerate(origin, start=1):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, formats["wrap"])
    sheet.freeze_panes(1, 0)


def _notes_sheet(sheet: Any, tables: Sequence[ReleasedTable], formats: dict[str, Any]) -> None:
    audience = text.AUDIENCES[tables[0].audience] if tables else ""
    signs = [f"{sign} = {meaning}" for sign, meaning in text.SIGN_MEANING.items()]
    sheet.set_column(0, 0, 110)
    for line, sentence in enumerate((audience, *signs, *text.NOTES)):
        sheet.write_string(line, 0, sentence, formats["wrap"])
