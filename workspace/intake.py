"""A file on its way in: looked at, repaired step by step, each step undone at will (Datei aufnehmen)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.open_layer import open_layer
from geodata.outlines import outlines_from_polygons
from geodata.read_blocks import ColumnChoice, Examination, examine_blocks
from geodata.table_file import SHEET_SUFFIXES, TEXT_SUFFIXES, TableForm, preview
from spatial.errors import Finding, InputError, blocking
from spatial.outlines import Outlines
from workspace.geodata_actions import offered_repairs

PREVIEW_ROWS = 20
SEVERITIES = ("note", "warning", "question", "error")
_CLEAN = len(SEVERITIES)


@dataclass(frozen=True, eq=False)
class Intake:
    """A file that was looked at.

    Attributes
    ----------
    path : the file
    choice : columns, coordinate system, repairs and street width so far
    findings : all of them
    outlines : the blocks as far as they can be drawn, None where the coordinates are not understood
    severity : (n,) uint8 of each outline, position in ``SEVERITIES`` of its worst finding, 4 where there is none
    remarks : block → codes of its findings
    before : the snapshot before the last accepted repair
    """

    path: Path
    choice: ColumnChoice
    findings: tuple[Finding, ...]
    outlines: Outlines | None = None
    severity: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: Intake | None = None

    @property
    def usable(self) -> bool:
        """Does nothing forbid going on?"""
        return not blocking(self.findings)

    @property
    def marked(self) -> NDArray[np.bool_]:
        """(n,) bool: the outlines of blocks with a finding."""
        found: NDArray[np.bool_] = self.severity < _CLEAN
        return found

    @property
    def repairs(self) -> tuple[str, ...]:
        """The repairs on offer that were not accepted yet."""
        return tuple(name for name in offered_repairs(self.findings) if name not in self.choice.repairs)


def look_at(path: Path, choice: ColumnChoice | None = None) -> Intake:
    """Read a file as far as it goes, with every finding and the blocks they are about; nothing raises."""
    wanted = choice or ColumnChoice()
    try:
        found = examine_blocks(path, choice=wanted)
    except InputError as error:
        return Intake(path, wanted, error.findings)
    return _drawn(Intake(path, wanted, found.findings), found)


def with_repair(intake: Intake, name: str) -> Intake:
    """The same file with one more repair; ``undone`` goes back."""
    choice = replace(intake.choice, repairs=(*intake.choice.repairs, name))
    return replace(look_at(intake.path, choice), before=intake)


def undone(intake: Intake) -> Intake:
    """The file as it was before the last repair; unchanged where there was none."""
    return intake.before or intake


def first_rows(path: Path, form: TableForm | None = None) -> tuple[pd.DataFrame, TableForm | None]:
    """The first rows of a file as text, and how a table would be read; empty where it cannot be opened."""
    try:
        if path.suffix.lower() in (*TEXT_SUFFIXES, *SHEET_SUFFIXES):
            return preview(path, form=form)
        frame = open_layer(path).frame
    except InputError:
        return pd.DataFrame(), None
    rows = frame.drop(columns=frame.active_geometry_name).head(PREVIEW_ROWS)
    return rows.astype("string").fillna(""), None


def _drawn(intake: Intake, found: Examination) -> Intake:
    """Add the outlines of the blocks and how bad each of them is."""
    if found.frame is None:
        return intake
    shapes: NDArray[Any] = np.array(found.frame.geometry.to_numpy(), dtype=object)
    kept = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)) & _drawable(shapes))
    if not len(kept):
        return intake
    ids = [found.ids[int(i)] for i in kept]
    worst, remarks = _marks(found.findings)
    severity = np.array([worst.get(block_id, _CLEAN) for block_id in ids], dtype=np.uint8)
    outlines = outlines_from_polygons(ids, shapes[kept], int(found.frame.crs.to_epsg() or 0))
    return replace(intake, outlines=outlines, severity=severity, remarks=remarks)


def _drawable(shapes: NDArray[Any]) -> NDArray[np.bool_]:
    areal = np.isin(shapely.get_type_id(shapes), (3, 6))
    drawable: NDArray[np.bool_] = areal & np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return drawable


def _marks(findings: tuple[Finding, ...]) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Per block the worst severity and the codes; a finding about a pair marks both."""
    worst: dict[str, int] = {}
    remarks: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        rank = SEVERITIES.index(finding.severity)
        for name in (part for where in finding.where for part in where.split(" / ")):
            worst[name] = max(worst.get(name, 0), rank)
            remarks[name] = (*remarks.get(name, ()), finding.code)
    return worst, remarks
