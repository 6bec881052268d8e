"""Age-standardised rates and what was released before: the door knows them however the plan is written."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from spatial.plan import Plan
from tests.workspace.figure_county import DATE, IDS, START, figure_county, moved
from workspace.age_figures import write_standardized
from workspace.project import create_project
from workspace.release import Occasion

PUBLIC = Occasion("public", "Kern", DATE)
SMALL = "63"  # one case; it lies in region 4


def cases_of(block: str) -> int:
    return 1 if block == SMALL else 20 + int(block) % 7


def written(folder: Path, plan: Plan, *, order: list[int], corrected: str = "") -> tuple[Path, Path]:
    """A table of ages and a plan as files; the blocks stand in this order, others are left out."""
    ages, table = folder / "alter.csv", ["block_id;altersgruppe;faelle;personen"]
    for i in order:
        cases = cases_of(IDS[i]) + (IDS[i] == corrected)
        table += [f"{IDS[i]};0-64;{cases};300", f"{IDS[i]};65+;{10 * (IDS[i] != SMALL)};100"]
    ages.write_text("\n".join(table) + "\n", encoding="utf-8")
    drawn = folder / "plan.csv"
    rows = ["block_id,region", *(f"{IDS[i]},{plan.labels[i]}" for i in order)]
    drawn.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return ages, drawn


def hidden(folder: Path, project: Path, files: tuple[Path, Path]) -> set[str]:
    out = folder / "raten.csv"
    write_standardized(*files, out, occasion=PUBLIC, project=project)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return {line["Raum"] for line in csv.DictReader(file, delimiter=";") if not line["Fälle"][:1].isdigit()}


ALL = list(range(len(IDS)))
SHUFFLED = [int(i) for i in np.random.default_rng(1).permutation(len(IDS))]


@pytest.mark.parametrize(
    ("order", "corrected"),
    [(ALL, ""), (SHUFFLED, ""), (ALL, "00"), ([i for i in SHUFFLED if IDS[i] != SMALL], "")],
    ids=["same order", "shuffled", "one number corrected", "one block left out"],
)
def test_a_second_drawing_does_not_tell_the_one_case_of_a_block_however_its_plan_is_written(
    tmp_path: Path, order: list[int], corrected: str
) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    project.close()
    assert hidden(tmp_path, project.path, written(tmp_path, START, order=ALL)) == set()
    second = written(tmp_path, moved([SMALL], 3), order=order, corrected=corrected)
    assert "4" in hidden(tmp_path, project.path, second)


def test_an_area_shown_with_one_table_of_ages_is_not_free_with_another(tmp_path: Path) -> None:
    """Regions with and without the block were shown where it had many cases; with one case the second is hidden."""
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    project.close()
    for plan in (START, moved([SMALL], 3)):
        ages, drawn = written(tmp_path, plan, order=ALL)
        ages.write_text(ages.read_text(encoding="utf-8").replace(f"{SMALL};0-64;1;", f"{SMALL};0-64;30;"), "utf-8")
        assert hidden(tmp_path, project.path, (ages, drawn)) == set()
    assert "4" in hidden(tmp_path, project.path, written(tmp_path, moved([SMALL], 3), order=ALL))
