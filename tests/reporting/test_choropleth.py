"""Maps of indicators: classes, colours, and three different ways to show that there is no class."""

import importlib.util
import re
import warnings
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from indicators.catalogue import standard_catalogue
from indicators.compute import indicator_table
from indicators.counts import CellState, CountTable
from indicators.disclosure import ReleasedTable, released_table
from reporting.choropleth import Classing, choropleth
from reporting.class_breaks import METHODS, class_breaks
from reporting.palettes import MISSING, SECRET, ZERO, luminance, ramp, ramp_around
from reporting.text_de.findings_indicators import SENTENCES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "indicators"


def table() -> ReleasedTable:
    num = np.array([0, 2, 60, 90, 120, np.nan])
    values = np.column_stack([num, np.full(6, 500.0)]).reshape(6, 1, 1, 2)
    states = np.where(np.isnan(values), CellState.MISSING, CellState.KNOWN).astype(np.uint8)
    counts = CountTable(tuple("123456"), ("EIN02",), ("2022-12-31",), values, states)
    figures = indicator_table(standard_catalogue().only(["EIN02"]), counts)
    return released_table(figures, np.array([0, 1, 0, 0, 0, 0], dtype=bool).reshape(6, 1, 1), audience="public")


def test_zero_secret_and_missing_are_drawn_differently_and_are_no_class() -> None:
    drawn = choropleth(table(), "EIN02", date="2022-12-31", classing=Classing(classes=3))
    colours = [drawn.palette[i] for i in drawn.fill]
    assert (colours[0], colours[1], colours[5]) == (ZERO, SECRET, MISSING)
    assert len(set(colours)) == 6 and len(drawn.breaks) == 3


def test_the_legend_counts_the_areas_and_the_tooltip_of_a_secret_area_says_nothing_else() -> None:
    drawn = choropleth(table(), "EIN02", date="2022-12-31")
    assert [text.rsplit("· ", 1)[1] for _, text in drawn.legend] == ["1 Raum"] * 6
    assert drawn.tooltips[1] == "Raum 2\n. (geheim zu halten)"
    assert drawn.tooltips[2].startswith("Raum 3\n12,0")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_puts_every_value_into_one_class_in_order(method: str) -> None:
    values = np.random.default_rng(1).gamma(2, 3, 60)
    breaks = class_breaks(values, method, classes=5, fixed=(2.0, 6.0))  # type: ignore[arg-type]
    assert sum(breaks.counts) == 60 and list(breaks.bounds) == sorted(breaks.bounds)
    order = np.argsort(values)
    assert (np.diff(breaks.classes[order]) >= 0).all()
    for i, c in enumerate(breaks.classes):
        assert breaks.bounds[c] <= values[i] <= breaks.bounds[c + 1]


def test_equal_values_make_one_class_and_no_values_none() -> None:
    assert len(class_breaks(np.full(5, 3.0), "natural")) == 1
    assert len(class_breaks(np.array([np.nan, np.nan]))) == 0


@pytest.mark.parametrize("name", ["burden", "better", "context"])
def test_ramps_get_darker_step_by_step_so_that_they_read_in_grey(name: str) -> None:
    for classes in range(2, 9):
        shades = [luminance([int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)]) for c in ramp(name, classes)]
        assert all(a > b for a, b in pairwise(shades))


def test_the_pages_of_the_indicators_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [n for n, content in module.pages().items() if (DOCS / n).read_text(encoding="utf-8") != content]
    assert not stale, "python docs/indicators/generate.py ausführen"
    assert {p.name for p in DOCS.glob("*.md")} == set(module.pages())


def test_every_finding_about_indicators_has_a_german_sentence() -> None:
    root = Path(__file__).resolve().parents[2]
    modules = [
        *root.glob("indicators/*.py"),
        root / "workspace/index_action.py",
        root / "workspace/indicator_actions.py",
    ]
    modules += [root / "workspace/release.py"]
    codes = {c for m in modules for c in re.findall(r'Finding\(\s*"([a-z_.]+)"', m.read_text(encoding="utf-8"))}
    codes |= {c for m in modules for c in re.findall(r'"((?:counts|catalogue|index)\.[a-z_.]+)"', m.read_text("utf-8"))}
    codes = {c for c in codes if not c.startswith(("read.", "output.", "table.", "plan.", "catalogue.toml"))}
    assert codes - SENTENCES.keys() == set()


def test_where_most_values_are_equal_there_are_fewer_classes_and_no_warning_in_the_log() -> None:
    """Fifty blocks without a case: asked for five quantiles, mapclassify itself would complain on the server's log."""
    values = np.array([0.0] * 50 + [1.0, 2.0, 3.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        breaks = class_breaks(values, "quantile", classes=5)
    assert breaks.bounds == (0.0, 0.0, 3.0) and breaks.counts == (50, 3)


def test_standard_deviations_are_neutral_around_the_mean_and_red_where_it_is_unfavourable() -> None:
    assert ramp_around(1, 3) == (ramp("diverging", 7)[1], "#ffffbf", ramp("diverging", 7)[5])
    assert ramp_around(0, 3)[0] == "#ffffbf"  # nobody far below: the lowest class holds the mean
    assert ramp_around(1, 3, higher_is_better=True) == ramp_around(1, 3)[::-1]
