"""What the engine says to the plan being edited: warnings with their place, repairs, and how to split a region."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from regionalization.check import check
from regionalization.problem import Problem
from regionalization.repair import Repair, suggest_repairs
from regionalization.scores import region_scores
from reporting.text_de import editor as text
from reporting.text_de.rules import violation_sentence
from ui.editor.open_projects import OpenProject
from ui.editor.wire import runs_from_positions
from workspace.desk import Desk
from workspace.split_suggestion import split_suggestion as suggested_blocks


def warnings(project: OpenProject, desk: Desk) -> dict[str, Any]:
    """All broken rules of the plan as it stands, and the homogeneity of each region."""
    draft, problem = desk.draft, problem_of(project)
    names = {m.key: m.name for m in problem.blocks.municipalities}
    rows = [
        {
            "rule": v.rule,
            "region": -1 if v.region is None else v.region,
            "blocks": runs_from_positions(draft.index[i] for i in v.blocks),
            "sentence": violation_sentence(v, names),
            "unavoidable": v.unavoidable,
        }
        for v in check(draft.plan, problem)
    ]
    scores = region_scores(draft.plan, problem)
    alike = {str(s.region): round(s.homogeneity, 3) for s in scores if math.isfinite(s.homogeneity)}
    return {"revision": draft.revision, "warnings": rows, "homogeneity": alike}


def repairs(project: OpenProject, desk: Desk) -> dict[str, Any]:
    """Up to three ways to put the plan right, the smallest intervention first; locked regions stay."""
    draft = desk.draft
    found = suggest_repairs(draft.plan, problem_of(project), locked=sorted(draft.locked))
    return {"repairs": [_repair_row(repair, draft.index) for repair in found]}


def _repair_row(repair: Repair, index: Mapping[str, int]) -> dict[str, Any]:
    moves = [[edit.region, runs_from_positions(index[i] for i in edit.blocks)] for edit in repair.edits]
    left = sum(not violation.unavoidable for violation in repair.violations)
    return {"moves": moves, "sentence": text.repair_sentence(repair.code, repair.residents_moved, left)}


def split_suggestion(project: OpenProject, desk: Desk, *, region: int) -> dict[str, Any]:
    """The blocks that would leave a region for a new one."""
    draft = desk.draft
    ids = suggested_blocks(draft.plan, problem_of(project), region)
    return {"blocks": runs_from_positions(draft.index[i] for i in ids)}


def problem_of(project: OpenProject) -> Problem:
    """The task the plan is judged by: as the page set it, otherwise the county with the usual target."""
    county = project.project.county
    return project.problem or Problem(blocks=county.blocks, contiguity=county.contiguity)
