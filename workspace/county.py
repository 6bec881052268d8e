"""A county as it lies open on the desk: blocks, neighbourhood, features and everything needed to draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.blocks_from_frame import blocks_from_frame
from geodata.provenance import Provenance
from geodata.read_blocks import ColumnChoice, ReadResult, read_blocks
from geodata.topology import topology_findings
from spatial.arrays import FloatArray
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.errors import Finding, InputError
from spatial.fingerprint import county_fingerprint

SAMPLE_LABEL = "Musterkreis (synthetisch, nach Eckwerten des Kreises Heinsberg)"


@dataclass(frozen=True, eq=False)
class County:
    """One block file, read and checked.

    Attributes
    ----------
    label : what it is called on screen
    blocks, contiguity : n blocks and their neighbourhood
    polygons : (n,) shapes in the metric CRS ``epsg``, in block order
    features : name → (n,) float64, the numeric columns that may serve as features
    findings : what was noticed while reading, nothing that forbids going on
    choice : the columns used
    fingerprint : of blocks and neighbourhood
    provenance : where the file comes from and what was done to it
    """

    label: str
    blocks: BlockSet
    contiguity: Contiguity
    polygons: NDArray[Any]
    epsg: int
    features: Mapping[str, FloatArray]
    findings: tuple[Finding, ...]
    choice: ColumnChoice
    fingerprint: str
    source: str = ""
    provenance: Provenance | None = None

    @property
    def is_sample(self) -> bool:
        """Is this the embedded, invented county?"""
        return self.label == SAMPLE_LABEL

    def feature_table(self, names: tuple[str, ...]) -> FloatArray:
        """(n, f) float64 of the named columns; unknown names raise an InputError with all of them."""
        unknown = tuple(name for name in names if name not in self.features)
        if unknown:
            offered = ", ".join(sorted(self.features))
            raise InputError(Finding("features.unknown", where=unknown, values={"offered": offered}))
        table: FloatArray = np.column_stack([self.features[name] for name in names]) if names else self._no_features
        return table

    @property
    def _no_features(self) -> FloatArray:
        return np.empty((len(self.blocks), 0), dtype=np.float64)


def open_county(path: Path, *, choice: ColumnChoice | None = None, label: str = "") -> County:
    """Read a block file and work out who touches whom.

    Errors
    ------
    InputError : the file cannot be used; carries every finding
    """
    return county_from_read(read_blocks(path, choice=choice or ColumnChoice()), label=label or path.stem)


def county_from_read(result: ReadResult, *, label: str) -> County:
    """The county of a file that was read and accepted."""
    blocks, polygons = blocks_from_frame(result)
    contiguity = contiguity_from_polygons(polygons, tolerance_m=result.choice.gap_m)
    lie = topology_findings(polygons, blocks.ids, contiguity=contiguity)
    return County(
        label=label,
        blocks=blocks,
        contiguity=contiguity,
        polygons=polygons,
        epsg=int(result.frame.crs.to_epsg() or 0),
        features=_numeric_columns(result),
        findings=(*result.findings, *lie),
        choice=result.choice,
        fingerprint=county_fingerprint(blocks, contiguity),
        source=label,
        provenance=result.provenance,
    )


def _numeric_columns(result: ReadResult) -> dict[str, FloatArray]:
    frame = result.frame
    used = {result.choice.id, result.choice.within}
    numeric = frame.drop(columns=frame.geometry.name).select_dtypes("number")
    return {str(name): numeric[name].to_numpy(np.float64) for name in numeric.columns if str(name) not in used}
