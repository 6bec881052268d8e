"""Quartiere that come with a plan in one table (``plan_quartiere.csv``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from geodata.read_counts import key_columns, read_frame
from spatial.errors import Finding, InputError
from spatial.plan import Plan

COLUMN = "quartier"


def quartiere_of_file(path: Path, ids: Sequence[str], *, regions: Plan) -> Plan | None:
    """The Quartier of each block where the table of a plan has a column ``quartier``; None where it has none, or none
    for these blocks.

    Parameters
    ----------
    ids : the blocks in the order of ``regions``; a block that the table leaves out, or whose cell is empty, shares one
        Quartier with the others of its region that have none

    Errors
    ------
    InputError : a Quartier lies in two regions
    """
    if path.suffix.lower() not in (".csv", ".txt", ".xlsx"):
        return None
    frame = read_frame(path)
    columns = {str(name).strip().lower(): name for name in frame.columns}
    if COLUMN not in columns:
        return None
    keys = frame[key_columns(frame)[0]].astype(str).str.strip()
    named = dict(zip(keys, frame[columns[COLUMN]].astype(str).str.strip(), strict=True))
    texts = [named.get(key, "") for key in ids]
    if not any(texts):
        return None
    found = _across(texts, regions)
    if found:
        raise InputError(Finding("plan.quartier.across", where=found, values={"count": len(found)}))
    filled = [text or f" {region}" for text, region in zip(texts, regions.labels.tolist(), strict=True)]
    order = sorted(set(filled), key=lambda text: (not text.isdecimal(), int(text) if text.isdecimal() else 0, text))
    number = {text: i for i, text in enumerate(order)}
    return Plan(np.array([number[text] for text in filled], dtype=np.int32), level="quartier", parent=regions)


def _across(texts: Sequence[str], regions: Plan) -> tuple[str, ...]:
    owners: dict[str, set[int]] = {}
    for text, region in zip(texts, regions.labels.tolist(), strict=True):
        owners.setdefault(text, set()).add(region)
    return tuple(sorted(text for text, found in owners.items() if text and len(found) > 1))
