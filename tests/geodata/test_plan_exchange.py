"""Every kind of file a plan leaves in comes back as the same plan; what is wrong with a file is said block by block."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from geodata.blocks_from_frame import blocks_from_frame
from geodata.plan_exchange import write_plan_blocks_geojson, write_plan_shapefile
from geodata.read_blocks import ReadResult
from geodata.read_plan import read_plan
from geodata.write_plan import write_plan_csv, write_plan_geojson, write_plan_gpkg
from regionalization.population_target import PopulationTarget
from spatial.blocks import BlockSet
from spatial.plan import Plan
from tests.geodata.drawn_blocks import read, refused, six_blocks

PLAN = Plan(np.array([7, 7, -1, 9, 9, 9]), names={7: "Straße im Süden, Geilenkirchen-Übach", 9: "x" * 80})
BAND = PopulationTarget(200, 300, 1000)
EPSG = 25832


@pytest.fixture
def county(tmp_path: Path) -> ReadResult:
    return read(six_blocks(block_id=["01", "02", "Größe/3", "04", "05", "06"]), tmp_path)


WRITERS: dict[str, Callable[[Path, ReadResult], None]] = {
    "plan.csv": lambda path, county: write_plan_csv(path, blocks_from_frame(county)[0], PLAN),
    "plan.gpkg": lambda path, county: write_plan_gpkg(
        path, blocks_from_frame(county)[1], blocks_from_frame(county)[0], plan=PLAN, target=BAND, epsg=EPSG
    ),
    "plan.geojson": lambda path, county: write_plan_blocks_geojson(
        path, blocks_from_frame(county)[1], blocks_from_frame(county)[0], plan=PLAN, epsg=EPSG
    ),
    "plan.zip": lambda path, county: write_plan_shapefile(
        path, blocks_from_frame(county)[1], blocks_from_frame(county)[0], plan=PLAN, target=BAND, epsg=EPSG
    ),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_plan_comes_back_from_every_kind_of_file_as_it_went_out(
    name: str, county: ReadResult, tmp_path: Path
) -> None:
    WRITERS[name](tmp_path / name, county)
    plan, findings = read_plan(tmp_path / name, blocks_from_frame(county)[0])
    assert plan.labels.tolist() == PLAN.labels.tolist()
    assert findings == ()


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_plan_gives_the_same_bytes(name: str, county: ReadResult, tmp_path: Path) -> None:
    for copy in ("one", "two"):
        (tmp_path / copy).mkdir()
        WRITERS[name](tmp_path / copy / name, county)
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_unknown_and_missing_blocks_are_named_whatever_the_file(name: str, county: ReadResult, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name, county)
    other, _ = blocks_from_frame(read(six_blocks(block_id=["01", "02", "Größe/3", "04", "05", "66"]), tmp_path))
    plan, findings = read_plan(tmp_path / name, other)
    found = {finding.code: finding.where for finding in findings}
    assert found == {"plan.block.unknown": ("06",), "plan.block.missing": ("66",)}
    assert plan.labels.tolist() == [7, 7, -1, 9, 9, -1]


def test_a_shapefile_keeps_umlauts_field_names_and_coordinate_system(county: ReadResult, tmp_path: Path) -> None:
    WRITERS["plan.zip"](tmp_path / "plan.zip", county)
    with zipfile.ZipFile(tmp_path / "plan.zip") as packed:
        names = {f"{layer}.{part}" for layer in ("blocks", "regions") for part in ("cpg", "dbf", "prj", "shp", "shx")}
        assert set(packed.namelist()) == names
        assert packed.read("blocks.cpg").strip() == b"UTF-8"
        packed.extractall(tmp_path)
    regions = pyogrio.read_dataframe(tmp_path / "regions.shp")
    assert list(regions.columns[:-1]) == ["region", "name", "residents", "blocks", "gem_key", "gem_name", "in_band"]
    assert regions["name"].tolist() == [PLAN.names[7], PLAN.names[9]]
    assert regions["in_band"].tolist() == [1, 0] and regions["residents"].tolist() == [300, 1500]
    assert regions.crs.to_epsg() == EPSG
    blocks = pyogrio.read_dataframe(tmp_path / "blocks.shp")
    assert blocks["block_id"][2] == "Größe/3" and blocks["region"].isna().tolist() == [False, False, True] + [False] * 3


def test_a_table_in_a_zip_is_read_and_doubled_blocks_are_named(county: ReadResult, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as packed:
        packed.writestr("zuordnung.csv", "block_id;region\n01;1\n01;2\n02;1\nGröße/3;1\n04;1\n05;1\n06;1\n")
    findings = read_plan(tmp_path / "plan.zip", blocks(county))[1]
    assert {finding.code: finding.where for finding in findings} == {"plan.block.double": ("01",)}


def test_a_map_of_regions_alone_is_refused_because_it_names_no_blocks(county: ReadResult, tmp_path: Path) -> None:
    drawn, polygons = blocks_from_frame(county)
    write_plan_geojson(tmp_path / "raeume.geojson", polygons, drawn, plan=PLAN, target=BAND, epsg=EPSG)
    refusal = refused(lambda: read_plan(tmp_path / "raeume.geojson", drawn))
    assert refusal["plan.column.missing"].where == ("block_id",)


def test_a_broken_archive_and_one_without_geodata_are_refused(county: ReadResult, tmp_path: Path) -> None:
    (tmp_path / "kaputt.zip").write_bytes(b"PK no")
    assert "read.zip.broken" in refused(lambda: read_plan(tmp_path / "kaputt.zip", blocks(county)))
    with zipfile.ZipFile(tmp_path / "leer.zip", "w") as packed:
        packed.writestr("brief.docx", "")
    assert "read.zip.no_geodata" in refused(lambda: read_plan(tmp_path / "leer.zip", blocks(county)))


def blocks(county: ReadResult) -> BlockSet:
    return blocks_from_frame(county)[0]
