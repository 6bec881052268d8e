"""The whole way without a browser: sample → propose → check → files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from typer.testing import CliRunner, Result

from cli import app, main

COLUMNS = ["--id", "block_id", "--population", "einwohner", "--within", "ags"]


def raumwerk(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def proposed(musterkreis: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("way") / "out"
    result = raumwerk("propose", musterkreis, "--layer", "blocks", *COLUMNS, "--out", out, "--quiet")
    assert result.exit_code == 0, result.output
    return out


def plan_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_of(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_proposal_writes_its_four_files_and_the_source_note_of_the_csv(proposed: Path) -> None:
    written = {p.name for p in proposed.iterdir()}
    assert written == {"plan.csv", "plan.csv.quelle.txt", "plan.gpkg", "report.json", "map.html"}


def test_every_block_stands_once_in_the_plan(proposed: Path, musterkreis: Path) -> None:
    blocks = pyogrio.read_dataframe(musterkreis, layer="blocks", read_geometry=False)
    rows = plan_rows(proposed / "plan.csv")
    assert sorted(r["block_id"] for r in rows) == sorted(blocks["block_id"])


def test_only_waldfeucht_and_wassenberg_are_out_of_the_band_and_say_why(proposed: Path) -> None:
    report = report_of(proposed)
    assert {r["municipality"] for r in report["regions"] if not r["in_band"]} == {"Waldfeucht", "Wassenberg"}
    assert all(v["unavoidable"] and v["reason"] and v["remedies"] for v in report["violations"])
    assert all(v["message"] for v in report["violations"])


def test_the_report_says_that_no_features_were_given(proposed: Path) -> None:
    assert "no_features" in report_of(proposed)["notes"]


def test_the_residents_of_all_regions_are_those_of_the_county(proposed: Path) -> None:
    report = report_of(proposed)
    assert sum(r["residents"] for r in report["regions"]) == report["residents"] == 261_833


def test_the_geopackage_agrees_with_the_report(proposed: Path) -> None:
    regions = pyogrio.read_dataframe(proposed / "plan.gpkg", layer="regions")
    residents = {r["region"]: r["residents"] for r in report_of(proposed)["regions"]}
    assert dict(zip(regions["region"], regions["residents"], strict=True)) == residents
    assert {name for name, _ in pyogrio.list_layers(proposed / "plan.gpkg")} >= {"blocks", "regions"}


def test_the_map_holds_every_asset_and_names_no_foreign_host(proposed: Path) -> None:
    page = (proposed / "map.html").read_text(encoding="utf-8")
    assert "<script src=" not in page and "<link " not in page
    assert "L.map" in page and "Waldfeucht" in page


def test_the_same_seed_gives_the_same_bytes(proposed: Path, musterkreis: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert raumwerk("propose", musterkreis, "--layer", "blocks", *COLUMNS, "--out", again, "--quiet").exit_code == 0
    assert (again / "plan.csv").read_bytes() == (proposed / "plan.csv").read_bytes()
    assert (again / "map.html").read_bytes() == (proposed / "map.html").read_bytes()


def test_check_finds_only_what_cannot_be_avoided(proposed: Path, musterkreis: Path) -> None:
    result = raumwerk("check", musterkreis, proposed / "plan.csv", "--layer", "blocks", *COLUMNS, "--json")
    violations = json.loads(result.stdout)["violations"]
    assert result.exit_code == 1
    assert violations and all(v["unavoidable"] for v in violations)


def test_check_finds_a_block_that_was_moved_away(proposed: Path, musterkreis: Path, tmp_path: Path) -> None:
    rows = plan_rows(proposed / "plan.csv")
    far = next(r for r in rows if r["region"] != rows[0]["region"] and r["block_id"][:8] != rows[0]["block_id"][:8])
    broken = tmp_path / "broken.csv"
    moved = [{**r, "region": far["region"]} if r is rows[0] else r for r in rows]
    broken.write_text("block_id,region\n" + "".join(f"{r['block_id']},{r['region']}\n" for r in moved))
    result = raumwerk("check", musterkreis, broken, "--layer", "blocks", *COLUMNS, "--json")
    avoidable = {v["rule"] for v in json.loads(result.stdout)["violations"] if not v["unavoidable"]}
    assert result.exit_code == 1
    assert "municipality" in avoidable


def test_bad_options_and_a_bad_file_are_all_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "leer.gpkg"
    file.touch()
    out = tmp_path / "out"
    result = raumwerk("propose", file, "--band", 9000, 5000, "--count", 0, "--out", out, "--json")
    codes = [f["code"] for f in json.loads(result.stdout)["findings"]]
    assert result.exit_code == 2
    assert len(codes) >= 3, codes
    assert not out.exists()


def test_a_time_limit_is_said_in_the_report_of_both_levels(musterkreis: Path, tmp_path: Path) -> None:
    options = ("--limit", "0.000001", "--quartiere", "3000", "--out", tmp_path / "out")
    result = raumwerk("propose", musterkreis, "--layer", "blocks", *COLUMNS, *options)
    report = report_of(tmp_path / "out")
    assert result.exit_code == 0
    assert report["stopped_by"] == report["quartiere"]["stopped_by"] == "time_limit"
    assert sum(r["residents"] for r in report["regions"]) == report["residents"]


def test_a_time_limit_of_nothing_is_refused_in_german(musterkreis: Path, tmp_path: Path) -> None:
    result = raumwerk("propose", musterkreis, *COLUMNS, "--limit", "0", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "Zeitgrenze" in result.output


def test_an_old_result_survives_an_unusable_file(proposed: Path, tmp_path: Path) -> None:
    before = {p.name: p.read_bytes() for p in proposed.iterdir()}
    file = tmp_path / "text.geojson"
    file.write_text("das ist keine Karte")
    assert raumwerk("propose", file, "--out", proposed).exit_code == 2
    assert {p.name: p.read_bytes() for p in proposed.iterdir()} == before


@pytest.mark.parametrize("command", ["sample", "propose", "check", "app"])
def test_every_command_explains_itself_in_german(command: str) -> None:
    result = raumwerk(command, "--help")
    assert result.exit_code == 0
    assert "--" in result.output


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["propose"], "Es fehlt die Angabe"),
        (["propose", "x.gpkg", "--gibtsnicht"], "Die Option --gibtsnicht gibt es nicht"),
        (["propose", "x.gpkg", "--out", "y", "--seed", "eins"], "passt nicht"),
    ],
)
def test_a_wrong_call_is_answered_in_german(
    call: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["raumwerk", *call])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_quartiere_are_nested_in_the_regions(musterkreis: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ["propose", musterkreis, "--layer", "blocks", *COLUMNS, "--quartiere", 3000, "--out", out, "--quiet"]
    assert raumwerk(*call).exit_code == 0
    rows = plan_rows(out / "plan_quartiere.csv")
    regions: dict[str, set[str]] = {}
    for row in rows:
        regions.setdefault(row["quartier"], set()).add(row["region"])
    assert len(regions) > 60
    assert all(len(upper) == 1 for upper in regions.values())
    upper_level = {r["block_id"]: r["region"] for r in plan_rows(out / "plan.csv")}
    assert {r["block_id"]: r["region"] for r in rows} == upper_level


def test_two_different_numbers_of_regions_are_a_question_back(musterkreis: Path, tmp_path: Path) -> None:
    demands = tmp_path / "vorgaben.toml"
    demands.write_text("region_count = 20\n", encoding="utf-8")
    call = ["propose", musterkreis, "--layer", "blocks", *COLUMNS, "--count", 21, "--constraints", demands]
    result = raumwerk(*call, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 2
    assert [f["code"] for f in json.loads(result.stdout)["findings"]] == ["option.count.twice"]


def test_a_band_of_one_municipality_is_not_the_band_of_its_quartiere(musterkreis: Path, tmp_path: Path) -> None:
    demands = tmp_path / "vorgaben.toml"
    demands.write_text('[targets."05370036"]\nmaximum = 19339\n', encoding="utf-8")
    call = ["propose", musterkreis, "--layer", "blocks", *COLUMNS, "--quartiere", 3000, "--constraints", demands]
    assert raumwerk(*call, "--out", tmp_path / "out", "--quiet").exit_code == 0
    report = report_of(tmp_path / "out")
    assert [r["in_band"] for r in report["regions"] if r["municipality"] == "Wassenberg"] == [True]
    assert all(r["in_band"] == (2000 <= r["residents"] <= 4000) for r in report["quartiere"]["regions"])
