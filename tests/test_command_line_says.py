"""What the command line says of a proposal, and what it refuses before a long search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporting.text_de.alternatives import left_out
from reporting.text_de.rules import NOTES
from tests.geodata.drawn_blocks import six_blocks
from tests.test_bad_input import BAND, run

DEMANDS = '[targets]\n"05370004" = { minimum = 300, target = 600, maximum = 900 }\n'


def test_a_remark_of_the_engine_stands_in_the_summary_and_in_the_report(tmp_path: Path) -> None:
    demands = tmp_path / "vorgaben.toml"
    demands.write_text(f'municipal_borders = "soft"\n{DEMANDS}', encoding="utf-8")
    code, said = run(tmp_path, six_blocks(), *BAND, "--constraints", str(demands))
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert code == 0 and "own_demands_close_borders" in report["notes"]
    assert NOTES["own_demands_close_borders"] in said
    assert NOTES["own_demands_close_borders"] in report["statements"]


def test_the_same_plan_is_written_once_and_that_is_said(tmp_path: Path) -> None:
    code, said = run(tmp_path, six_blocks(), "--band", "100", "5000", "--alternatives", "3")
    assert code == 0 and not (tmp_path / "out" / "alternative_2").exists()
    assert "3 Vorschläge" in said and "weggelassen" in said
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["alternative"]["count"] == 3 and report["alternative"]["same"] == 2


def test_without_doubles_nothing_is_said_of_them() -> None:
    assert left_out(()) == ""


@pytest.mark.parametrize("option", ["--compactness", "--limit"])
def test_what_is_no_number_is_said_so(option: str, tmp_path: Path) -> None:
    code, said = run(tmp_path, six_blocks(), *BAND, option, "nan")
    assert code == 2 and "ist keine Zahl;" in said


def test_a_folder_that_cannot_be_written_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("eine Datei")
    code, said = run(tmp_path, six_blocks(), *BAND, "--alternatives", "0", "--id", "gibt_es_nicht")
    assert code == 2 and str(tmp_path / "out").split("/")[-1] in said
    assert "Gewünscht sind 0 Vorschläge" in said
    assert "gibt_es_nicht" not in said
