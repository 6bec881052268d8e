"""Cases and persons by age group, the raw material of age standardisation (Fälle nach Altersgruppen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.count_checks import cell_numbers
from spatial.arrays import FloatArray, LabelArray, frozen
from spatial.errors import Finding, InputError

AGE, CASES, PERSONS = "altersgruppe", "faelle", "personen"


@dataclass(frozen=True, eq=False)
class AgeCounts:
    """Cases and persons of n areas in a age groups.

    Attributes
    ----------
    ids : n areas
    ages : a names of age groups in the order of the file
    cases, persons : (n, a) float64 ≥ 0; an area and age group that the file leaves out holds nobody

    >>> AgeCounts(("a",), ("0-17", "18+"), np.array([[1, 2]]), np.array([[10, 20]])).persons.sum()
    np.float64(30.0)
    """

    ids: tuple[str, ...]
    ages: tuple[str, ...]
    cases: FloatArray
    persons: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "cases", frozen(self.cases, np.float64))
        object.__setattr__(self, "persons", frozen(self.persons, np.float64))

    def pooled(self, ids: Sequence[str], labels: LabelArray, regions: Sequence[int]) -> AgeCounts:
        """The counts of regions: sums over the areas of each.

        Parameters
        ----------
        ids : the blocks of the plan
        labels : (len(ids),) region of each
        regions : numbers to report
        """
        region_of = dict(zip(ids, np.asarray(labels).tolist(), strict=True))
        where = np.array([region_of.get(key, -1) for key in self.ids])
        sums = [
            np.array([part[where == region].sum(axis=0) for region in regions]).reshape(len(regions), len(self.ages))
            for part in (self.cases, self.persons)
        ]
        return AgeCounts(tuple(str(region) for region in regions), self.ages, *sums)


def age_counts_from_frame(
    frame: pd.DataFrame, *, id_column: str, ids: Sequence[str]
) -> tuple[AgeCounts, tuple[Finding, ...]]:
    """Cases and persons from a long table: one row per area and age group.

    Parameters
    ----------
    frame : with ``id_column`` and the columns altersgruppe, faelle, personen
    ids : the areas that exist

    Returns
    -------
    The counts, and findings that only warn: areas without rows

    Errors
    ------
    InputError : with every finding: missing columns, unreadable or negative numbers, unknown areas, doubled rows
    """
    absent = tuple(name for name in (id_column, AGE, CASES, PERSONS) if name not in frame.columns)
    if absent:
        raise InputError(Finding("counts.column.missing", where=absent))
    areas, ages = (frame[name].astype(str).str.strip() for name in (id_column, AGE))
    numbers = {name: cell_numbers(frame[name]) for name in (CASES, PERSONS)}
    found = [*_keys(areas, ages, set(ids)), *_numbers(areas, ages, frame, numbers)]
    if found:
        raise InputError(*found)
    groups = tuple(dict.fromkeys(ages))
    tables = [_wide(areas, ages, numbers[name], (tuple(ids), groups)) for name in (CASES, PERSONS)]
    named = set(areas)
    silent = tuple(key for key in ids if key not in named)
    notes = (Finding("age.area.absent", "warning", where=silent, values={"count": len(silent)}),) if silent else ()
    return AgeCounts(tuple(ids), groups, *tables), notes


def _keys(areas: pd.Series, ages: pd.Series, known: set[str]) -> list[Finding]:  # type: ignore[type-arg]
    unknown = tuple(sorted(set(areas) - known))
    found = [Finding("age.area.unknown", where=unknown, values={"count": len(unknown)})] if unknown else []
    pairs = areas + " · " + ages
    twice = tuple(pairs[pairs.duplicated()].unique())
    return found + ([Finding("age.row.duplicate", where=twice, values={"count": len(twice)})] if twice else [])


def _numbers(
    areas: pd.Series,
    ages: pd.Series,
    frame: pd.DataFrame,
    numbers: dict[str, FloatArray],  # type: ignore[type-arg]
) -> list[Finding]:
    place, found = (areas + " · " + ages).to_numpy(), []
    for name, values in numbers.items():
        broken = np.isnan(values)
        if broken.any():
            texts = tuple(str(text) for text in frame[name][broken])
            found.append(
                Finding("counts.number.unreadable", where=(name,), values={"texts": texts[:5], "count": len(texts)})
            )
        negative = tuple(place[np.nan_to_num(values) < 0])
        if negative:
            found.append(Finding("counts.negative", where=negative, values={"indicator": name, "count": len(negative)}))
    empty = (np.nan_to_num(numbers[CASES]) > 0) & (np.nan_to_num(numbers[PERSONS]) <= 0)
    if empty.any():
        where = tuple(place[empty])
        found.append(Finding("age.persons.none", where=where, values={"count": len(where)}))
    return found


def _wide(
    areas: pd.Series,
    ages: pd.Series,
    values: FloatArray,
    axes: tuple[tuple[str, ...], tuple[str, ...]],  # type: ignore[type-arg]
) -> FloatArray:
    table = np.zeros((len(axes[0]), len(axes[1])))
    rows, columns = pd.Index(axes[0]).get_indexer(pd.Index(areas)), pd.Index(axes[1]).get_indexer(pd.Index(ages))
    table[rows, columns] = values
    return table
