"""Age-standardised rates of the regions of a plan, through the door of the release (Altersbereinigung)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.read_counts import key_columns, read_frame
from geodata.write_plan import read_plan_csv
from indicators.age_counts import AgeCounts, age_counts_from_frame
from indicators.catalogue import Catalogue, standard_catalogue
from indicators.counts import CellState, count_table
from indicators.disclosure import ReleasedTable
from indicators.standardization import SMALLEST_DIRECT, direct_rate, indirect_ratio
from reporting.age_table import age_csv
from spatial.arrays import FloatArray
from spatial.blocks import block_set
from spatial.errors import Finding, InputError, blocking
from spatial.plan import UNASSIGNED, Plan
from workspace.figures import COUNTY, figures_of_plan
from workspace.project import open_project
from workspace.release import Audience, Candidate, Ledger, Occasion, release
from workspace.release_from_files import release_from_files

PER = 1000
_NAME, _DATE = "ALTER", ""  # one indicator; such a table has no date


@dataclass(frozen=True)
class Blocks:
    """The blocks a table of ages is about: their keys and their municipalities (None = unknown)."""

    ids: Sequence[str]
    municipality: Sequence[str] | None = None


def read_age_counts(path: Path, ids: Sequence[str]) -> tuple[AgeCounts, tuple[Finding, ...]]:
    """Cases and persons by age group from CSV, XLSX or GeoPackage.

    Errors
    ------
    InputError : the table cannot be used; carries every finding
    """
    frame = read_frame(path)
    frame.columns = pd.Index([str(name).strip().lower() for name in frame.columns])
    return age_counts_from_frame(frame, id_column=key_columns(frame)[0], ids=ids)


def standardized_rates(
    ages: AgeCounts, plan: Plan, blocks: Blocks, *, audience: Audience, ledger: Ledger | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Crude, directly and indirectly standardised rates of every region; the standard is the county.

    Parameters
    ----------
    ledger : what was released before; nothing is written to it

    Returns
    -------
    Indexed by region as text, then ``"kreis"``: state, cases, persons, crude, direct, direct_low, direct_high (per
    1,000), ratio, ratio_low, ratio_high (1 = as many as the ages let expect). A secret row holds no number; the
    direct rate is empty below ten cases. And the findings.
    """
    candidate = _candidate(ages, plan, blocks)
    tables, _, found = release(candidate, Occasion(audience, "", ""), ledger=ledger or Ledger())
    frame, few = _rates_of(ages, plan, blocks, tables)
    return frame, (*found, *few)


def _rates_of(
    ages: AgeCounts, plan: Plan, blocks: Blocks, tables: Sequence[ReleasedTable]
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The rates of the regions whose cases the door handed out."""
    shown = {key: int(table.state[i, 0, 0]) for table in tables for i, key in enumerate(table.ids)}
    pooled = ages.pooled(blocks.ids, plan.labels, [int(region) for region in plan.regions])
    standard, rate = ages.persons.sum(axis=0), _rates(ages)
    direct, few = direct_rate(pooled.cases, pooled.persons, standard)
    ratio = indirect_ratio(pooled.cases.sum(axis=1), pooled.persons, rate)
    frame = pd.DataFrame(
        {
            "state": [shown[key] for key in pooled.ids],
            "cases": pooled.cases.sum(axis=1),
            "persons": pooled.persons.sum(axis=1),
            "direct": PER * direct.value,
            "direct_low": PER * direct.low,
            "direct_high": PER * direct.high,
            "ratio": ratio.value,
            "ratio_low": ratio.low,
            "ratio_high": ratio.high,
        },
        index=pd.Index(pooled.ids, name="area"),
    )
    frame.loc[COUNTY] = _county_row(ages, shown[COUNTY])
    frame.insert(3, "crude", PER * frame["cases"] / frame["persons"].where(frame["persons"] > 0))
    numbers = [name for name in frame.columns if name != "state"]
    frame.loc[frame["state"] != int(CellState.KNOWN), numbers] = np.nan
    return frame, _named(few, pooled.ids, frame)


def _county_row(ages: AgeCounts, state: int) -> list[float]:
    cases, persons = float(ages.cases.sum()), float(ages.persons.sum())
    crude = PER * cases / persons if persons > 0 else float("nan")
    return [float(state), cases, persons, crude, float("nan"), float("nan"), 1.0, float("nan"), float("nan")]


def _named(few: tuple[Finding, ...], ids: Sequence[str], frame: pd.DataFrame) -> tuple[Finding, ...]:
    """The refusals by name of the region; those of secret regions are not told, because they tell their size."""
    known = {key for key in ids if frame.loc[key, "state"] == int(CellState.KNOWN)}
    named = [tuple(ids[int(i)] for i in finding.where if ids[int(i)] in known) for finding in few]
    return tuple(
        Finding("standard.cases.few", "note", where=names, values={"limit": SMALLEST_DIRECT})
        for names in named
        if names
    )


def _rates(ages: AgeCounts) -> FloatArray:
    persons = ages.persons.sum(axis=0)
    rates: FloatArray = ages.cases.sum(axis=0) / np.where(persons > 0, persons, 1.0)
    return rates


def _candidate(ages: AgeCounts, plan: Plan, blocks: Blocks) -> Candidate:
    """All cases together as one indicator that always has the same name in the list of releases.

    A name made from the numbers would change with the order of the blocks or one corrected number, and nothing
    released before would be found again.
    """
    position = {key: i for i, key in enumerate(ages.ids)}
    rows = np.array([position.get(key, -1) for key in blocks.ids])
    cases, persons = (np.where(rows >= 0, part.sum(axis=1)[rows], 0.0) for part in (ages.cases, ages.persons))
    definition = replace(standard_catalogue()["KIJ03"], id=_NAME, min_numerator=3, min_denominator=100)
    counts = count_table(list(blocks.ids), {_NAME: (cases, persons)}, date=_DATE)
    alone = Catalogue("1", (definition,), {}, {})
    figures = figures_of_plan(alone, counts, plan.labels, municipality=blocks.municipality)
    return replace(figures, many_tables=frozenset({_NAME}))


def write_standardized(
    path: Path, plan_path: Path, out: Path, *, occasion: Occasion, project: Path | None = None
) -> tuple[Finding, ...]:
    """Age-standardised rates of the regions of a plan as CSV, through the door (raumwerk standardize).

    Parameters
    ----------
    project : project file whose list of releases is consulted and grows, None = none

    Errors
    ------
    InputError : table or plan cannot be used, or the file cannot be written
    StoreError : the project file cannot be used; nothing was written
    """
    ids = _ids_of_plan(plan_path)
    plan, said = read_plan_csv(plan_path, block_set(ids, population=np.zeros(len(ids))))
    if blocking(said):
        raise InputError(*said)
    ids, plan = _all_blocks(ids, plan, project)
    ages, found = read_age_counts(path, ids)
    candidate = _candidate(ages, plan, Blocks(ids))
    tables, _, released = release_from_files(candidate, occasion, project=project)
    rates, few = _rates_of(ages, plan, Blocks(ids), tables)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(age_csv(rates, {}))
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(out),))) from error
    return (*found, *said, *released, *few)


def _all_blocks(ids: tuple[str, ...], plan: Plan, project: Path | None) -> tuple[tuple[str, ...], Plan]:
    """The plan over all blocks of the project: those it leaves out lie in no region, but earlier regions held them."""
    if project is None:
        return ids, plan
    opened = open_project(project)
    try:
        more = [key for key in opened.county.blocks.ids if key not in set(ids)]
    finally:
        opened.close()
    labels = np.concatenate([plan.labels, np.full(len(more), UNASSIGNED, dtype=plan.labels.dtype)])
    return (*ids, *more), Plan(labels)


def _ids_of_plan(path: Path) -> tuple[str, ...]:
    frame = read_frame(path)
    column = key_columns(frame)[0]
    if column not in frame.columns:
        raise InputError(Finding("counts.column.missing", where=(column,)))
    return tuple(dict.fromkeys(frame[column].astype(str).str.strip()))
