"""What the machine proposed, as plain values for the project file, and back (Vorschläge): a reload loses no search."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.identity import problem_fingerprint
from regionalization.problem import Problem
from regionalization.proof import Proof
from regionalization.proposal import Parameters, Proposal
from spatial.plan import Plan

KEY = "proposals"
ON_TABLE = "proposal_on_table"
_PLAIN = ("method", "version", "seed", "fingerprint", "solve_s", "stopped_early", "stopped_by")


def proposals_record(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The proposals as JSON values; what is broken is left out, the judge says it again."""
    return [_record(proposal) for proposal in proposals]


def proposals_from_record(records: Sequence[Mapping[str, Any]], problem: Problem) -> tuple[Proposal, ...]:
    """The proposals back, best first; none where they were made for other demands or another county.

    Parameters
    ----------
    records : from ``proposals_record``
    problem : the task as it stands now; only proposals that answer it come back

    >>> proposals_from_record([], problem=None)
    ()
    """
    if not records or {record.get("fingerprint") for record in records} != {problem_fingerprint(problem)}:
        return ()
    impossible = feasibility(problem)
    return tuple(_proposal(record, problem, impossible) for record in records)


def _record(proposal: Proposal) -> dict[str, Any]:
    return {
        **{name: getattr(proposal, name) for name in _PLAIN},
        "labels": base64.b64encode(zlib.compress(proposal.plan.labels.astype("<i4").tobytes())).decode("ascii"),
        "parameters": asdict(proposal.parameters),
        "scores": {name: float(value) for name, value in proposal.scores.items()},
        "proof": None if proposal.proof is None else asdict(proposal.proof),
        "notes": list(proposal.notes),
        "strengths": list(proposal.extra.get("strengths", ())),
    }


def _proposal(record: Mapping[str, Any], problem: Problem, impossible: tuple[Any, ...]) -> Proposal:
    labels = np.frombuffer(zlib.decompress(base64.b64decode(record["labels"])), dtype="<i4").astype(np.int32)
    plan = Plan(labels)
    known = {field.name for field in fields(Parameters)}
    return Proposal(
        plan=plan,
        parameters=Parameters(**{name: v for name, v in record["parameters"].items() if name in known}),
        scores=record["scores"],
        violations=check(plan, problem),
        infeasibilities=impossible,
        proof=None if record["proof"] is None else Proof(**record["proof"]),
        notes=tuple(record["notes"]),
        extra={"strengths": tuple(record["strengths"])},
        **{name: record[name] for name in _PLAIN},
    )
