"""The list of bad inputs: each is answered in German, by engine and command line, and never by a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely.affinity
from typer.testing import CliRunner

from cli import app
from regionalization.check import check
from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.propose import METHODS, propose
from reporting.text_de.findings import sentence
from spatial.blocks import block_set
from spatial.contiguity import Contiguity, contiguity_from_edges
from spatial.errors import InputError
from tests.geodata.drawn_blocks import six_blocks

BAND = ("--band", "300", "1200")


def line(n: int) -> Contiguity:
    return contiguity_from_edges(n, [(i, i + 1) for i in range(n - 1)], np.ones(n - 1))


def task(n: int, people: int = 100, **more: Any) -> Problem:
    blocks = block_set([f"b{i:03d}" for i in range(n)], population=np.full(n, people))
    return Problem(blocks, more.pop("contiguity", line(n)), PopulationTarget(200, 300, 400), **more)


def run(folder: Path, frame: Any, *options: str, command: str = "propose") -> tuple[int, str]:
    """Exit code and what the command line says about a file, its line breaks taken out."""
    path = folder / "bloecke.gpkg"
    frame.to_file(path, layer="bloecke")
    out = ("--out", str(folder / "out")) if command == "propose" else ()
    result = CliRunner().invoke(app, [command, str(path), *options, *out])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def codes(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    assert all("{" not in sentence(finding) for finding in error.value.findings)
    return {finding.code for finding in error.value.findings}


def test_a_feature_that_is_not_a_number_is_named_with_its_blocks(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        task(3, features=[[1.0], [np.nan], [np.inf]], feature_names=("quote",))
    assert codes(error) == {"problem.features.not_finite"}
    frame = six_blocks(quote=[1.0, None, 3.0, 4.0, 5.0, 6.0])
    code, said = run(tmp_path, frame, *BAND, "--features", "quote")
    assert code == 2 and "quote" in said and "„02“" in said


def test_a_text_column_as_a_feature_is_named_as_such(tmp_path: Path) -> None:
    code, said = run(tmp_path, six_blocks(lage=list("abcdef")), *BAND, "--features", "lage")
    assert code == 2 and "lage" in said and "Zahl" in said


def test_an_unknown_feature_and_one_named_twice_are_refused(tmp_path: Path) -> None:
    code, said = run(tmp_path, six_blocks(quote=range(6)), *BAND, "--features", "gibtsnicht,quote,quote")
    assert code == 2 and "gibtsnicht" in said and "mehrfach" in said


def test_a_constant_feature_changes_nothing_and_is_noted(tmp_path: Path) -> None:
    plain = propose(task(9))
    constant = propose(task(9, features=np.full((9, 1), 7.0), feature_names=("gleich",)))
    assert plain.plan.labels.tolist() == constant.plan.labels.tolist()
    assert "no_features" in constant.notes
    code, said = run(tmp_path, six_blocks(gleich=[7] * 6), *BAND, "--features", "gleich")
    assert code == 0 and "gleich" in said and "denselben Wert" in said


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_residents_anywhere_is_a_plan_of_one_region_and_a_note(method: str, tmp_path: Path) -> None:
    proposal = propose(task(5, people=0), method=method)
    assert len(proposal.plan.regions) == 1 and "no_residents" in proposal.notes
    code, said = run(tmp_path, six_blocks(einwohner=[0] * 6), *BAND)
    assert code in (0, 2) and "Einwohner" in said


@pytest.mark.parametrize("method", sorted(METHODS))
def test_one_block_and_only_isolated_blocks_are_plans(method: str, tmp_path: Path) -> None:
    assert propose(task(1), method=method).plan.labels.tolist() == [1]
    alone = task(4, contiguity=contiguity_from_edges(4, np.empty((0, 2)), []))
    proposal = propose(alone, method=method)
    assert sorted(proposal.plan.labels.tolist()) == [1, 2, 3, 4]
    assert {v.reason for v in proposal.violations} == {"piece_below_minimum"}
    code, said = run(tmp_path, six_blocks().iloc[:1], "--band", "50", "150")
    assert code == 0 and "1 Raum, im Band." in said


def test_only_isolated_blocks_in_a_file_are_said_and_drafted(tmp_path: Path) -> None:
    apart = six_blocks()
    apart["geometry"] = [shapely.affinity.translate(g, 5000 * i, 0) for i, g in enumerate(apart.geometry)]
    code, said = run(tmp_path, apart, *BAND)
    assert code == 0 and "6 Räume" in said


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_block_with_more_than_64_neighbours_is_no_obstacle(method: str) -> None:
    n = 90
    ring = [(i, i + 1) for i in range(1, n - 1)]
    star = [(0, i) for i in range(1, n)]
    problem = task(n, contiguity=contiguity_from_edges(n, [*star, *ring], np.ones(len(star) + len(ring))))
    problem = Problem(problem.blocks, problem.contiguity, PopulationTarget(800, 1000, 1200))
    proposal = propose(problem, method=method)
    assert proposal.violations == check(proposal.plan, problem)
    assert method == "tree" or proposal.violations == ()
    assert [v for v in proposal.violations if v.rule != "population"] == []


def test_edges_given_twice_or_to_nowhere_are_refused() -> None:
    for edges in ([(0, 1), (1, 0)], [(0, 5)], [(1, 1)]):
        with pytest.raises(InputError) as error:
            contiguity_from_edges(2, edges, np.ones(len(edges)))
        assert codes(error) <= {"contiguity.edge.double", "contiguity.block.unknown", "contiguity.edge.order"}


def test_more_regions_than_blocks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        propose(task(3, constraints=Constraints(region_count=4)))
    assert codes(error) == {"constraints.region_count.range"}
    code, said = run(tmp_path, six_blocks(), *BAND, "--count", "7")
    assert code == 2 and "möglich sind 1 bis 6" in said


def test_a_band_whose_minimum_lies_above_its_maximum_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        PopulationTarget(500, 400, 300)
    assert codes(error) == {"target.order"}
    code, said = run(tmp_path, six_blocks(), "--band", "1200", "300")
    assert code == 2 and "1.200" in said and "300" in said


def test_unknown_ids_in_demands_are_all_named(tmp_path: Path) -> None:
    unknown = Constraints(locked={"x": 1}, keep_apart=(("y", "b000"),), regions_per_municipality={"z": 1})
    with pytest.raises(InputError) as error:
        propose(task(3, constraints=unknown))
    assert codes(error) == {"constraints.block.unknown", "constraints.municipality.unknown"}
    demands = tmp_path / "vorgaben.toml"
    demands.write_text('keep_together = [["01", "99"]]\n[targets."000"]\nminimum = 1\n', encoding="utf-8")
    code, said = run(tmp_path, six_blocks(), *BAND, "--constraints", str(demands))
    assert code == 2 and "„99“" in said and "„000“" in said


def test_a_folder_in_the_place_of_a_plan_is_called_a_folder(tmp_path: Path) -> None:
    code, said = run(tmp_path, six_blocks(), str(tmp_path), *BAND, command="check")
    assert code == 2 and "ist ein Ordner" in said


def test_the_order_of_rows_in_the_block_file_does_not_change_a_byte_of_the_plan(tmp_path: Path) -> None:
    written = []
    for name, frame in (("a", six_blocks()), ("b", six_blocks().iloc[[3, 0, 5, 1, 4, 2]])):
        (tmp_path / name).mkdir()
        assert run(tmp_path / name, frame, *BAND)[0] == 0
        written.append((tmp_path / name / "out" / "plan.csv").read_bytes())
    assert written[0] == written[1]
    assert written[0].decode().split()[1].startswith("01,")
