"""Budgets of the readers, as ratios to the libraries in one run: python -m benchmarks.geodata."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import polars
import shapely
from libpysal.graph import Graph
from numpy.typing import NDArray

from geodata.census_grid import read_census
from geodata.read_blocks import ColumnChoice, read_blocks
from spatial.contiguity_from_polygons import contiguity_from_polygons

VERTICES = 12  # between two corners of a block
CHOICE = ColumnChoice(id="block_id", population="einwohner", within="ags")


def median(run: Callable[[], Any], times: int) -> float:
    """Median seconds of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def blocks(n: int, *, seed: int = 1) -> NDArray[Any]:
    """About n gap-free blocks of some 100 m with winding common borders, 52 vertices each."""
    side = int(np.sqrt(n))
    rng = np.random.default_rng(seed)
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0), indexing="ij"), -1) * 100
    corner += rng.uniform(-20, 20, corner.shape)
    share = np.linspace(0, 1, VERTICES + 2)[:-1, None]

    def border(start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        line = start[..., None, :] * (1 - share) + end[..., None, :] * share
        line[..., 1:, :] += rng.uniform(-1, 1, line[..., 1:, :].shape)
        return line

    east, north = border(corner[:-1], corner[1:]), border(corner[:, :-1], corner[:, 1:])
    back_east = np.concatenate([corner[1:, 1:][:, :, None], east[:, 1:, :0:-1]], axis=2)
    back_north = np.concatenate([corner[:-1, 1:][:, :, None], north[:-1, :, :0:-1]], axis=2)
    ring = np.concatenate([east[:, :-1], north[1:], back_east, back_north], axis=2)
    return shapely.polygons(ring.reshape(-1, ring.shape[2], 2) + np.array([300_000.0, 5_650_000.0]))


def layer(shapes: NDArray[Any]) -> geopandas.GeoDataFrame:
    """The blocks with keys and residents, as a county office would send them."""
    n = len(shapes)
    columns = {
        "block_id": [f"{k:08d}" for k in range(n)],
        "einwohner": np.arange(n) % 300,
        "ags": [f"05370{k * 10 // n:03d}" for k in range(n)],
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=25832)


def contiguity_against_libpysal(n: int) -> None:
    """Rook with border lengths against the fastest rook builder without them, and streets on top."""
    shapes = blocks(n)
    series = geopandas.GeoSeries(shapes)
    times = 3 if n > 50_000 else 5
    ours = median(lambda: contiguity_from_polygons(shapes), times)
    peer = median(lambda: Graph.build_contiguity(series, rook=True, strict=False), 1 if n > 50_000 else 3)
    apart = shapely.buffer(shapes, -6, join_style="mitre")
    gaps = median(lambda: contiguity_from_polygons(apart, tolerance_m=20), 1 if n > 50_000 else 3)
    print(
        f"contiguity, {len(shapes):,} blocks: {ours:.2f} s, libpysal {peer:.2f} s, ratio {ours / peer:.2f} (≤ 1.0); "
        f"over 12 m streets {gaps:.2f} s (≤ 10 s); peak {_peak_mb():,} MB (≤ 3,000)"
    )


def reading_against_geopandas(n: int) -> None:
    """Reading and checking a GeoPackage against read_file of the same file plus the contiguity."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "blocks.gpkg"
        layer(blocks(n)).to_file(path)
        ours = median(lambda: read_blocks(path, choice=CHOICE), 3)
        plain = median(lambda: geopandas.read_file(path), 3)
        shapes = geopandas.read_file(path).geometry.to_numpy()
        touching = median(lambda: contiguity_from_polygons(shapes), 3)
    peer = plain + touching
    print(
        f"read and check {n:,} blocks: {ours:.2f} s, read_file {plain:.2f} s + contiguity {touching:.2f} s, "
        f"ratio {ours / peer:.2f} (≤ 1.5)"
    )


def census_against_polars(n: int) -> None:
    """Zensus 2022 layout, n cells, against polars reading the same file; memory is measured apart with ``census``."""
    with tempfile.TemporaryDirectory() as scratch:
        path = census_file(Path(scratch), n)
        read_census(path)
        ours = median(lambda: read_census(path), 5)
        peer = median(lambda: polars.read_csv(path, separator=";", decimal_comma=True, null_values="–").head(), 5)
        size = path.stat().st_size >> 20
    print(f"census, {n:,} cells, {size} MB: {ours:.2f} s, polars {peer:.2f} s, ratio {ours / peer:.2f} (≤ 1.5)")


def census_file(folder: Path, n: int) -> Path:
    """An invented grid file in the official layout."""
    rng = np.random.default_rng(1)
    east, north = 4_000_000 + 100 * (np.arange(n) % 6000), 2_700_000 + 100 * (np.arange(n) // 6000)
    ids = polars.Series([f"CRS3035RES100mN{y}E{x}" for x, y in zip(east, north, strict=True)])
    age = polars.Series(rng.uniform(20, 70, n).round(2)).cast(polars.String).str.replace(".", ",", literal=True)
    table = {
        "GITTER_ID_100m": ids,
        "x_mp_100m": east + 50,
        "y_mp_100m": north + 50,
        "Einwohner": rng.integers(3, 200, n),
        "Durchschnittsalter": age.set(polars.Series(rng.random(n) < 0.1), "–"),
        "werterlaeuternde_Zeichen": polars.Series(np.where(rng.random(n) < 0.05, "KLAMMERN", "")),
    }
    path = folder / "Zensus2022_Bevoelkerungszahl_100m-Gitter.csv"
    polars.DataFrame(table).write_csv(path, separator=";", quote_style="never")
    return path


def census_memory(n: int) -> None:
    """Peak memory of a process that only reads the grid."""
    with tempfile.TemporaryDirectory() as scratch:
        path = census_file(Path(scratch), n)
        script = (
            "import resource, sys\nfrom pathlib import Path\nfrom geodata.census_grid import read_census\n"
            "cells = read_census(Path(sys.argv[1]))\n"
            "print(len(cells), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)"
        )
        answer = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    cells, megabytes = answer.stdout.split()
    print(f"census, {int(cells):,} cells in a process of its own: peak {int(megabytes):,} MB (≤ 2,000)")


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> None:
    """All figures."""
    warnings.simplefilter("ignore")
    contiguity_from_polygons(blocks(100), tolerance_m=20)  # compile
    census_memory(3_000_000)
    census_against_polars(3_000_000)
    reading_against_geopandas(100_000)
    contiguity_against_libpysal(10_000)
    contiguity_against_libpysal(100_000)


if __name__ == "__main__":
    main()
