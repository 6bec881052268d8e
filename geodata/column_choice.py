"""Which column holds what: named by the planner, or guessed from the usual names (Spaltenwahl)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geodata.german_numbers import numbers_from_text
from geodata.join_table import JoinedTable
from geodata.table_file import TableForm
from spatial.errors import Finding

NONE = "none"
_MOSTLY = 0.9  # share of different values from which a column counts as a key
_HALF = 0.4  # the same where the name says that it is one: then repeated keys are a finding about the file
_PLAIN_ID = 3  # so many ranks of ``_ID`` say it plainly


@dataclass(frozen=True)
class ColumnChoice:
    """The columns of a block file; None means: guess it.

    Attributes
    ----------
    id : key of the block
    population : residents
    within : municipality, whose border no region crosses; ``"none"`` = there is none
    name : name of the municipality
    places : named settlement (Ortsteil); ``"none"`` = do not use one
    features : columns in which the blocks of a region should be alike
    layer : layer of the file
    crs : EPSG code, where the file names none or a wrong one
    repairs : offered repairs that the planner accepts, see ``geodata.repairs``
    form : how the file is written, where it is a table; None = find out
    gap_m : blocks that face each other over a street of at most this width are neighbours; 0 = they have to touch
    tables : tables without shapes that are joined to the blocks by key
    licence, reference_date : source note (Quellenvermerk) and Stichtag as the planner gives them; empty = as the file
        says
    """

    id: str | None = None
    population: str | None = None
    within: str | None = None
    name: str | None = None
    places: str | None = None
    features: tuple[str, ...] = ()
    layer: str | None = None
    crs: int | None = None
    repairs: tuple[str, ...] = ()
    gap_m: float = 0.0
    form: TableForm | None = None
    tables: tuple[JoinedTable, ...] = ()
    licence: str = ""
    reference_date: str = ""


# Each list is a rank: the first pattern that fits a column decides; equal rank is a question.
_ID = (
    r"block_?(id|nr|nummer|key|schluessel|schlüssel)|blk_?(id|nr)",
    r"(plr|pgr|bzr|lor|raum|zelle|cell|stimmbezirk|wahlbezirk|baublock|quartier|stat_?bez)_?(id|nr|schluessel)"
    r"|gitter_id(_.*)?|plr|baublock|rbs_?block",
    r"id|nr|nummer|key|schl(ue|ü)ssel|code|kennung",
    r"[a-z]+_id|[a-z]+_nr|gid|uuid",
    r"ags",
    r"ars",
    r"fid|objectid|ogc_fid",
)
_POPULATION = (
    r"einwohner|einw|ew|ewz|einwohnerzahl|einwohner_?(gesamt|insgesamt|insg|ges)|bev(ö|oe)lkerung|bev|population|pop"
    r"|residents|inhabitants|e_e",
    r"pop_?(est|total|tot|sum|ges|gesamt)|bev_?(ges|gesamt|insgesamt|insg|total)|ew_?(ges|gesamt|insgesamt|insg|total)",
    r"(pop|ew|ewz|einw|einwohner|bev|bev(ö|oe)lkerung)_?(19|20)\d\d|(19|20)\d\d_?(ew|einwohner|pop|bev)",
    r"(pop|einw|bev).*",
)
_NO_COUNT = re.compile(r"dichte|density|anteil|quote|proz|pct|share|_km2|index|rang|name|(_|\b)[mw](_|\b)|\d_\d")
_WITHIN = (
    r"within|ags|ags_?(8|gem|gemeinde)|gem_?ags|gemeinde_?(ags|schl(ue|ü)ssel|id|nr|kennziffer)|gkz|gem_?(id|nr|schl)",
    r"ars|rs",
    r"gemeinde|gemeinde_?name|gem|gem_?name|municipality|kommune",
)
_NAME = (r"gemeinde_?name|gem_?name|gemeinde|municipality|municipality_name|gen", r"name")
_PLACES = (r"ort|orte|ortsteil|ortsteil_?name|ortschaft|place|place_name|dorf|stadtteil|stadtteil_?name",)


def completed_choice(frame: Any, choice: ColumnChoice) -> tuple[ColumnChoice, tuple[str, ...], tuple[Finding, ...]]:
    """The choice with every open column guessed, the roles that were guessed, and what has to be said about it.

    Parameters
    ----------
    frame : (n rows) data frame, columns as in the file
    choice : what the planner named

    Returns
    -------
    choice, guessed roles, findings: notes for sure guesses, questions for ambiguous ones, errors for unknown names
    """
    named, unknown = _named(frame, choice)
    findings = [*unknown]
    guessed = []
    for role, guess in _GUESSES.items():
        if getattr(choice, role) is not None:
            continue
        candidates = guess(frame, named)
        if len(candidates) > 1:
            findings.append(_ambiguous(role, candidates))
        elif candidates:
            named = replace(named, **{role: candidates[0]})  # type: ignore[arg-type]
            guessed.append(role)
            findings.append(Finding(f"read.column.guessed.{role}", "note", where=(candidates[0],)))
        elif role in _NOT_FOUND:
            severity, columns = _NOT_FOUND[role], ", ".join(columns_of(frame))
            findings.append(Finding(f"read.column.none.{role}", severity, values={"columns": columns}))  # type: ignore[arg-type]
    return named, tuple(guessed), tuple(findings)


def columns_of(frame: Any) -> list[str]:
    """The names of all columns but the geometry."""
    geometry = getattr(frame, "active_geometry_name", None)
    return [str(column) for column in frame.columns if column != geometry]


_NOT_FOUND = {"id": "question", "population": "question", "within": "note"}


def _named(frame: Any, choice: ColumnChoice) -> tuple[ColumnChoice, list[Finding]]:
    """The choice in the spelling of the file; a finding for each column that is not there."""
    findings: list[Finding] = []
    roles: dict[str, Any] = {}
    for role in ("id", "population", "within", "name", "places"):
        wanted = getattr(choice, role)
        if wanted is None or (wanted == NONE and role in ("within", "name", "places")):
            continue
        roles[role] = _spelled(frame, wanted)
        if roles[role] is None:
            findings.append(_missing(frame, wanted, role))
    features = [_spelled(frame, name) for name in choice.features]
    findings += [_missing(frame, n, "features") for n, f in zip(choice.features, features, strict=True) if f is None]
    return replace(choice, **roles, features=tuple(f for f in features if f is not None)), findings


def _spelled(frame: Any, wanted: str) -> str | None:
    columns = columns_of(frame)
    if wanted in columns:
        return wanted
    alike = [column for column in columns if column.lower() == wanted.lower()]
    return alike[0] if len(alike) == 1 else None


def _missing(frame: Any, wanted: str, role: str) -> Finding:
    columns = columns_of(frame)
    close = difflib.get_close_matches(wanted, columns, n=1)
    values = {"columns": ", ".join(columns) or "–", "close": close[0] if close else "", "role": role}
    return Finding("read.column.missing", where=(wanted,), values=values)


def _ambiguous(role: str, candidates: Sequence[str]) -> Finding:
    values = {"role": role, "candidates": ", ".join(candidates)}
    return Finding("read.column.ambiguous", "question", where=tuple(candidates), values=values)


def _ranked(frame: Any, patterns: Sequence[str], fits: Callable[[Any], bool]) -> list[str]:
    """The fitting columns of the first rank that has any; columns with the same content count once."""
    columns = columns_of(frame)
    for pattern in patterns:
        found = [c for c in columns if re.fullmatch(pattern, c.lower()) and fits(frame[c])]
        different: list[str] = []
        for column in found:
            if not any(_same_text(frame[column], frame[other]) for other in different):
                different.append(column)
        if different:
            return different
    return []


def _same_text(one: Any, other: Any) -> bool:
    return bool((one.astype("string").fillna("") == other.astype("string").fillna("")).all())


def _guess_id(frame: Any, choice: ColumnChoice) -> list[str]:
    used = {choice.population, choice.within}

    def differs(column: Any, share: float) -> bool:
        return bool(column.name not in used and column.nunique() >= share * column.notna().sum() > 0)

    plain = _ranked(frame, _ID[:_PLAIN_ID], lambda column: differs(column, _HALF))
    return plain or _ranked(frame, _ID[_PLAIN_ID:], lambda column: differs(column, _MOSTLY))


def _guess_population(frame: Any, choice: ColumnChoice) -> list[str]:
    used = {choice.id, choice.within}
    return _ranked(frame, _POPULATION, lambda c: c.name not in used and not _NO_COUNT.search(c.name.lower()))


def _guess_within(frame: Any, choice: ColumnChoice) -> list[str]:
    used = {choice.id, choice.population}
    found = _ranked(frame, _WITHIN, lambda c: c.name not in used and _groups(c))
    return found if len(found) < 2 or not _same_grouping(frame, found) else found[:1]


def _guess_name(frame: Any, choice: ColumnChoice) -> list[str]:
    if choice.within in (None, NONE) or choice.within not in frame.columns:
        return []
    keys = frame[choice.within].astype("string").fillna("")

    def one_name_per_key(column: Any) -> bool:
        text = pd.api.types.is_string_dtype(column) or column.dtype == object
        return bool(text and (column.groupby(keys.to_numpy()).nunique() <= 1).all())

    return _ranked(frame, _NAME, lambda c: c.name not in (choice.id, choice.within) and one_name_per_key(c))[:1]


def _guess_places(frame: Any, choice: ColumnChoice) -> list[str]:
    used = {choice.id, choice.population, choice.within, choice.name}
    return _ranked(frame, _PLACES, lambda c: c.name not in used and _groups(c))


def _groups(column: Any) -> bool:
    """Could this be a municipality: at least two blocks share a value, or there is only one block."""
    return len(column) < 2 or column.nunique() < column.notna().sum()


def _same_grouping(frame: Any, columns: Sequence[str]) -> bool:
    pairs = frame[list(columns)].astype("string").drop_duplicates()
    return all(len(pairs) == pairs[c].nunique(dropna=False) for c in columns)


def is_numeric(column: Any) -> bool:
    """Does a column hold numbers, be it as text in German writing?"""
    if pd.api.types.is_numeric_dtype(column):
        return True
    return bool(numbers_from_text(column).readable.all())


_GUESSES = {
    "id": _guess_id,
    "population": _guess_population,
    "within": _guess_within,
    "name": _guess_name,
    "places": _guess_places,
}
