"""Whole numbers in German writing: „1.000“ in, „1.000“ out; nothing typed means nothing demanded."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from reporting.numbers_de import whole
from reporting.text_de import data_rooms as words

_WRITTEN = re.compile(r"\d{1,3}([. \u00a0\u202f]\d{3})+|\d+")


def whole_number(label: str, value: int, *, key: str, minimum: int = 0, place: Any = None) -> int:
    """A field for a whole number with points between thousands.

    Parameters
    ----------
    value : shown at first, and returned while what stands in the field is no number
    place : column or container, None = the page
    """
    where = place or st
    typed = where.text_input(label, value=whole(value), key=key).strip()
    if not _WRITTEN.fullmatch(typed):
        where.error(words.NO_NUMBER)
        return value
    number = int(re.sub(r"\D", "", typed))
    if number < minimum:
        where.error(words.too_small(minimum))
        return value
    return number
