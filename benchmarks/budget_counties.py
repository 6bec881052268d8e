"""Counties for the budgets: read from a folder of the peers' harness, or made by our own generator."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyarrow import parquet

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from spatial.blocks import BlockSet, block_set
from spatial.contiguity import contiguity_from_edges

FEATURES = ("ind1", "ind2", "ind3", "ind4")


class MissingCountyError(LookupError):
    """There is no such county, and it cannot be made; the text says which."""


@dataclass(frozen=True, eq=False)
class County:
    """One county in the harness' layout.

    Attributes
    ----------
    folder : with ``instance.parquet``, ``instance.gpkg``, ``adj.npz``, ``meta.json``
    made : by our generator, so figures known for the harness' own county do not apply
    blocks : as a block set, shapes included
    table : columns of the block file but its shapes; arrays, meta : the other files as they are
    """

    folder: Path
    made: bool
    blocks: BlockSet
    table: Mapping[str, Any]
    arrays: dict[str, Any]
    meta: dict[str, Any]

    def problem(self, *, within: float | None = None, borders: Any = "none") -> Problem:
        """The task: so many regions as the county states, in its band or within a share of its mean region."""
        pairs = np.stack([self.arrays["i"], self.arrays["j"]], axis=1)
        constraints = Constraints(municipal_borders=borders, region_count=None if borders == "hard" else self.count)
        return Problem(
            self.blocks,
            contiguity_from_edges(len(self.blocks), pairs, self.arrays["length"]),
            self.target(within),
            constraints,
            self.features(),
            FEATURES,
        )

    @property
    def count(self) -> int:
        """Regions wanted."""
        return int(self.meta["k"])

    def shapes(self) -> Any:
        """(n,) polygons of the file; stand-ins for Arkansas, whose borders are known by length only."""
        return _polygons(self.folder)

    def features(self) -> Any:
        """(n, 4) what the blocks are like."""
        return np.stack([self.table[name] for name in FEATURES], axis=1)

    def target(self, within: float | None = None) -> PopulationTarget:
        """The county's own band, or the mean region give or take a share."""
        if within is None:
            return PopulationTarget(self.meta["lo"], self.meta["target"], self.meta["hi"])
        mean = self.meta["total"] / self.meta["k"]
        return PopulationTarget(int(np.ceil(mean * (1 - within))), round(mean), int(np.floor(mean * (1 + within))))


def counties(folder: Path | None, scratch: Path) -> Callable[[str], County]:
    """A function from names like ``std_2000`` to counties, each read once.

    Parameters
    ----------
    folder : of the harness (``PEERBENCH_DIR/instances``); None makes ``std_…`` and ``tiny_…`` counties
    scratch : where made ones are kept

    Errors
    ------
    MissingCountyError : the folder has no such county, or the generator makes none of that kind
    """

    @cache
    def county(name: str) -> County:
        if folder is not None:
            if not (folder / name / "meta.json").is_file():
                raise MissingCountyError(f"{name} is not in {folder}")
            return read_county(folder / name, made=False)
        if not re.fullmatch(r"(std|tiny)_\d+", name):
            raise MissingCountyError(f"{name} is not made by our generator; give --instances")
        from benchmarks.engine_instance import write_instance  # a fresh process that reads one does not need it

        place = scratch / name
        if not place.is_dir():
            write_instance(int(name.split("_")[1]), place)
        return read_county(place, made=True)

    return county


def read_county(folder: Path, *, made: bool) -> County:
    """The county of one folder in the harness' layout."""
    columns = parquet.ParquetFile(folder / "instance.parquet").read(["block_id", "muni", "pop", *FEATURES])
    table = {name: _numbers(columns[name]) for name in columns.column_names}
    with np.load(folder / "adj.npz") as file:
        arrays = dict(file)
    width = len(str(columns.num_rows))
    centre = shapely.centroid(_polygons(folder))
    points = np.stack([shapely.get_x(centre), shapely.get_y(centre)], axis=1)
    blocks = block_set(
        [str(block).zfill(width) for block in table["block_id"]],
        population=table["pop"],
        municipality=[str(town).zfill(4) for town in table["muni"]],
        shapes=(arrays["area"], arrays["perim"], points),
    )
    return County(folder, made, blocks, table, arrays, json.loads((folder / "meta.json").read_text("utf-8")))


def _numbers(column: Any) -> Any:
    """A column as an array, without loading pandas as pyarrow's own way does."""
    return np.concatenate([np.from_dlpack(chunk) for chunk in column.chunks])


def _polygons(folder: Path) -> Any:
    column = parquet.ParquetFile(folder / "instance.parquet").read(["geometry"])["geometry"]
    return shapely.from_wkb(np.array(column.to_pylist(), dtype=object))
