"""Every way a figure can leave the house passes the one door, and a new way cannot be built beside it unseen."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from cli import COMMANDS as ROOMS
from cli import app
from tests.workspace.small_county import IDS, START, small_county
from workspace.ledger import Release
from workspace.project import create_project, open_project

ROOT = Path(__file__).resolve().parents[2]
DATE = "2022-12-31"
# What each command hands out. A new command must be entered here, one with figures needs the door's options.
COMMANDS = MappingProxyType(
    {
        "indicators": "figures",
        "standardize": "figures",
        "profile": "figures",
        "index": "values that somebody gives it; it knows no counts, so it can protect nothing",
        "propose": "residents of regions, blocks with their region; the file for QGIS is marked vertraulich",
        "check": "what is wrong with a plan",
        "sample": "invented data",
        "fetch": "official data as it was published",
        "county": "blocks from official data",
        "app": "a server",
    }
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of twelve blocks with counts, a plan, cases by age, and its project file."""
    folder = tmp_path_factory.mktemp("haus")
    county = small_county()
    squares = [shapely.transform(p, lambda xy: xy) for p in county.polygons]
    blocks = gpd.GeoDataFrame(
        {"block_id": IDS, "einwohner": 1000, "ags": [m for m in ("West", "West", "Ost", "Ost") * 3]},
        geometry=squares, crs=25832,
    )  # fmt: skip
    blocks.to_file(folder / "kreis.gpkg", layer="blocks", driver="GPKG")
    counts = gpd.pd.DataFrame(
        {"block_id": IDS, "stichtag": DATE, "EIN02_num": [2 if i == "00" else 40 for i in IDS], "EIN02_den": 300}
    )
    gpd.GeoDataFrame(counts, geometry=[None] * len(IDS), crs=25832).to_file(
        folder / "kreis.gpkg", layer="counts", driver="GPKG"
    )
    plan = [f"{i},{r}" for i, r in zip(IDS, START.labels, strict=True)]
    (folder / "plan.csv").write_text("\n".join(["block_id,region", *plan]), encoding="utf-8")
    ages = [f"{i};{a};{n};200" for i in IDS for a, n in (("0-64", 8), ("65+", 20))]
    (folder / "alter.csv").write_text("\n".join(["block_id;altersgruppe;faelle;personen", *ages]), encoding="utf-8")
    create_project(folder / "projekt.gpkg", county).close()
    return folder


def command(name: str, folder: Path, out: Path) -> list[str]:
    """How a command is called for the figures of the small county."""
    kreis, plan = str(folder / "kreis.gpkg"), str(folder / "plan.csv")
    return {
        "indicators": [name, kreis, "--plan", plan, "--out", str(out / "tabellen")],
        "standardize": [name, str(folder / "alter.csv"), "--plan", plan, "--out", str(out / "raten.csv")],
        "profile": [name, kreis, "--plan", plan, "--region", "1", "--out", str(out / "profil.pdf")],
    }[name]


def releases(folder: Path) -> tuple[Release, ...]:
    project = open_project(folder / "projekt.gpkg")
    try:
        return project.store.ledger().releases
    finally:
        project.close()


def figure_commands() -> list[str]:
    return [name for name, what in COMMANDS.items() if what == "figures"]


def test_every_command_says_what_it_hands_out_and_those_with_figures_have_the_options_of_the_door() -> None:
    assert set(ROOMS) == set(COMMANDS)
    for name, (room, function, _) in ROOMS.items():
        options = set(inspect.signature(getattr(import_module(room), function)).parameters)
        assert ({"release", "project"} <= options) is (COMMANDS[name] == "figures"), name


@pytest.mark.parametrize("name", figure_commands())
def test_a_command_enters_its_figures_into_the_list_of_the_project(name: str, files: Path, tmp_path: Path) -> None:
    before = len(releases(files))
    called = [*command(name, files, tmp_path), "--release", "--project", str(files / "projekt.gpkg")]
    result = CliRunner().invoke(app, called)
    assert result.exit_code == 0, result.output
    new = releases(files)[before:]
    assert [(e.occasion.audience, e.occasion.purpose) for e in new] == [("public", f"raumwerk {name}")]
    assert any(tmp_path.rglob("*.*")) and new[0].figures


@pytest.mark.parametrize("name", figure_commands())
def test_without_a_project_a_command_says_that_no_list_was_asked(name: str, files: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [*command(name, files, tmp_path), "--release"])
    assert result.exit_code == 0 and "kein Freigabeverzeichnis befragt" in result.output
    inside = CliRunner().invoke(app, command(name, files, tmp_path))
    assert inside.exit_code == 0 and "Freigabeverzeichnis" not in inside.output


@pytest.mark.parametrize("name", figure_commands())
def test_a_project_of_another_county_is_refused_and_nothing_is_written(name: str, files: Path, tmp_path: Path) -> None:
    other = [f"Z{i},{r}" for i, r in zip(IDS, START.labels, strict=True)]
    for file in ("plan.csv", "alter.csv"):
        content = (files / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(content.replace("\n", "\nZ"), encoding="utf-8")
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines()[1:] == other
    blocks, counts = (gpd.read_file(files / "kreis.gpkg", layer=layer) for layer in ("blocks", "counts"))
    for layer, frame in (("blocks", blocks), ("counts", counts)):
        frame["block_id"] = "Z" + frame["block_id"]
        gpd.GeoDataFrame(frame, geometry=frame.get("geometry", [None] * len(frame)), crs=25832).to_file(
            tmp_path / "kreis.gpkg", layer=layer, driver="GPKG"
        )
    out = tmp_path / "aus"
    called = [*command(name, tmp_path, out), "--release", "--project", str(files / "projekt.gpkg")]
    result = CliRunner().invoke(app, called)
    assert result.exit_code == 2 and "kennt die Projektdatei nicht" in result.output
    assert not out.exists()


@pytest.mark.parametrize("name", figure_commands())
def test_a_project_that_is_missing_is_said_in_german(name: str, files: Path, tmp_path: Path) -> None:
    called = [*command(name, files, tmp_path / "aus"), "--release", "--project", str(tmp_path / "nirgends.gpkg")]
    result = CliRunner().invoke(app, called)
    assert result.exit_code == 2 and "Die Projektdatei gibt es nicht" in result.output
    assert not (tmp_path / "aus").exists()


def test_a_profile_beside_an_earlier_release_hides_what_both_together_would_tell(files: Path, tmp_path: Path) -> None:
    """Block 00 has two poor children. Region 1 was released; now region 1 without that block is asked for."""
    project = str(files / "projekt.gpkg")
    CliRunner().invoke(app, [*command("indicators", files, tmp_path), "--release", "--project", project])
    moved = ["block_id,region", *(f"{i},{2 if i == '00' else r}" for i, r in zip(IDS, START.labels, strict=True))]
    (tmp_path / "plan.csv").write_text("\n".join(moved), encoding="utf-8")
    out = tmp_path / "profil.html"
    called = ["profile", str(files / "kreis.gpkg"), "--plan", str(tmp_path / "plan.csv"), "--region", "1"]
    alone = CliRunner().invoke(app, [*called, "--out", str(out), "--release"])
    assert alone.exit_code == 0 and "13,3" in out.read_text()
    beside = CliRunner().invoke(app, [*called, "--out", str(out), "--release", "--project", project])
    assert beside.exit_code == 0 and "weitere Zellen bleiben geheim" in beside.output
    assert "13,3" not in out.read_text()


# Modules of the app with a download button, and what leaves by it.
DOWNLOADS = MappingProxyType(
    {
        "ui/indicator_release.py": "figures, and the list of releases itself, which holds no value",
        "ui/pages/sozialraumprofil.py": "figures",
        "ui/proposal_views.py": "the Quartier of each block",
        "ui/pages/export.py": "the plan; residents of blocks, marked vertraulich",
        "ui/data_views/service_view.py": "a layer as the service gave it",
        "ui/data_views/address_view.py": "addresses with their region",
        "ui/data_views/crosswalk_view.py": "a table the person has uploaded, on other boundaries",
        "ui/data_views/block_making_view.py": "blocks from official data",
    }
)


def downloads() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("download_button", "link_button"):
                yield path.relative_to(ROOT).as_posix(), node


def test_every_download_of_the_app_is_known() -> None:
    """The browser tests click on those with figures and look for them in the list of releases."""
    assert {path for path, _ in downloads()} == set(DOWNLOADS)


def test_the_app_hides_the_ways_beside_the_door_that_tables_and_charts_bring_along() -> None:
    """Streamlit's tables offer a CSV, its charts a picture and an editor on a foreign server."""
    theme = (ROOT / "ui" / "theme.css").read_text(encoding="utf-8")
    assert "Download as CSV" in theme and ".vega-embed details" in theme
