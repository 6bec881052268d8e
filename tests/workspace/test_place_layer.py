"""Named places from a layer of polygons, through the options of the command line."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from geodata.read_blocks import ColumnChoice
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from tests.workspace.small_county import small_county
from workspace.county import County
from workspace.options import Options, open_with_options
from workspace.place_layer import place_source, with_places

WEST, SOUTH = 300_000.0, 5_650_000.0


def areas_file(folder: Path, **columns: list[str]) -> Path:
    """„Nord“ covers the upper row of the small county and a sliver below it, „Weiler“ lies inside block 00."""
    north = shapely.box(WEST, SOUTH + 1995, WEST + 4000, SOUTH + 3000)
    hamlet = shapely.box(WEST + 100, SOUTH + 100, WEST + 160, SOUTH + 160)
    path = folder / "orte.gpkg"
    named = columns or {"name": ["Nord", "Weiler"]}
    geopandas.GeoDataFrame(named, geometry=[north, hamlet], crs=25832).to_file(path, layer="ortsteile")
    return path


def placed(county: County) -> dict[str, str]:
    blocks = county.blocks
    return {i: blocks.places[p].name for i, p in zip(blocks.ids, blocks.place, strict=True) if p >= 0}


def test_a_block_gets_the_place_that_covers_most_of_it_also_a_hamlet_of_its_own(tmp_path: Path) -> None:
    areas = areas_file(tmp_path)
    source = place_source(f"{areas}:ortsteile:name")
    assert source is not None
    county = with_places(small_county(), source)
    assert placed(county) == {"20": "Nord", "21": "Nord", "22": "Nord", "23": "Nord", "00": "Weiler"}
    assert "2 Orte" in sentence(county.findings[-1])


def test_the_name_column_is_guessed_or_asked(tmp_path: Path) -> None:
    source = place_source(str(areas_file(tmp_path, a=["Nord", "Weiler"], b=["x", "y"])))
    assert source is not None
    with pytest.raises(InputError) as caught:
        with_places(small_county(), source)
    assert "Vorhanden sind: a, b" in sentence(caught.value.findings[0])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nirgends.gpkg", "read.file.missing"),
        ("orte.gpkg:gemarkung", "read.layer.unknown"),
        ("orte.gpkg:ortsteile:ort", "places.column.unknown"),
    ],
)
def test_what_is_wrong_with_a_layer_of_places_is_named(tmp_path: Path, written: str, code: str) -> None:
    areas_file(tmp_path)
    source = place_source(f"{tmp_path}/{written}")
    assert source is not None
    with pytest.raises(InputError) as caught:
        with_places(small_county(), source)
    assert [f.code for f in caught.value.findings] == [code]


def test_places_of_the_musterkreis_may_come_from_a_layer_or_a_column(musterkreis: Path) -> None:
    column = open_with_options(musterkreis, Options(ColumnChoice(places="ort")))
    layer = open_with_options(musterkreis, Options(ColumnChoice(places=f"{musterkreis}:municipalities:name")))
    assert len(column.county.blocks.places) > len(layer.county.blocks.places) == 10
    municipality = layer.county.blocks.municipality
    names = {layer.county.blocks.places[p].name for p in layer.county.blocks.place}
    assert names == {m.name for m in layer.county.blocks.municipalities}
    assert len({(int(p), int(m)) for p, m in zip(layer.county.blocks.place, municipality, strict=True)}) == 10
