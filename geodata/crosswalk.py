"""Counts moved between geographies and dates, nobody lost (Umsteigeschlüssel)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from tobler.area_weighted import area_interpolate

from geodata.block_contract import key_texts
from geodata.cell_shares import split_counts
from geodata.resident_counts import whole_numbers
from geodata.table_file import read_table
from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError

_SHARE_SLACK = 0.005  # official tables round their shares to two or three decimals


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """Which share of each old area lies in which new area.

    Attributes
    ----------
    old_keys, new_keys : texts, in the order the counts are in
    old, new : (p,) int64 positions, one row per pair
    share : (p,) float64, of the old area; sums to 1 for each old area
    old_status, new_status : Gebietsstand of both sides as ISO dates, empty where unknown
    """

    old_keys: tuple[str, ...]
    new_keys: tuple[str, ...]
    old: IntArray
    new: IntArray
    share: FloatArray
    old_status: str = ""
    new_status: str = ""

    def __post_init__(self) -> None:
        sums = np.bincount(self.old, weights=self.share, minlength=len(self.old_keys))
        wrong = tuple(key for key, total in zip(self.old_keys, sums, strict=True) if abs(total - 1) > 1e-9)
        if wrong:
            raise InputError(Finding("crosswalk.share.sum", where=wrong, values={"count": len(wrong)}))


def moved_counts(crosswalk: Crosswalk, counts: Any) -> IntArray:
    """Whole counts of the old areas as counts of the new ones, with exactly the same sum.

    Parameters
    ----------
    counts : (number of old areas,) whole numbers ≥ 0, in the order of ``old_keys``

    >>> merger = crosswalk_from_mergers({"a": "c", "b": "c"})
    >>> moved_counts(merger, [2, 3]).tolist()
    [5]
    """
    given = np.asarray(counts, dtype=np.int64)
    if given.shape != (len(crosswalk.old_keys),):
        values = {"areas": len(crosswalk.old_keys), "count": given.size}
        raise InputError(Finding("crosswalk.length", values=values))
    return split_counts(given, crosswalk.old, crosswalk.share, target=crosswalk.new, size=len(crosswalk.new_keys))


def crosswalk_from_mergers(mergers: Mapping[str, str], *, statuses: tuple[str, str] = ("", "")) -> Crosswalk:
    """Old municipality → new municipality (Eingemeindung); keys that stay map to themselves.

    >>> crosswalk_from_mergers({"05": "06", "06": "06"}).new_keys
    ('06',)
    """
    old_keys, new_keys = tuple(sorted(mergers)), tuple(sorted(set(mergers.values())))
    new = np.array([new_keys.index(mergers[key]) for key in old_keys], dtype=np.int64)
    return Crosswalk(old_keys, new_keys, np.arange(len(old_keys)), new, np.ones(len(old_keys)), *statuses)


def crosswalk_from_table(
    path: Path, *, columns: tuple[str, str, str | None], statuses: tuple[str, str] = ("", "")
) -> Crosswalk:
    """A published table (Umsteigeschlüssel) with old key, new key and share.

    Parameters
    ----------
    path : CSV or XLSX
    columns : names of the columns for old key, new key and share; share None = every old area goes to one new area

    Errors
    ------
    InputError : missing columns, shares that are no numbers, or that do not sum to 1 (within 0.5 %)
    """
    frame = read_table(path).frame
    absent = tuple(name for name in columns if name is not None and name not in frame.columns)
    if absent:
        values = {"columns": ", ".join(map(str, frame.columns)), "role": "id"}
        raise InputError(Finding("read.column.missing", where=absent, values=values))
    old, new = (key_texts(frame[name]).str.strip() for name in columns[:2])
    share = np.ones(len(frame)) if columns[2] is None else pd.to_numeric(frame[columns[2]], errors="coerce").to_numpy()
    old_keys, old_at = np.unique(old.to_numpy(dtype=str), return_inverse=True)
    new_keys, new_at = np.unique(new.to_numpy(dtype=str), return_inverse=True)
    sums = np.bincount(old_at, weights=share, minlength=len(old_keys))
    least = np.full(len(old_keys), np.inf)
    np.minimum.at(least, old_at, np.nan_to_num(share, nan=-1.0))
    good = (np.abs(sums - 1) <= _SHARE_SLACK) & (least >= 0)
    wrong = tuple(str(key) for key in old_keys[~good])
    if wrong:
        raise InputError(Finding("crosswalk.share.sum", where=wrong, values={"count": len(wrong)}))
    keys = tuple(map(str, old_keys)), tuple(map(str, new_keys))
    return Crosswalk(*keys, old_at.astype(np.int64), new_at.astype(np.int64), share / sums[old_at], *statuses)


def crosswalk_from_shapes(
    old: geopandas.GeoDataFrame,
    new: geopandas.GeoDataFrame,
    *,
    keys: tuple[str, str],
    homes: tuple[NDArray[Any], IntArray] | None = None,
    statuses: tuple[str, str] = ("", ""),
) -> Crosswalk:
    """Shares from the borders of both geographies: by area, or better by where people live.

    Parameters
    ----------
    old, new : layers in the same metric CRS
    keys : key column of each
    homes : points (h,) and residents (h,), for example census cells; None = by area
    statuses : Gebietsstand of each

    Errors
    ------
    InputError : an old area that no new area covers
    """
    old_keys, new_keys = tuple(map(str, old[keys[0]])), tuple(map(str, new[keys[1]]))
    a, b = old.geometry.to_numpy(), new.geometry.to_numpy()
    first, second = shapely.STRtree(b).query(a, predicate="intersects")
    weight = shapely.area(shapely.intersection(a[first], b[second]))
    if homes is not None:
        weight = _with_homes(a, b, (first, second), homes=homes, area=weight)
    total = np.bincount(first, weights=weight, minlength=len(a))
    bare = tuple(old_keys[i] for i in np.flatnonzero(total <= 0))
    if bare:
        raise InputError(Finding("crosswalk.uncovered", where=bare, values={"count": len(bare)}))
    used = weight > 0
    share = weight[used] / total[first[used]]
    return Crosswalk(old_keys, new_keys, first[used], second[used], share, *statuses)


def interpolated_counts(
    old: geopandas.GeoDataFrame, new: geopandas.GeoDataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """Several counts moved to a new geography by area (tobler), whole and with the sum of each column kept.

    Parameters
    ----------
    old : layer with the count columns
    new : layer in the same metric CRS; rows stay in order
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the insides of the libraries below
        moved = area_interpolate(old, new, extensive_variables=list(columns), allocate_total=True)
    return pd.DataFrame({name: whole_numbers(moved[name].to_numpy(np.float64)) for name in columns}, index=new.index)


def _with_homes(
    a: NDArray[Any],
    b: NDArray[Any],
    pairs: tuple[IntArray, IntArray],
    *,
    homes: tuple[NDArray[Any], IntArray],
    area: FloatArray,
) -> FloatArray:
    """Residents in each common piece; old areas in which nobody lives are divided by area."""
    points, residents = homes
    in_old, in_new = (_holder(shapes, points) for shapes in (a, b))
    placed = (in_old >= 0) & (in_new >= 0)
    size = len(b)
    people = np.bincount(in_old[placed] * size + in_new[placed], weights=residents[placed], minlength=len(a) * size)
    lived = people[pairs[0] * size + pairs[1]]
    anybody = np.bincount(pairs[0], weights=lived, minlength=len(a))[pairs[0]] > 0
    return np.where(anybody, lived, area)


def _holder(shapes: NDArray[Any], points: NDArray[Any]) -> IntArray:
    """The shape that holds each point, the first where borders meet, −1 for none."""
    point, shape = shapely.STRtree(shapes).query(points, predicate="intersects")
    holder: IntArray = np.full(len(points), len(shapes), dtype=np.int64)
    np.minimum.at(holder, point, shape)
    return np.where(holder == len(shapes), -1, holder)
