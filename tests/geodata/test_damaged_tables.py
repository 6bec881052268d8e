"""Damaged plans, grids, lists, rasters and addresses: refused in German, never a traceback."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from geodata.addresses import AddressColumns, read_addresses, read_hauskoordinaten
from geodata.blocks_from_frame import blocks_from_frame
from geodata.census_grid import read_census
from geodata.crosswalk import crosswalk_from_table, moved_counts
from geodata.join_table import JoinedTable
from geodata.municipalities import read_gv100ad, read_municipalities
from geodata.raster_counts import counts_from_raster
from geodata.read_blocks import read_blocks
from geodata.table_file import preview, read_table
from geodata.write_plan import read_plan_csv, write_plan_csv
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from spatial.plan import Plan
from tests.geodata.damage import damaged
from tests.geodata.drawn_blocks import six_blocks
from tests.geodata.official_files import CENSUS_2011, CENSUS_2022, GV100AD, vg250_zip
from tests.geodata.test_crosswalk_raster_addresses import population_raster

pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio
LONGEST_S = 10.0
Reader = Callable[[Path], object]


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Reader]]:
    """Every reader with an intact file of its own."""
    folder = tmp_path_factory.mktemp("tables")
    six_blocks().drop(columns="einwohner").to_file(folder / "b.gpkg")
    blocks, _ = blocks_from_frame(read_blocks(folder / "b.gpkg", tables=[JoinedTable(_residents(folder))]))
    write_plan_csv(folder / "plan.csv", blocks, Plan(np.array([1, 1, 1, 2, 2, 2])))
    texts = {"z22.csv": CENSUS_2022, "z11.csv": CENSUS_2011, "gv.txt": GV100AD, "hk.txt": _HK, "walk.csv": _WALK}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "adr.csv").write_text("s;n;x;y\nA-Weg;1;300050;5650050\nB-Weg;2a;300150;5650050\n", encoding="cp1252")
    population_raster(folder / "r.tif", np.arange(24.0).reshape(4, 6))
    columns = AddressColumns("s", "n", "x", "y")
    return [
        (folder / "plan.csv", lambda path: read_plan_csv(path, blocks)),
        (folder / "z22.csv", read_census),
        (folder / "z11.csv", read_census),
        (folder / "gv.txt", read_gv100ad),
        (vg250_zip(folder), read_municipalities),
        (folder / "hk.txt", read_hauskoordinaten),
        (folder / "adr.csv", lambda path: read_addresses(path, epsg=25832, columns=columns)),
        (folder / "walk.csv", lambda path: moved_counts(crosswalk_from_table(path, columns=("a", "b", "c")), [9, 9])),
        (folder / "r.tif", lambda path: counts_from_raster(path, six_blocks())),
        (folder / "ew.xlsx", read_table),
        (folder / "ew.xlsx", preview),
        (folder / "ew.xlsx", lambda path: read_blocks(folder / "b.gpkg", tables=[JoinedTable(path)])),
    ]


_HK = "N;DENW1;A;05;3;70;004;0000;01234;12;A;300050.500;5650050.250;Hauptstraße;41812;Erkelenz\n" * 3
_WALK = "a;b;c\n01;01;0,5\n01;02;0,5\n02;02;1\n"


def _residents(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["block_id", "einwohner"])
    for row in zip(six_blocks()["block_id"], six_blocks()["einwohner"], strict=True):
        book.active.append(list(row))
    book.save(folder / "ew.xlsx")
    return folder / "ew.xlsx"


def outcome(reader: Reader, path: Path) -> str:
    try:
        reader(path)
    except InputError as error:
        return " ".join(sentence(finding) for finding in error.findings)
    return "read"


def run(readers: list[tuple[Path, Reader]], folder: Path, seeds: range) -> dict[str, int]:
    said: list[str] = []
    for seed in seeds:
        rng = random.Random(seed)
        intact, reader = readers[seed % len(readers)]
        place = folder / str(seed)
        place.mkdir()
        path = damaged(intact, place, rng)
        started = time.monotonic()
        said.append(outcome(reader, path))
        assert said[-1].strip(), f"seed {seed}"
        assert time.monotonic() - started < LONGEST_S, f"seed {seed}"
    return {"read": said.count("read"), "refused": len(said) - said.count("read")}


def test_intact_tables_are_read(readers: list[tuple[Path, Reader]]) -> None:
    assert [outcome(reader, path) for path, reader in readers] == ["read"] * len(readers)


def test_six_hundred_damaged_tables_are_read_or_refused_in_german(
    readers: list[tuple[Path, Reader]], tmp_path: Path
) -> None:
    assert run(readers, tmp_path, range(600))["refused"] > 100


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_six_thousand_damaged_tables_are_read_or_refused_in_german(
    readers: list[tuple[Path, Reader]], tmp_path: Path
) -> None:
    assert run(readers, tmp_path, range(600, 6_600))["refused"] > 1_000
