"""Where a layer comes from and what was done to it (Herkunft)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROVENANCE_LAYER = "provenance"
BKG_LICENCE = "© GeoBasis-DE / BKG, dl-de/by-2-0"
CENSUS_LICENCE = "© Statistische Ämter des Bundes und der Länder, Zensus, dl-de/by-2-0"
_OFFICIAL = (({"ags", "gen", "bez"}, BKG_LICENCE), ({"gitter_id_100m"}, CENSUS_LICENCE))
_CHUNK = 1 << 20
_COLUMNS = ("layer", "part", "source", "source_layer", "licence", "reference_date", "sha256", "steps", "description")
_BETWEEN = " | "  # between the steps of one line


@dataclass(frozen=True)
class Provenance:
    """Source, licence and history of one layer.

    Attributes
    ----------
    source : file name or address
    layer : name of the layer in it, empty where the file has only one
    sha256 : of the file as it was read, empty for services
    licence : the line that has to stand beside every map and table made from it
    reference_date : Stichtag as ISO text, empty where unknown
    steps : what was done to it, oldest first, as stable codes with numbers (``"crs.transformed 4326 25832"``)
    further : what else went into the layer: joined tables, cells, municipalities, barrier lines
    """

    source: str
    layer: str = ""
    sha256: str = ""
    licence: str = ""
    reference_date: str = ""
    steps: tuple[str, ...] = ()
    further: tuple[Provenance, ...] = ()

    def after(self, *steps: str) -> Provenance:
        """The same origin with further steps.

        >>> Provenance("a.gpkg").after("repair.make_valid 3").steps
        ('repair.make_valid 3',)
        """
        return replace(self, steps=(*self.steps, *steps))

    def together_with(self, *others: Provenance) -> Provenance:
        """The same layer after something else went into it.

        >>> [p.source for p in Provenance("a.gpkg").together_with(Provenance("b.csv")).every]
        ['a.gpkg', 'b.csv']
        """
        return replace(self, further=(*self.further, *others))

    @property
    def every(self) -> tuple[Provenance, ...]:
        """The layer itself and everything that went into it, in that order."""
        return (replace(self, further=()), *(part for other in self.further for part in other.every))

    @property
    def licences(self) -> tuple[str, ...]:
        """The source notes that have to be named, each once."""
        return tuple(dict.fromkeys(part.licence for part in self.every if part.licence))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces; 64 hex digits."""
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            hasher.update(piece)
    return hasher.hexdigest()


def guessed_licence(columns: Iterable[Any]) -> str:
    """The source note of an official product, known by its columns; empty for other files.

    >>> guessed_licence(["AGS", "GEN", "BEZ", "EWZ"])
    '© GeoBasis-DE / BKG, dl-de/by-2-0'
    """
    names = {str(column).lower() for column in columns}
    return next((licence for needed, licence in _OFFICIAL if needed <= names), "")


def provenance_rows(
    provenance: Provenance, layers: Sequence[str], *, described: Callable[[Provenance], str]
) -> list[dict[str, Any]]:
    """The rows of the table ``provenance`` that stands beside the layers of a GeoPackage.

    Parameters
    ----------
    layers : the layers of the file that were made from it
    described : says in words what was done

    >>> provenance_rows(Provenance("a.gpkg"), ["blocks"], described=lambda p: "")[0]["source"]
    'a.gpkg'
    """
    return [
        {
            "layer": layer, "part": part, "source": one.source, "source_layer": one.layer, "licence": one.licence,
            "reference_date": one.reference_date, "sha256": one.sha256, "steps": _BETWEEN.join(one.steps),
            "description": described(one),
        }
        for layer in layers
        for part, one in enumerate(provenance.every)
    ]  # fmt: skip


def kept_provenance(path: Path, layer: str) -> Provenance | None:
    """What a GeoPackage written by this program says about one of its layers; None where it says nothing."""
    if path.suffix.lower() != ".gpkg":
        return None
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() and wal.stat().st_size else "immutable=1"
    query = f"select {', '.join(_COLUMNS)} from {PROVENANCE_LAYER} where layer = ? order by part"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as connection:
            rows = connection.execute(query, (layer,)).fetchall()
    except sqlite3.Error:
        return None
    parts = [_from_row(dict(zip(_COLUMNS, map(_text, row), strict=True))) for row in rows]
    return parts[0].together_with(*parts[1:]) if parts else None


def _from_row(row: dict[str, str]) -> Provenance:
    steps = tuple(step for step in row["steps"].split(_BETWEEN) if step)
    return Provenance(row["source"], row["source_layer"], row["sha256"], row["licence"], row["reference_date"], steps)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
