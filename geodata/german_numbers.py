"""Numbers as German offices write them: 1.234,5 and – for nothing (Zahlen aus Text)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from spatial.arrays import BoolArray, FloatArray

Decimal = Literal[",", "."]
_SPACES = " \u00a0\u202f'’"
_MISSING = (
    "",
    "-",
    "–",
    "—",
    ".",
    "x",
    "X",
    "/",
    "…",
    "...",
    "NA",
    "N/A",
    "NaN",
    "nan",
    "null",
    "NULL",
    "None",
    "k.A.",
)
_GERMAN = r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?"
_ENGLISH = r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?"


@dataclass(frozen=True, eq=False)
class ReadNumbers:
    """A text column read as numbers.

    Attributes
    ----------
    values : (n,) float64, NaN where nothing stands or the text is no number
    readable : (n,) bool, False where there is text that is no number
    missing : (n,) bool, True where nothing stands, or one of the signs for „nothing“ and „secret“
    decimal : the decimal sign that was found
    """

    values: FloatArray
    readable: BoolArray
    missing: BoolArray
    decimal: Decimal


def numbers_from_text(column: Any, *, decimal: Decimal | None = None) -> ReadNumbers:
    """Read a column of text as numbers; the writing that explains more of it wins, German on a tie.

    Parameters
    ----------
    column : (n,) texts or numbers
    decimal : decimal sign; None = detect

    >>> numbers_from_text(["1.234", "12,5", "–", "viele"]).values.tolist()
    [1234.0, 12.5, nan, nan]
    """
    texts = pd.Series(column).astype("string").fillna("").str.strip()
    texts = texts.str.replace(f"[{_SPACES}]", "", regex=True).str.replace("\u2212", "-")
    missing = texts.isin(_MISSING)
    german, english = texts.str.fullmatch(_GERMAN), texts.str.fullmatch(_ENGLISH)
    sign: Decimal = decimal or ("," if german.sum() >= english.sum() else ".")
    fits = german if sign == "," else english
    plain = texts.where(fits, "")
    plain = plain.str.replace("." if sign == "," else ",", "", regex=False).str.replace(",", ".", regex=False)
    values: FloatArray = np.asarray(pd.to_numeric(plain, errors="coerce").astype("float64"), dtype=np.float64)
    readable = (fits | missing).to_numpy(dtype=bool)
    return ReadNumbers(values, readable, missing.to_numpy(dtype=bool), sign)
