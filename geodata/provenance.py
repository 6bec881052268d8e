"""Where a layer comes from and what was done to it (Herkunft)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

_CHUNK = 1 << 20


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
    """

    source: str
    layer: str = ""
    sha256: str = ""
    licence: str = ""
    reference_date: str = ""
    steps: tuple[str, ...] = ()

    def after(self, *steps: str) -> Provenance:
        """The same origin with further steps.

        >>> Provenance("a.gpkg").after("repair.make_valid 3").steps
        ('repair.make_valid 3',)
        """
        return replace(self, steps=(*self.steps, *steps))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces; 64 hex digits."""
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            hasher.update(piece)
    return hasher.hexdigest()
