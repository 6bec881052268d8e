"""Where the real data lies, and the county every test may share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder with real data: ``RAUMWERK_DATA`` or ``../shared/data`` beside the checkout."""
    return Path(os.environ.get("RAUMWERK_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The real data, or a skip that says what is missing."""
    folder = data_folder()
    if not folder.is_dir():
        pytest.skip(f"echte Daten fehlen: {folder} (RAUMWERK_DATA zeigt woandershin)")
    return folder


@pytest.fixture(scope="session")
def musterkreis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded county as a file, written once per run."""
    from geodata.sample import write_sample

    return write_sample(tmp_path_factory.mktemp("musterkreis"))
