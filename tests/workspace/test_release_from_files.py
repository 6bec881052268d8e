"""Two people who release from one project at the same time: each file names its own release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indicators.catalogue import standard_catalogue
from tests.workspace.figure_county import START, figure_counts, figure_county
from workspace.figures import figures_of_plan
from workspace.project import create_project
from workspace.release import Candidate, Occasion, release_into
from workspace.release_from_files import release_from_files
from workspace.store import Store


def test_somebody_who_releases_at_the_same_time_does_not_stand_at_the_end_of_the_others_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    project.close()
    figures = figures_of_plan(standard_catalogue(), figure_counts(), START.labels)

    def two_at_once(kept: Store, candidate: Candidate, occasion: Occasion, **rest: Any) -> Any:
        own = release_into(kept, candidate, occasion, **rest)
        release_into(kept, candidate, replace(occasion, released_by="Amt B"), **rest)
        return own

    monkeypatch.setattr("workspace.release_from_files.release_into", two_at_once)
    for earlier in ([], ["Amt A", "Amt B"]):
        _, ledger, _ = release_from_files(figures, Occasion("public", "Amt A", "2026-01-01"), project=project.path)
        assert [entry.occasion.released_by for entry in ledger.releases] == [*earlier, "Amt A"]
