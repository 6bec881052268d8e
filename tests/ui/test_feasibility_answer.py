"""The page „Vorgaben“ says whether it is possible, and counts only municipalities that exist."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def _page(borders: str) -> None:
    import numpy as np

    from regionalization.constraints import Constraints
    from regionalization.population_target import PopulationTarget
    from tests.workspace.small_county import small_county
    from ui.pages import vorgaben
    from workspace.workspace import Settings, Workspace

    assert np.sum(small_county().blocks.population) == 7_800
    demands = Settings(PopulationTarget(8_000, 9_000, 10_000), Constraints(municipal_borders=borders))
    vorgaben._feasibility(Workspace(small_county(), demands))


def answer(borders: str) -> Any:
    drawn = AppTest.from_function(_page, kwargs={"borders": borders}).run(timeout=30)
    (warning,) = drawn.warning
    return warning.value


def test_with_hard_borders_the_municipalities_are_counted() -> None:
    assert "In 2 von 2 Gemeinden" in answer("hard")


@pytest.mark.parametrize("borders", ["soft", "none"])
def test_with_open_borders_no_municipality_is_counted(borders: str) -> None:
    said = answer(borders)
    assert "Gemeinden" not in said and "Mindestens ein Raum liegt außerhalb des Einwohnerziels" in said
