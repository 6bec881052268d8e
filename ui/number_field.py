"""Whole numbers in German writing: „1.000“ in, „1.000“ out; nothing typed means nothing demanded."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from reporting.numbers_de import whole
from reporting.text_de import data_rooms as words
from ui import session

_WRITTEN = re.compile(r"\d{1,3}([. \u00a0\u202f]\d{3})+|\d+")


def whole_number(label: str, value: int, *, key: str, minimum: int = 0, place: Any = None) -> int:
    """A field for a whole number with points between thousands.

    Parameters
    ----------
    value : shown at first and whenever it was changed elsewhere, and returned while the field holds no number
    key : the same as long as it is the same field, so that nothing typed is lost
    place : column or container, None = the page
    """
    where = place or st
    if not session.knows(key) or value not in session.recall(f"number_{key}", ()):
        session.preset(key, whole(value))
    number = _number(where.text_input(label, key=key), where, otherwise=value, minimum=minimum)
    session.remember(f"number_{key}", (value, number))
    return number


def _number(typed: str, where: Any, *, otherwise: int, minimum: int) -> int:
    if not _WRITTEN.fullmatch(typed.strip()):
        where.error(words.NO_NUMBER)
        return otherwise
    number = int(re.sub(r"\D", "", typed))
    if number < minimum:
        where.error(words.too_small(minimum))
        return otherwise
    return number
