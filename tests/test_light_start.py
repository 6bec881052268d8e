"""A fresh process loads what its work needs and not the whole house; counted in libraries, not in seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "regionalization.propose": ("pandas", "geopandas", "shapely", "highspy", "scipy.sparse", "scipy.optimize"),
    "cli.regions": ("statsmodels", "scipy.stats", "matplotlib", "sklearn", "sqlalchemy", "openpyxl", "esda", "highspy"),
    "cli": ("cli.monitoring", "cli.regions", "cli.official_files", "workspace.actions", "sqlalchemy", "statsmodels"),
}


@pytest.mark.parametrize("module", HEAVY)
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str) -> None:
    said = f"import json, sys, {module}; print(json.dumps([m for m in {HEAVY[module]!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
