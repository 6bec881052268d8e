"""Explanations, scores and the sentences made of them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from regionalization.alternatives import STRENGTHS
from regionalization.explain import explain
from regionalization.methods.registry import METHODS
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.scores import plan_scores, region_scores
from reporting.text_de import rules
from spatial.plan import Plan
from tests.regionalization.grid_county import counties, drawn, squares

ENGINE = Path(__file__).parents[2] / "regionalization"


def test_a_region_that_is_the_whole_municipality_says_so() -> None:
    problem = drawn("AAABBBBB\n")
    first, second = explain(propose(problem).plan, problem)
    assert first.binding == ("whole_municipality",)
    assert second.score.in_band


def test_the_offered_block_brings_the_region_into_the_band() -> None:
    problem = drawn("AAAAAAAAAA\n")
    explanation = explain(Plan(np.array([1, 1, 1, 2, 2, 2, 2, 2, 2, 2])), problem)[0]
    assert explanation.offer is not None
    assert (explanation.offer.block, explanation.offer.after, explanation.offer.both_in_band) == ("00-03", 400, True)
    assert "Block „00-03“" in " ".join(rules.explanation_sentences(explanation))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(problem=counties(borders="none"))
def test_area_and_perimeter_of_a_region_are_those_of_its_united_polygon(problem: Problem) -> None:
    plan = propose(problem, parameters=Parameters(effort=0.05)).plan
    cells = [tuple(int(x) for x in block.split("-")) for block in problem.blocks.ids]
    shapes = squares(cells)  # type: ignore[arg-type]
    for score in region_scores(plan, problem):
        united = shapely.union_all(shapes[plan.labels == score.region])
        assert score.area_m2 == pytest.approx(united.area)
        assert score.perimeter_m == pytest.approx(united.length)


def test_the_sum_of_squares_is_that_of_the_textbook() -> None:
    problem = drawn("AAAA\n")
    with_feature = Problem(
        problem.blocks, problem.contiguity, problem.target, problem.constraints, [[1.0], [3.0], [5.0], [7.0]], ("x",)
    )
    # means 2 and 6, squares 4 inside, 20 over all
    assert plan_scores(Plan(np.array([1, 1, 2, 2])), with_feature)["ssd_ratio"] == pytest.approx(4 / 20)


def test_every_rule_reason_remedy_and_method_has_its_german_sentence() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py"))
    remedies = set(re.findall(r'Remedy\(\s*"(\w+)"', source))
    rule_codes = set(re.findall(r'Violation\(\s*(?:rule=)?"(\w+)"', source))
    known = {name.removesuffix("_minimum").removesuffix("_maximum") for name in rules.REMEDIES}
    assert remedies <= known
    assert rule_codes <= set(rules.RULES)
    assert set(METHODS) <= set(rules.METHODS)
    assert {code for code, _ in STRENGTHS.values()} == set(rules.STRENGTHS)


def test_the_engine_finding_codes_all_have_their_german_sentence() -> None:
    from reporting.text_de.findings import SENTENCES

    source = "\n".join(path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py"))
    assert set(re.findall(r'Finding\(\s*"([\w.]+)"', source)) <= set(SENTENCES)
