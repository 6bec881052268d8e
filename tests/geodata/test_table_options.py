"""Tables, name and source on the command line: whatever a finding tells the user to do is an option."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

import cli
from cli import app
from reporting.text_de.findings import SENTENCES
from reporting.text_de.findings_files import SENTENCES as FILE_SENTENCES

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "formats" / "examples"
BAND = ["--band", "300", "1500"]


def propose(folder: Path, *options: object) -> Result:
    blocks = EXAMPLES / "bloecke_ohne_einwohner.gpkg"
    return CliRunner().invoke(app, ["propose", str(blocks), "--out", str(folder), *BAND, *map(str, options)])


def test_the_finding_names_the_option_and_the_option_answers_it(tmp_path: Path) -> None:
    first = propose(tmp_path / "a")
    assert first.exit_code == 2
    assert "--table DATEI" in first.output
    second = propose(tmp_path / "b", "--table", EXAMPLES / "einwohner.xlsx")
    assert second.exit_code == 2
    assert "--repair restore_zeros" in second.output
    third = propose(tmp_path / "c", "--table", EXAMPLES / "einwohner.xlsx", "--repair", "restore-zeros")
    assert third.exit_code == 0, third.output
    report = json.loads((tmp_path / "c" / "report.json").read_text("utf-8"))
    assert sum(region["residents"] for region in report["regions"]) == 2100


def test_name_date_and_source_note_stand_in_the_results(tmp_path: Path) -> None:
    source = ("--name", "Kreis Beispiel", "--licence", "© Kreis Beispiel", "--date", "2024-12-31")
    table = ("--table", EXAMPLES / "einwohner.xlsx", "--table-key", "block_id", "--block-key", "block_id")
    result = propose(tmp_path / "o", *table, "--repair", "restore_zeros", *source)
    assert result.exit_code == 0, result.output
    page = (tmp_path / "o" / "map.html").read_text("utf-8")
    assert "Kreis Beispiel" in page
    assert "Stand: 31.12.2024" in page


def options_of_all_commands() -> set[str]:
    """Every option that any command knows."""
    group: Any = typer.main.get_command(app)
    commands = [group.get_command(None, name) for name in group.list_commands(None)]
    return {option for command in commands for parameter in command.params for option in parameter.opts}


def test_every_option_that_a_sentence_names_exists() -> None:
    known = options_of_all_commands()
    named = {code: set(re.findall(r"--[a-z][a-z-]*", text)) - known for code, text in SENTENCES.items()}
    assert {code: options for code, options in named.items() if options} == {}


def test_the_sentences_about_files_name_options_at_all() -> None:
    assert sum("Kommandozeile" in text for text in FILE_SENTENCES.values()) > 10
    assert cli.app is app
