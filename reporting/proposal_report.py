"""The report of a proposal as one dictionary: what ``report.json`` holds and the screens show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any

from regionalization.cut_measures import cut_places
from regionalization.explain import Explanation, explain
from regionalization.problem import Problem
from regionalization.proposal import Proposal
from regionalization.scores import RegionScore, region_scores
from regionalization.violation import Violation
from reporting.text_de.proof import proof_sentences, stop_sentence
from reporting.text_de.rules import (
    cut_place_sentence,
    explanation_sentences,
    note_sentences,
    remedy_sentence,
    violation_sentence,
)


def proposal_report(proposal: Proposal, problem: Problem) -> dict[str, Any]:
    """Everything needed to judge and repeat a proposal, as plain JSON values.

    Returns
    -------
    keys ``method, version, seed, alternative, parameters, target, features, fingerprint, regions, violations,
    infeasibilities, explanations, scores, places_cut, notes, statements, stopped_early, timing``; only ``timing``
    differs between two runs
    """
    return {
        "method": proposal.method,
        "version": proposal.version,
        "seed": proposal.seed,
        "alternative": plain(proposal.extra),
        "parameters": plain(proposal.parameters),
        "target": plain(problem.target),
        "municipal_borders": problem.constraints.municipal_borders,
        "features": list(problem.feature_names),
        "fingerprint": proposal.fingerprint,
        "blocks": len(problem.blocks),
        "residents": int(problem.blocks.population.sum()),
        "regions": [region_row(score, problem) for score in region_scores(proposal.plan, problem)],
        "violations": violation_rows(proposal.violations, problem),
        "infeasibilities": violation_rows(proposal.infeasibilities, problem),
        "explanations": [explanation_row(e) for e in explain(proposal.plan, problem)],
        "scores": plain(proposal.scores),
        "places_cut": [{**plain(p), "message": cut_place_sentence(p)} for p in cut_places(proposal.plan, problem)],
        "notes": list(proposal.notes),
        "proof": plain(proposal.proof),
        "stopped_early": proposal.stopped_early,
        "stopped_by": proposal.stopped_by,
        "statements": _statements(proposal),
        "timing": {"solve_s": round(proposal.solve_s, 4)},
    }


def _statements(proposal: Proposal) -> list[str]:
    said = (stop_sentence(proposal), *note_sentences(proposal.notes), *proof_sentences(proposal.proof))
    return [sentence for sentence in said if sentence]


def region_row(score: RegionScore, problem: Problem) -> dict[str, Any]:
    """One region with residents, municipality, deviation, compactness and whether it is in the band."""
    names = {m.key: m.name for m in problem.blocks.municipalities}
    row: dict[str, Any] = plain(score)
    row["municipality"] = ", ".join(names[key] for key in score.municipalities)
    return row


def explanation_row(explanation: Explanation) -> dict[str, Any]:
    """Why a region is as it is: what binds it, which block would help, and the sentences."""
    return {
        "region": explanation.score.region,
        "binding": list(explanation.binding),
        "offer": plain(explanation.offer),
        "sentences": list(explanation_sentences(explanation)),
    }


def violation_rows(violations: Iterable[Violation], problem: Problem) -> list[dict[str, Any]]:
    """Violations with their German sentences and remedies."""
    names = {m.key: m.name for m in problem.blocks.municipalities}
    return [violation_row(violation, names) for violation in violations]


def violation_row(violation: Violation, names: Mapping[str, str]) -> dict[str, Any]:
    """One violation as plain values with its sentence."""
    row: dict[str, Any] = plain(violation)
    row["municipality_name"] = names.get(violation.municipality, violation.municipality)
    row["message"] = violation_sentence(violation, names)
    row["remedies"] = [
        {
            "code": r.code,
            "values": plain(r.values),
            "message": remedy_sentence(r, names, only_in=violation.municipality),
        }
        for r in violation.remedies
    ]
    return row


def plain(value: Any) -> Any:
    """Plain JSON values of a record, mapping, sequence, array or number; not finite becomes None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(getattr(value, key)) for key in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
