"""Statistical blocks (statistische Blöcke): the smallest pieces a Sozialraum is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from spatial.arrays import FloatArray, IntArray, LabelArray, frozen
from spatial.errors import Finding, InputError


@dataclass(frozen=True)
class Municipality:
    """A municipality (Gemeinde), or whatever borders regions must not cross.

    ``key`` is text (AGS with leading zeros), ``residents`` is the sum over its blocks.
    """

    key: str
    name: str
    residents: int


@dataclass(frozen=True)
class Place:
    """A named settlement (Ort, Ortsteil, Stadtteil) that should stay whole."""

    key: str
    name: str


@dataclass(frozen=True, eq=False)
class BlockSet:
    """All blocks of a county in one fixed order.

    Attributes
    ----------
    ids : n unique texts, leading zeros kept
    population : (n,) int64, residents, ≥ 0
    area_m2 : (n,) float64, square metres, ≥ 0
    perimeter_m : (n,) float64, metres, inner rings included
    centroid_m : (n, 2) float64, metres in a metric CRS
    municipality : (n,) int32, index into ``municipalities``
    municipalities : the municipalities, sorted by key
    place : (n,) int32, index into ``places``, −1 where the block belongs to none
    places : the named places, sorted by key

    Raises
    ------
    InputError : with every broken rule at once

    >>> blocks = block_set(["01", "02"], population=[10, 0])
    >>> len(blocks), blocks.ids[0], int(blocks.population.sum())
    (2, '01', 10)
    """

    ids: tuple[str, ...]
    population: IntArray
    area_m2: FloatArray
    perimeter_m: FloatArray
    centroid_m: FloatArray
    municipality: LabelArray
    municipalities: tuple[Municipality, ...]
    place: LabelArray
    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        for name, dtype in _DTYPES.items():
            object.__setattr__(self, name, frozen(getattr(self, name), dtype))
        findings = (*_id_findings(self.ids), *_length_findings(self), *_population_findings(self))
        if findings:
            raise InputError(*findings)

    def __len__(self) -> int:
        return len(self.ids)

    def positions(self, ids: Sequence[str]) -> IntArray:
        """Positions of block ids in the fixed order; unknown ids raise an InputError naming all of them."""
        index = {block_id: i for i, block_id in enumerate(self.ids)}
        unknown = tuple(block_id for block_id in ids if block_id not in index)
        if unknown:
            raise InputError(Finding("blocks.id.unknown", where=unknown, values={"count": len(unknown)}))
        return np.array([index[block_id] for block_id in ids], dtype=np.int64)


_DTYPES: dict[str, Any] = {
    "population": np.int64,
    "area_m2": np.float64,
    "perimeter_m": np.float64,
    "centroid_m": np.float64,
    "municipality": np.int32,
    "place": np.int32,
}


def block_set(
    ids: Sequence[str],
    *,
    population: Any,
    municipality: Sequence[str] | None = None,
    shapes: tuple[Any, Any, Any] | None = None,
    place: Sequence[str] | None = None,
) -> BlockSet:
    """Blocks from plain columns, for tests, services and readers (municipality and place by key).

    Parameters
    ----------
    ids : n unique texts
    population : (n,) residents
    municipality : n keys; without it all blocks belong to one municipality with the empty key
    shapes : area_m2 (n,), perimeter_m (n,), centroid_m (n, 2); without it unit squares in a row
    place : n names, empty text = none

    >>> block_set(["a"], population=[5], municipality=["05370016"]).municipalities[0].residents
    5
    """
    n = len(ids)
    residents = _residents(ids, population)
    area, perimeter, centroid = shapes or (np.ones(n), np.full(n, 4.0), np.c_[np.arange(n), np.zeros(n)])
    keys = sorted(set(municipality or [""]))
    codes = _codes(municipality or [""] * n, keys)
    sums = np.bincount(codes, weights=residents, minlength=len(keys)) if n else np.zeros(len(keys))
    place_keys = sorted({name for name in place or [] if name})
    return BlockSet(
        ids=tuple(ids),
        population=residents,
        area_m2=area,
        perimeter_m=perimeter,
        centroid_m=centroid,
        municipality=codes,
        municipalities=tuple(Municipality(k, k, int(s)) for k, s in zip(keys, sums, strict=True)),
        place=_codes(place or [""] * n, place_keys),
        places=tuple(Place(k, k) for k in place_keys),
    )


def _codes(values: Sequence[str], keys: list[str]) -> LabelArray:
    index = {key: i for i, key in enumerate(keys)}
    return np.array([index.get(value, -1) for value in values], dtype=np.int32)


def _id_findings(ids: tuple[str, ...]) -> list[Finding]:
    if not ids:
        return [Finding("blocks.empty")]
    if any(not isinstance(i, str) or not i for i in ids):
        return [Finding("blocks.id.missing", where=tuple(str(k) for k, i in enumerate(ids) if not i))]
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        twice = tuple(dict.fromkeys(i for i in ids if i in seen or seen.add(i)))  # type: ignore[func-returns-value]
        return [Finding("blocks.id.duplicate", where=twice, values={"count": len(twice)})]
    return []


def _length_findings(blocks: BlockSet) -> list[Finding]:
    n = len(blocks.ids)
    wrong = {name: len(getattr(blocks, name)) for name in _DTYPES if len(getattr(blocks, name)) != n}
    return [Finding("blocks.length", where=tuple(wrong), values={"expected": n, **wrong})] if wrong else []


def _residents(ids: Sequence[str], population: Any) -> IntArray:
    """Residents as whole numbers; a missing number must not become an arbitrary one."""
    values = np.asarray(population)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        where = tuple(ids[int(i)] for i in np.flatnonzero(~np.isfinite(values)))
        raise InputError(Finding("blocks.population.missing", where=where, values={"count": len(where)}))
    return values.astype(np.int64)


def _population_findings(blocks: BlockSet) -> list[Finding]:
    if len(blocks.population) != len(blocks.ids) or not (blocks.population < 0).any():
        return []
    where = tuple(blocks.ids[i] for i in np.flatnonzero(blocks.population < 0))
    return [Finding("blocks.population.negative", where=where, values={"count": len(where)})]
