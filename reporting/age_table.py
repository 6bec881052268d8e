"""Age-standardised rates as they are printed, on screen and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pandas as pd

from reporting.numbers_de import decimal
from reporting.text_de import indicator_age as text
from reporting.text_de import indicators as words


def age_rows(rates: pd.DataFrame, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """One printed row per area; a secret area shows the sign alone, a refused direct rate a stroke.

    Parameters
    ----------
    rates : as ``workspace.age_figures.standardized_rates`` gives them
    names : printed name by area
    """
    return [_row(key, row, names) for key, row in _records(rates)]


def _records(rates: pd.DataFrame) -> list[tuple[str, dict[str, float]]]:
    return [(str(key), {str(name): float(row[name]) for name in rates.columns}) for key, row in rates.iterrows()]


def _row(key: str, row: Mapping[str, float], names: Mapping[str, str]) -> tuple[str, ...]:
    state = int(row["state"])
    name = names.get(key, words.level_name("kreis" if key == "kreis" else "sozialraum", key))
    if state != words.KNOWN:
        return (name, *(words.SIGNS.get(state, words.SIGNS[words.MISSING]),) * 6)
    direct = decimal(row["direct"], 1) if row["direct"] == row["direct"] else "" if key == "kreis" else text.REFUSED
    return (
        name,
        words.count_text(row["cases"], state=state),
        words.value_text(row["crude"], state=state),
        direct,
        words.interval_text(row["direct_low"], row["direct_high"], state=state),
        words.value_text(row["ratio"], state=state, digits=2),
        words.interval_text(row["ratio_low"], row["ratio_high"], state=state, digits=2),
    )


def age_csv(rates: pd.DataFrame, names: Mapping[str, str]) -> bytes:
    """The rates as CSV for German spreadsheets; secret cells hold a point, a refused direct rate a stroke."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(text.CSV_HEADER)
    numbers = [name for name in rates.columns if name != "state"]
    for key, row in _records(rates):
        cells = [_cell(name, row, key) for name in numbers]
        writer.writerow([key, names.get(key, ""), *cells])
    return buffer.getvalue().encode("utf-8-sig")


def _cell(name: str, row: Mapping[str, float], key: str) -> str:
    state, value = int(row["state"]), row[name]
    if state != words.KNOWN:
        return words.SIGNS.get(state, words.SIGNS[words.MISSING])
    if value != value:
        return text.REFUSED if name.startswith("direct") and key != "kreis" else ""
    return words.count_text(value, state=state) if name in ("cases", "persons") else decimal(value, 3)
