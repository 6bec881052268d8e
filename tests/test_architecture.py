"""The floors of the house: a module imports only from lower floors, and only the libraries of its floor."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FLOOR = {
    "spatial": 0,
    "regionalization": 1,
    "indicators": 1,
    "geodata": 2,
    "reporting": 2,
    "workspace": 3,
    "ui": 4,
    "cli": 4,
    "app": 5,
}

_SPATIAL = {"numpy", "scipy", "numba", "shapely"}
_GEODATA = {
    *_SPATIAL, "pandas", "geopandas", "pyogrio", "pyproj", "rasterio", "exactextract", "tobler", "libpysal", "owslib",
    "polars", "pyarrow", "openpyxl", "duckdb",
}  # fmt: skip
_REPORTING = {
    *_SPATIAL, "pandas", "geopandas", "folium", "branca", "matplotlib", "mapclassify", "xlsxwriter", "weasyprint",
    "jinja2", "xyzservices", "reportlab",
}  # fmt: skip
_WORKSPACE = _GEODATA | _REPORTING | {"sqlalchemy", "dask", "tomli_w"}
ALLOWED = {
    "spatial": _SPATIAL,
    "regionalization": {"numpy", "scipy", "numba", "sklearn", "highspy", "ortools"},
    "indicators": {
        "numpy", "scipy", "numba", "pandas", "statsmodels", "esda", "libpysal", "sklearn", "segregation",
        "inequality", "highspy",
    },
    "geodata": _GEODATA,
    "reporting": _REPORTING,
    "workspace": _WORKSPACE,
    "ui": _WORKSPACE | {"streamlit", "altair", "xstatic", "starlette", "uvicorn"},
    "app": {"streamlit"},
    "cli": _WORKSPACE | {"typer", "rich"},
}  # fmt: skip

MODULES = sorted(
    p.relative_to(ROOT) for p in ROOT.rglob("*.py") if p.relative_to(ROOT).parts[0].removesuffix(".py") in FLOOR
)


def imports_of(path: Path) -> set[str]:
    """Top-level names that a module imports anywhere, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def room_of(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def test_every_python_package_has_its_floor() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages <= FLOOR.keys(), f"Räume ohne Stockwerk: {packages - FLOOR.keys()}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_from_lower_floors(path: Path) -> None:
    room = room_of(path)
    upward = {name for name in imports_of(path) & FLOOR.keys() if name != room and FLOOR[name] >= FLOOR[room]}
    assert not upward, f"{path} ({room}) importiert von oben oder nebenan: {upward}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_uses_only_the_libraries_of_its_floor(path: Path) -> None:
    room = room_of(path)
    foreign = imports_of(path) - FLOOR.keys() - set(sys.stdlib_module_names) - ALLOWED[room]
    assert not foreign, f"{path} benutzt {foreign}, erlaubt sind {sorted(ALLOWED[room])}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_file_is_longer_than_four_hundred_lines(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{path} hat {lines} Zeilen, erlaubt sind 400"


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) not in ("ui", "app")], ids=str)
def test_streamlit_lives_in_the_screens_only(path: Path) -> None:
    assert "streamlit" not in imports_of(path)
