"""Reading counts from a plain table: every doubt becomes a finding, nothing is repaired silently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from indicators.catalogue import PERSON_KINDS, Catalogue
from indicators.count_doubts import doubts, named
from indicators.counts import SUFFIXES, CellState, CountTable
from spatial.arrays import FloatArray
from spatial.errors import Finding

_COLUMN = re.compile(r"([A-Z]{2,4}[0-9]{2,3})_(num|den)")
_MISSING = frozenset({"", "...", "…", "/", "nan", "NaN", "None", "NA", "<NA>"})  # "/": not certain enough to be given
_MARKED = re.compile(r"\((.+)\)|(.+?) ?[pr]")  # limited, preliminary, revised: a number all the same
_SUPPRESSED = frozenset({".", "•", "*"})
_NOT_APPLICABLE = frozenset({"x", "X"})
_ZERO = frozenset({"-", "–", "—"})
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def counts_from_frame(
    frame: pd.DataFrame, catalogue: Catalogue, *, id_column: str, date_column: str, geography: str = ""
) -> tuple[CountTable | None, tuple[Finding, ...]]:
    """Counts from a wide table with the columns ``<id>_num`` and ``<id>_den`` (Fallzahlen einlesen).

    Parameters
    ----------
    frame : one row per area and date; numbers, or texts with the signs of DIN 55301 (``.`` secret, ``–`` zero,
        ``...`` missing, ``x`` not applicable)
    catalogue : names the indicators; other columns are reported, not used
    id_column, date_column : names of the key columns

    Returns
    -------
    The table, or None when a finding forbids to go on, and all findings
    """
    found = _column_findings(frame, catalogue, (id_column, date_column))
    absent = [name for name in (id_column, date_column) if name not in frame.columns]
    if absent:
        return None, (*found, Finding("counts.column.missing", where=tuple(absent)))
    if frame.empty:
        return None, (*found, Finding("counts.rows.none"))
    dates, date_findings = _dates(frame[date_column])
    ids = frame[id_column].astype(str).str.strip()
    found += [*date_findings, *_key_findings(ids, dates)]
    keys = [i.id for i in catalogue if any(f"{i.id}_{side}" in frame.columns for side in SUFFIXES)]
    found += [*_text_findings(frame, keys), *([] if keys else [Finding("counts.indicators.none")])]
    if any(f.severity == "error" for f in found):
        return None, tuple(found)
    table = _table(frame, (ids, dates), keys, geography=geography)
    found += count_findings(table, catalogue)
    return (None if any(f.severity == "error" for f in found) else table), tuple(found)


def count_findings(table: CountTable, catalogue: Catalogue) -> tuple[Finding, ...]:
    """What is wrong or suspicious in the numbers themselves (Plausibilität)."""
    found: list[Finding] = []
    for k, key in enumerate(table.indicators):
        indicator = catalogue[key]
        num, den = table.values[:, :, k, 0], table.values[:, :, k, 1]
        found += _negative(table, key, (num, den), allowed=indicator.kind == "balance")
        if indicator.kind == "proportion":
            above = num > den + 1e-9
            found += named(table, "counts.numerator.above", "error", key, above)
        if indicator.kind in PERSON_KINDS and not indicator.modelled:
            found += named(table, "counts.not_whole", "warning", key, (np.mod(num, 1) > 1e-9) | (np.mod(den, 1) > 1e-9))
        found += _percent(table, key, num, den)
    return tuple(found + doubts(table, catalogue) + _empty_areas(table))


def cell_numbers(column: pd.Series[Any]) -> FloatArray:
    """(n,) numbers of a column in German or plain writing; a dash is zero, anything else that is no number is NaN.

    >>> cell_numbers(pd.Series(["1.234", "–", "7,5", "?"])).tolist()
    [1234.0, 0.0, 7.5, nan]
    """
    return _cells_of(column, len(column))[0]


def _column_findings(frame: pd.DataFrame, catalogue: Catalogue, keys: Sequence[str]) -> list[Finding]:
    matches = {column: _COLUMN.fullmatch(str(column)) for column in frame.columns}
    unknown = tuple(sorted({m[1] for m in matches.values() if m and m[1] not in catalogue}))
    found = [Finding("counts.indicator.unknown", "warning", where=unknown)] if unknown else []
    sides_of: dict[str, set[str]] = {}
    for match in matches.values():
        if match and match[1] in catalogue:
            sides_of.setdefault(match[1], set()).add(match[2])
    twice = tuple(str(column) for column in frame.columns if _is_second(str(column), frame.columns))
    found += [Finding("counts.column.duplicate", where=twice)] if twice else []
    half = tuple(sorted(k for k, sides in sides_of.items() if len(sides) == 1 and catalogue[k].has_denominator))
    return found + ([Finding("counts.column.half", where=half)] if half else [])


def _is_second(column: str, columns: Any) -> bool:
    """Is this a column of counts whose name stood there before? Readers call it ``EIN02_num.1``."""
    first, dot, number = column.rpartition(".")
    return bool(dot and number.isdigit() and _COLUMN.fullmatch(first) and first in columns)


def _key_findings(ids: pd.Series[Any], dates: Sequence[str]) -> list[Finding]:
    found = []
    empty = tuple(str(i + 1) for i, key in enumerate(ids) if key in _MISSING)
    if empty:
        found.append(Finding("counts.id.missing", where=empty, values={"count": len(empty)}))
    pairs = pd.Series([f"{key} · {day}" for key, day in zip(ids, dates, strict=True)])
    twice = tuple(pairs[pairs.duplicated()].unique())
    if twice:
        found.append(Finding("counts.row.duplicate", where=twice, values={"count": len(twice)}))
    return found


def _dates(column: pd.Series[Any]) -> tuple[list[str], list[Finding]]:
    texts = [str(value).strip() for value in column]
    read = {text: _iso(text) for text in dict.fromkeys(texts)}
    wrong = tuple(text for text, (iso, _) in read.items() if iso is None)
    forms = sorted({form for _, form in read.values() if form})
    found = [Finding("counts.date.unreadable", where=wrong)] if wrong else []
    if len(forms) > 1:
        found.append(Finding("counts.date.forms", "warning", where=tuple(read), values={"forms": forms}))
    return [read[text][0] or "" for text in texts], found


def _iso(text: str) -> tuple[str | None, str]:
    """ISO date and the form it was written in; a month without a day is its last day only when asked, so unread.

    >>> _iso("31.12.2022"), _iso("20221231"), _iso("12/31/22")
    (('2022-12-31', 'TT.MM.JJJJ'), ('2022-12-31', 'JJJJMMTT'), (None, ''))
    """
    for pattern, form in ((_ISO, "JJJJ-MM-TT"), (_COMPACT, "JJJJMMTT"), (_GERMAN, "TT.MM.JJJJ")):
        match = pattern.fullmatch(text)
        if match:
            parts = [int(part) for part in match.groups()]
            year, month, day = parts if form != "TT.MM.JJJJ" else parts[::-1]
            try:
                return date(year, month, day).isoformat(), form
            except ValueError:
                return None, form
    return None, ""


def _table(
    frame: pd.DataFrame, key_columns: tuple[pd.Series[Any], list[str]], keys: list[str], *, geography: str
) -> CountTable:
    ids, dates = key_columns
    areas, days = tuple(dict.fromkeys(ids)), tuple(sorted(set(dates)))
    rows = pd.Index(areas).get_indexer(pd.Index(list(ids)))
    when = pd.Index(days).get_indexer(pd.Index(dates))
    values = np.full((len(areas), len(days), len(keys), 2), np.nan)
    states = np.full(values.shape, CellState.MISSING, dtype=np.uint8)
    for k, key in enumerate(keys):
        for side, suffix in enumerate(SUFFIXES):
            numbers, state = _cells_of(frame.get(f"{key}_{suffix}"), len(frame))
            values[rows, when, k, side], states[rows, when, k, side] = numbers, state
    return CountTable(areas, tuple(keys), days, values, states, geography)


def _cells_of(column: pd.Series[Any] | None, length: int) -> tuple[FloatArray, Any]:
    """Numbers and states of one column; a column that a count does not need is not applicable."""
    if column is None:
        return np.full(length, np.nan), np.full(length, CellState.NOT_APPLICABLE, dtype=np.uint8)
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return numbers, np.where(np.isnan(numbers), CellState.MISSING, CellState.KNOWN).astype(np.uint8)
    read = [_cell(value) for value in column]
    return np.array([number for number, _ in read]), np.array([state for _, state in read], dtype=np.uint8)


_SIGNS: Mapping[str, tuple[float, CellState]] = {
    **dict.fromkeys(_MISSING, (np.nan, CellState.MISSING)),
    **dict.fromkeys(_SUPPRESSED, (np.nan, CellState.SUPPRESSED)),
    **dict.fromkeys(_NOT_APPLICABLE, (np.nan, CellState.NOT_APPLICABLE)),
    **dict.fromkeys(_ZERO, (0.0, CellState.KNOWN)),
}


def _cell(value: Any) -> tuple[float, CellState]:
    """One cell as number and state, with the signs of DIN 55301 and German numbers.

    >>> _cell("1.234,5"), _cell("."), _cell("–")
    ((1234.5, <CellState.KNOWN: 1>), (nan, <CellState.SUPPRESSED: 4>), (0.0, <CellState.KNOWN: 1>))
    """
    text = str(value).strip()
    if text in _SIGNS:
        return _SIGNS[text]
    number = _number(_unmarked(text))
    return number, CellState.MISSING if np.isnan(number) else CellState.KNOWN


def _unmarked(text: str) -> str:
    """The number without the sign that says how far it may be trusted.

    >>> _unmarked("(12)"), _unmarked("1.204 p"), _unmarked("7r"), _unmarked("8")
    ('12', '1.204', '7', '8')
    """
    match = _MARKED.fullmatch(text)
    return (match[1] or match[2]).strip() if match else text


def _number(text: str) -> float:
    german = re.fullmatch(r"[-−]?\d{1,3}(\.\d{3})+(,\d+)?|[-−]?\d+(,\d+)?", text)
    plain = text.replace(".", "").replace(",", ".") if german else text
    try:
        number = float(plain.replace("−", "-"))
    except ValueError:
        return float("nan")
    return number if np.isfinite(number) else float("nan")


def _text_findings(frame: pd.DataFrame, keys: Sequence[str]) -> list[Finding]:
    found = []
    for column in (f"{key}_{side}" for key in keys for side in SUFFIXES):
        if column not in frame.columns:
            continue
        texts = _texts_of(frame[column]) - _SIGNS.keys()
        wrong = tuple(sorted(text for text in texts if np.isnan(_number(_unmarked(text)))))
        marked = tuple(sorted(text for text in texts if _unmarked(text) != text and text not in wrong))
        if marked:
            values = {"texts": marked[:5], "count": len(marked)}
            found.append(Finding("counts.number.marked", "warning", where=(column,), values=values))
        if wrong:
            percent = any("%" in text for text in wrong)
            code = "counts.percent" if percent else "counts.number.unreadable"
            found.append(Finding(code, where=(column,), values={"texts": wrong[:5], "count": len(wrong)}))
    return found


def _texts_of(column: pd.Series[Any]) -> set[str]:
    """What stands in a column; of a column of numbers only what is no number that counts."""
    if pd.api.types.is_numeric_dtype(column):
        return {"inf"} if np.isinf(column.to_numpy(dtype=np.float64, na_value=np.nan)).any() else set()
    return {str(value).strip() for value in column}


def _negative(table: CountTable, key: str, sides: tuple[FloatArray, FloatArray], *, allowed: bool) -> list[Finding]:
    num, den = sides
    wrong = den < 0 if allowed else (num < 0) | (den < 0)
    return named(table, "counts.negative", "error", key, wrong)


def _percent(table: CountTable, key: str, num: FloatArray, den: FloatArray) -> list[Finding]:
    """Percentages given as counts: every denominator is 100 (or 1) and there are several areas."""
    known = den[~np.isnan(den)]
    if len(known) < 3 or not (np.all(known == 100) or np.all(known == 1)) or not np.mod(num[num > 0], 1).any():
        return []
    return [Finding("counts.percent", where=(key,), values={"denominator": float(known[0])})]


def _empty_areas(table: CountTable) -> list[Finding]:
    empty = ~(table.states == CellState.KNOWN).any(axis=(1, 2, 3))
    where = tuple(table.ids[i] for i in np.flatnonzero(empty))
    return [Finding("counts.area.empty", "warning", where=where, values={"count": len(where)})] if where else []
