"""Official data and imperfect files, as the command line and the page „Daten“ use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.fetch import Source
from geodata.read_blocks import ColumnChoice
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from tests.geodata.official_files import census_zip, office, vg250_zip
from workspace.county import open_county
from workspace.geodata_actions import (
    Downloads,
    barrier_pairs,
    bridge_pairs,
    county_from_official,
    fetch_official,
    offered_repairs,
)


def test_one_key_makes_a_county_from_files_of_a_server_and_names_the_licences(tmp_path: Path) -> None:
    areas, cells = vg250_zip(tmp_path), census_zip(tmp_path)
    with office(tmp_path) as (address, _):
        sources = {
            "vg250_ew": Source("vg250_ew", "VG250-EW", f"{address}/{areas.name}", "vg.zip", "© BKG"),
            "zensus2022_100m": Source("zensus2022_100m", "Zensus", f"{address}/{cells.name}", "z.zip", "© Destatis"),
        }
        cache, out = tmp_path / "cache", tmp_path / "kreis.gpkg"
        downloads = Downloads(cache, sources=sources)
        found = county_from_official("05370", out, downloads=downloads, minimum_residents=5)
    assert open_county(out).blocks.population.sum() == 250
    said = " ".join(sentence(finding) for finding in found)
    assert "© BKG" in said and "© Destatis" in said and "250 Einwohner" in said


def test_an_unknown_official_file_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch_official(["alkis"], Downloads(tmp_path))
    assert "vg250_ew" in sentence(caught.value.findings[0])


def test_repairs_are_offered_for_cologne_and_make_the_file_usable(real_data: Path) -> None:
    path = real_data / "koeln/Stimmbezirk.shp"
    choice = ColumnChoice(id="NUMMER", population="K_WAHL", within="none")
    with pytest.raises(InputError) as caught:
        open_county(path, choice=choice)
    repairs = offered_repairs(caught.value.findings)
    assert repairs == ("make_valid", "clean")
    county = open_county(path, choice=ColumnChoice(**{**vars(choice), "repairs": repairs}))
    balance = next(f for f in county.findings if f.code == "repair.clean")
    assert balance.values["residents_before"] == balance.values["residents_after"] == county.blocks.population.sum()
    assert county.contiguity.components().max() == 1


def test_berlin_blocks_are_one_piece_with_the_tolerance_that_is_suggested(real_data: Path) -> None:
    path = real_data / "berlin_blocks_odis/blocks.geojson"
    plain = open_county(path, choice=ColumnChoice(within="none"))
    finding = next(f for f in plain.findings if f.code == "topology.streets_between")
    assert finding.values["islands"] in (938, 939)
    joined = open_county(path, choice=ColumnChoice(within="none", gap_m=finding.values["tolerance_m"]))
    assert joined.contiguity.components().max() == 0


def test_the_motorway_of_the_musterkreis_closes_borders_and_its_underpasses_keep_some_open(musterkreis: Path) -> None:
    county = open_county(musterkreis, choice=ColumnChoice(id="block_id", population="einwohner", within="ags"))
    closed, findings = barrier_pairs(county, musterkreis, layer="barriers")
    with_crossings, said = barrier_pairs(county, musterkreis, layer="barriers", crossings="crossings")
    assert len(closed) > 50
    assert set(with_crossings) < set(closed)
    assert said[0].values["crossed"] == len(closed) - len(with_crossings)
    assert findings[0].values["crossed"] == 0


def test_a_county_in_one_piece_needs_no_bridges(musterkreis: Path) -> None:
    county = open_county(musterkreis, choice=ColumnChoice(id="block_id", population="einwohner", within="ags"))
    assert bridge_pairs(county) == ()
