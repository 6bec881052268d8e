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
from regionalization.identity import VERSION, problem_fingerprint
from regionalization.problem import Problem
from regionalization.proof import Proof
from regionalization.proposal import Parameters, Proposal
from spatial.fingerprint import digest
from spatial.plan import Plan

KEY = "proposals"
ON_TABLE = "proposal_on_table"
_PLAIN = ("method", "version", "seed", "fingerprint", "solve_s", "stopped_early", "stopped_by")


def proposals_record(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The proposals as JSON values; what is broken is left out, the judge says it again."""
    return [_record(proposal) for proposal in proposals]


def proposals_from_record(records: Sequence[Mapping[str, Any]], problem: Problem) -> tuple[Proposal, ...]:
    """The proposals back, best first; none where they were made for other demands, another county or by another engine.

    Parameters
    ----------
    records : from ``proposals_record``; one that cannot be read is left out
    problem : the task as it stands now; only proposals that answer it come back

    >>> proposals_from_record([], problem=None)
    ()
    """
    if not _are_of_now(records, problem):
        return ()
    impossible = feasibility(problem)
    read = (_read(record, problem, impossible) for record in records)
    return tuple(proposal for proposal in read if proposal is not None)


def label_digest(proposal: Proposal) -> str:
    """By what a proposal is found again, in whatever list it stands."""
    return digest(proposal.plan.labels.astype("<i4"))


def number_on_table(kept: Sequence[Proposal], named: object) -> int | None:
    """Which of the kept proposals was left on the table; None where it is none of them.

    Parameters
    ----------
    named : what the project file says, a ``label_digest``

    >>> number_on_table([], 4) is None
    True
    """
    return next((i for i, proposal in enumerate(kept) if label_digest(proposal) == named), None)


def _are_of_now(records: Any, problem: Problem) -> bool:
    """Do they all answer this task, and were they made by the engine as it is?"""
    if not isinstance(records, (list, tuple)) or not records:
        return False
    if not all(isinstance(record, Mapping) for record in records):
        return False
    made = [(record.get("version"), record.get("fingerprint")) for record in records]
    return all(version == VERSION for version, _ in made) and {f for _, f in made} == {problem_fingerprint(problem)}


def _read(record: Mapping[str, Any], problem: Problem, impossible: tuple[Any, ...]) -> Proposal | None:
    """One proposal; None where its record was written by another hand or is damaged."""
    try:
        proposal = _proposal(record, problem, impossible)
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error):
        return None
    return proposal


def _record(proposal: Proposal) -> dict[str, Any]:
    return {
        **{name: getattr(proposal, name) for name in _PLAIN},
        "labels": base64.b64encode(zlib.compress(proposal.plan.labels.astype("<i4").tobytes())).decode("ascii"),
        "parameters": asdict(proposal.parameters),
        "scores": {name: float(value) for name, value in proposal.scores.items()},
        "proof": None if proposal.proof is None else asdict(proposal.proof),
        "notes": list(proposal.notes),
        "extra": {**proposal.extra, "strengths": list(proposal.extra.get("strengths", ()))},
    }


def _proposal(record: Mapping[str, Any], problem: Problem, impossible: tuple[Any, ...]) -> Proposal:
    labels = np.frombuffer(zlib.decompress(base64.b64decode(record["labels"])), dtype="<i4").astype(np.int32)
    if len(labels) != len(problem.blocks):
        raise ValueError("plan of another county")
    plan = Plan(labels)
    known = {field.name for field in fields(Parameters)}
    return Proposal(
        plan=plan,
        parameters=Parameters(**{name: v for name, v in record["parameters"].items() if name in known}),
        scores={name: float(value) for name, value in record["scores"].items()},
        violations=check(plan, problem),
        infeasibilities=impossible,
        proof=None if record["proof"] is None else Proof(**record["proof"]),
        notes=tuple(record["notes"]),
        extra={**record["extra"], "strengths": tuple(record["extra"]["strengths"])},
        **{name: record[name] for name in _PLAIN},
    )
