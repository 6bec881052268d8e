"""Plans go out and come back whole, the same bytes for the same plan."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.blocks_from_frame import blocks_from_frame
from geodata.dissolve import dissolved
from geodata.outlines import municipality_outlines, outlines_from_polygons, region_outlines
from geodata.read_blocks import ReadResult
from geodata.write_plan import read_plan_csv, write_plan_csv, write_plan_geojson, write_plan_gpkg
from regionalization.population_target import PopulationTarget
from spatial.plan import Plan
from tests.geodata.drawn_blocks import read, refused, six_blocks

PLAN = Plan(np.array([7, 7, -1, 9, 9, 9]), names={7: "Nord"})
BAND = PopulationTarget(200, 300, 1000)


@pytest.fixture
def county(tmp_path: Path) -> ReadResult:
    return read(six_blocks(block_id=["01", "02", 'a,"b"', "04", "05", "06"]), tmp_path)


def test_the_plan_that_was_written_is_the_plan_that_is_read(county: ReadResult, tmp_path: Path) -> None:
    blocks, _ = blocks_from_frame(county)
    write_plan_csv(tmp_path / "plan.csv", blocks, PLAN)
    raw = (tmp_path / "plan.csv").read_bytes()
    assert raw == b'block_id,region\n01,7\n02,7\n04,9\n05,9\n06,9\n"a,""b""",\n'
    plan, findings = read_plan_csv(tmp_path / "plan.csv", blocks)
    assert plan.labels.tolist() == [7, 7, -1, 9, 9, 9]
    assert findings == ()


def test_unknown_missing_and_doubled_blocks_are_all_named(county: ReadResult, tmp_path: Path) -> None:
    blocks, _ = blocks_from_frame(county)
    (tmp_path / "p.csv").write_text("Region;Block_ID\n1;01\n2;01\n1;99\n2;02\n", encoding="utf-8-sig")
    found = {f.code: f.where for f in read_plan_csv(tmp_path / "p.csv", blocks)[1]}
    assert found == {
        "plan.block.unknown": ("99",),
        "plan.block.double": ("01",),
        "plan.block.missing": ('a,"b"', "04", "05", "06"),
    }


def test_regions_with_names_are_numbered_and_this_is_said(county: ReadResult, tmp_path: Path) -> None:
    blocks, _ = blocks_from_frame(county)
    (tmp_path / "p.csv").write_text("block_id,region\n01,Süd\n02,Nord\n", encoding="cp1252")
    plan, findings = read_plan_csv(tmp_path / "p.csv", blocks)
    assert plan.labels[:2].tolist() == [2, 1]
    assert findings[-1].where == ("Nord", "Süd")
    (tmp_path / "q.csv").write_text("block,raum\n01,1\n", encoding="utf-8")
    assert refused(lambda: read_plan_csv(tmp_path / "q.csv", blocks))["plan.column.missing"].where == (
        "block_id",
        "region",
    )


def test_geopackage_and_geojson_hold_the_regions_and_repeat_byte_by_byte(county: ReadResult, tmp_path: Path) -> None:
    blocks, polygons = blocks_from_frame(county)
    paths = [tmp_path / name for name in ("a.gpkg", "b.gpkg", "a.geojson", "b.geojson")]
    for path in paths:
        write = write_plan_gpkg if path.suffix == ".gpkg" else write_plan_geojson
        write(path, polygons, blocks, plan=PLAN, target=BAND, epsg=25832)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[2].read_bytes() == paths[3].read_bytes()
    regions = pyogrio.read_dataframe(paths[0], layer="regions")
    assert regions[["region", "name", "residents", "municipality", "in_band"]].to_numpy().tolist() == [
        [7, "Nord", 300, "05370004", True],
        [9, "", 1500, "05370008", False],
    ]
    assert regions.geometry.area.tolist() == [20_000, 30_000]
    layer = pyogrio.read_dataframe(paths[0], layer="blocks")
    assert layer["region"].isna().tolist() == [False, False, True, False, False, False]
    assert pyogrio.read_info(paths[2])["crs"] == "EPSG:4326"


def test_nothing_is_left_behind_where_writing_fails(county: ReadResult, tmp_path: Path) -> None:
    blocks, _ = blocks_from_frame(county)
    gone = tmp_path / "gibtesnicht" / "plan.csv"
    assert refused(lambda: write_plan_csv(gone, blocks, PLAN))["write.failed"].where == (str(gone),)
    assert not [name for name in os.listdir(tmp_path) if ".part" in name]


def test_regions_of_overlapping_blocks_are_dissolved_all_the_same() -> None:
    shapes = np.array([shapely.box(0, 0, 10, 10), shapely.box(9, 0, 20, 10), shapely.box(20, 0, 30, 10)])
    assert shapely.area(dissolved(shapes, np.array([1, 1, 0]))).tolist() == [100, 200]


def test_outlines_keep_common_borders_and_come_in_degrees(county: ReadResult) -> None:
    blocks, polygons = blocks_from_frame(county)
    drawn = outlines_from_polygons(blocks.ids, polygons, 25832)
    assert (drawn.ids, drawn.epsg) == (blocks.ids, 4326)
    assert shapely.coverage_is_valid(drawn.shapes, 1e-12)
    west, south, east, north = shapely.total_bounds(drawn.shapes)
    assert 6 < west < east < 6.3 and 50.9 < south < north < 51.1
    assert region_outlines(polygons, PLAN.labels, 25832).ids == ("7", "9")
    assert municipality_outlines(polygons, blocks, 25832).ids == ("05370004", "05370008")
