"""Results replace old ones all at once or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from spatial.errors import InputError
from workspace.outputs import beside


def test_a_new_folder_appears_only_when_everything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    with beside(folder) as scratch:
        (scratch / "plan.csv").write_text("neu")
        assert not folder.exists()
    assert (folder / "plan.csv").read_text() == "neu"


def written_half(folder: Path) -> None:
    with beside(folder) as scratch:
        (scratch / "plan.csv").write_text("neu")
        (scratch / "report.json").write_text(str(1 / 0))


def test_a_failure_in_the_middle_leaves_the_old_results_and_no_rubbish(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "plan.csv").write_text("alt")
    with pytest.raises(ZeroDivisionError):
        written_half(folder)
    assert (folder / "plan.csv").read_text() == "alt"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_of_an_older_run_go_and_files_of_other_people_stay(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "plan_quartiere.csv").write_text("alt")
    (folder / "notizen.txt").write_text("bleibt")
    (folder / "alternative_2").mkdir()
    (folder / "alternative_2" / "plan.csv").write_text("alt")
    with beside(folder) as scratch:
        (scratch / "plan.csv").write_text("neu")
    assert {p.name for p in folder.iterdir()} == {"plan.csv", "notizen.txt"}


def test_a_file_where_the_folder_should_be_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("eine Datei")
    with pytest.raises(InputError) as refusal:
        beside(tmp_path / "out" / "sub").__enter__()
    assert refusal.value.findings[0].code == "output.unwritable"
