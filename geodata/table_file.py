"""Tables as offices send them: CSV and XLSX, read as text first (Tabellen lesen)."""

from __future__ import annotations

import csv
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.german_numbers import Decimal, numbers_from_text
from geodata.table_text import table_text
from geodata.unpack import refuse_bombs
from spatial.errors import Finding, InputError

TEXT_SUFFIXES, SHEET_SUFFIXES = (".csv", ".txt", ".tsv"), (".xlsx",)
PREVIEW_ROWS = 20
_HEADER_SEARCH = 30  # a header stands in the first lines, below title and source line
_LONGEST_FIELD = 1 << 28
_KEY_NAME = re.compile(r"(^|_)(id|nr|nummer|ags|ars|rs|gkz|plz|key|schl\w*|code|kennung|gitter\w*|raumid)($|_)")
_BROKEN_SHEET = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, TypeError, AttributeError, IndexError,
    SyntaxError, RuntimeError, AssertionError, OverflowError, NotImplementedError, MemoryError, struct.error,
)  # fmt: skip


@dataclass(frozen=True)
class TableForm:
    """How a table is written; None means: find out.

    Attributes
    ----------
    encoding : ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``
    separator : ``;`` ``,`` tab or ``|``
    decimal : ``,`` or ``.``
    sheet : sheet of a workbook
    header_row : row of the column names, from 1
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: Decimal | None = None
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """A table as read.

    Attributes
    ----------
    frame : (n rows) data frame; numbers as float64, keys and everything else as text with leading zeros
    form : how it was read, nothing open
    findings : notes and warnings about the reading
    """

    frame: pd.DataFrame
    form: TableForm
    findings: tuple[Finding, ...] = ()


def read_table(path: Path, *, form: TableForm | None = None) -> Table:
    """A table with one header row; encoding, separator, decimal sign and header are found out or given.

    Errors
    ------
    InputError : no file, no table, several sheets and none chosen, rows of unequal width, columns named twice
    """
    rows, used = _rows(Path(path), form or TableForm())
    header, body, used, findings = _header_and_body(rows, used)
    frame = pd.DataFrame(body, columns=header, dtype=object)
    decimal = used.decimal or _decimal(frame, used.separator)
    used = replace(used, decimal=decimal)
    typed = pd.DataFrame({column: _typed(frame[column], decimal) for column in frame.columns})
    return Table(typed, used, findings)


def preview(path: Path, *, form: TableForm | None = None) -> tuple[pd.DataFrame, TableForm]:
    """The first rows of a table exactly as text, and how it would be read, for a look before using it."""
    rows, used = _rows(Path(path), form or TableForm())
    header, body, used, _ = _header_and_body(rows, used)
    frame = pd.DataFrame(body, columns=header, dtype=object)
    return frame.head(PREVIEW_ROWS), replace(used, decimal=used.decimal or _decimal(frame, used.separator))


def is_key_name(name: str) -> bool:
    """Does a column hold keys, whose leading zeros count, by its name?

    >>> is_key_name("AGS"), is_key_name("block_id"), is_key_name("einwohner")
    (True, True, False)
    """
    return bool(_KEY_NAME.search(name.lower()))


def _rows(path: Path, form: TableForm) -> tuple[list[list[str]], TableForm]:
    if path.suffix.lower() in SHEET_SUFFIXES:
        return _sheet_rows(path, form)
    read = table_text(path, encoding=form.encoding, separator=form.separator)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(read.text.splitlines(keepends=True), delimiter=read.separator, strict=True))
    except csv.Error as error:
        raise InputError(Finding("table.broken", where=(path.name,))) from error
    return rows, replace(form, encoding=read.encoding, separator=read.separator)


def _sheet_rows(path: Path, form: TableForm) -> tuple[list[list[str]], TableForm]:
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    if path.stat().st_size == 0:
        raise InputError(Finding("read.file.empty", where=(path.name,)))
    try:
        with zipfile.ZipFile(path) as packed:
            refuse_bombs(path, packed.infolist())
        import openpyxl

        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = _sheet(book, path, form.sheet)
            rows = [[_cell(value) for value in row] for row in book[sheet].iter_rows(values_only=True)]
        finally:
            book.close()
    except InputError:
        raise
    except _BROKEN_SHEET as error:
        raise InputError(Finding("table.broken", where=(path.name,))) from error
    return rows, replace(form, sheet=sheet)


def _sheet(book: Any, path: Path, wanted: str | None) -> str:
    names = [str(name) for name in book.sheetnames if book[name].sheet_state == "visible"] or list(book.sheetnames)
    if wanted is not None and wanted not in book.sheetnames:
        raise InputError(Finding("table.sheet.unknown", where=(wanted,), values={"sheets": ", ".join(names)}))
    filled = [name for name in names if any(row for row in book[name].iter_rows(max_row=3, values_only=True))]
    if wanted is None and len(filled) > 1:
        raise InputError(Finding("table.sheet.ambiguous", "question", tuple(filled), {"file": path.name}))
    return wanted or (filled or names)[0]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace(".", ",") if "e" not in repr(value) else f"{value:.12f}".replace(".", ",")
    return str(value)


def _header_and_body(
    rows: list[list[str]], form: TableForm
) -> tuple[list[str], list[list[str]], TableForm, tuple[Finding, ...]]:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise InputError(Finding("table.no_rows"))
    place = _header_place(filled, form.header_row)
    number, names = filled[place]
    header = [name.strip() for name in names]
    while header and not header[-1]:
        header.pop()
    _refuse_odd_names(header)
    body = filled[place + 1 :]
    odd = tuple(str(n) for n, row in body if len(row) < len(header) or any(c.strip() for c in row[len(header) :]))
    if odd:
        raise InputError(Finding("table.row.width", where=odd, values={"columns": len(header), "count": len(odd)}))
    note = Finding("table.header.below", "note", where=(str(number),), values={"row": number})
    used = replace(form, header_row=number)
    return header, [[c.strip() for c in row[: len(header)]] for _, row in body], used, (note,) if number > 1 else ()


def _header_place(filled: Sequence[tuple[int, list[str]]], wanted: int | None) -> int:
    if wanted is not None:
        places = [place for place, (number, _) in enumerate(filled) if number == wanted]
        if not places:
            raise InputError(Finding("table.header.unknown", where=(str(wanted),)))
        return places[0]
    widths = Counter(sum(bool(cell.strip()) for cell in row) for _, row in filled[: 10 * _HEADER_SEARCH])
    usual = max(widths, key=lambda width: (widths[width], width))
    wide = (p for p, (_, row) in enumerate(filled[:_HEADER_SEARCH]) if sum(bool(c.strip()) for c in row) >= usual)
    return next(wide, 0)


def _refuse_odd_names(header: Sequence[str]) -> None:
    findings = []
    twice = tuple(name for name, times in Counter(n.lower() for n in header if n).items() if times > 1)
    if twice:
        findings.append(Finding("table.column.twice", where=twice))
    empty = tuple(str(position) for position, name in enumerate(header, start=1) if not name)
    if empty:
        findings.append(Finding("table.column.unnamed", where=empty))
    if findings:
        raise InputError(*findings)


def _decimal(frame: pd.DataFrame, separator: str | None) -> Decimal:
    """The decimal sign that values leave no doubt about; otherwise the usual one beside the separator."""
    comma = point = 0
    for column in frame.columns:
        texts = frame[column].astype("string")
        comma += int(texts.str.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})|-?\d{1,3}(\.\d{3})+,\d+").sum())
        point += int(texts.str.fullmatch(r"-?\d+\.(\d{1,2}|\d{4,})|-?\d{1,3}(,\d{3})+\.\d+").sum())
    if comma != point:
        return "," if comma > point else "."
    return "." if separator == "," else ","


def _typed(column: Any, decimal: Decimal) -> Any:
    """Numbers where all values are numbers and none is a key; text otherwise."""
    if is_key_name(str(column.name)) or column.str.fullmatch(r"0\d+").any():
        return column
    read = numbers_from_text(column, decimal=decimal)
    return pd.Series(read.values) if read.readable.all() and not read.missing.all() else column
