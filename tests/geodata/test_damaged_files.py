"""Damaged files: never a traceback, never a hang, never a silently wrong sum."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from geodata.read_blocks import ColumnChoice, read_blocks
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from tests.geodata.damage import damaged, intact_files

CHOICE = ColumnChoice(id="block_id", population="einwohner", within="ags")
RESIDENTS = 2100
LONGEST_S = 10.0


def trial(files: list[Path], folder: Path, seed: int) -> str:
    """Read one damaged file; what came of it: ``read``, ``refused`` or ``other numbers``."""
    rng = random.Random(seed)
    place = folder / str(seed)
    place.mkdir()
    path = damaged(rng.choice(files), place, rng)
    before = {part.name: part.read_bytes() for part in place.iterdir()}
    started = time.monotonic()
    try:
        result = read_blocks(path, choice=CHOICE)
        outcome = "read" if result.frame["einwohner"].sum() == RESIDENTS else "other numbers"
        assert (result.frame["einwohner"] >= 0).all()
        said = [sentence(finding) for finding in result.findings]
    except InputError as error:
        outcome = "refused"
        said = [sentence(finding) for finding in error.findings] or [""]
    assert all(text.strip() for text in said), f"seed {seed}"
    assert time.monotonic() - started < LONGEST_S, f"seed {seed}"
    assert {part.name: part.read_bytes() for part in place.iterdir()} == before, f"seed {seed}"
    return outcome


def run(folder: Path, seeds: range) -> dict[str, int]:
    intact = folder / "intact"
    intact.mkdir()
    files = intact_files(intact)
    outcomes = [trial(files, folder, seed) for seed in seeds]
    return {outcome: outcomes.count(outcome) for outcome in set(outcomes)}


def test_a_thousand_damaged_files_are_read_or_refused_in_german(tmp_path: Path) -> None:
    counted = run(tmp_path, range(1_000))
    assert counted["refused"] > 200


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_ten_thousand_damaged_files_are_read_or_refused_in_german(tmp_path: Path) -> None:
    counted = run(tmp_path, range(1_000, 11_000))
    assert counted["refused"] > 2_000
