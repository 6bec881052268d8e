"""A proposal of the machine (Vorschlag): a plan with everything needed to judge and repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regionalization.progress import Stop
from regionalization.proof import Proof
from regionalization.violation import Violation
from spatial.plan import Plan


@dataclass(frozen=True)
class Parameters:
    """What steers the search beside the constraints.

    Attributes
    ----------
    compactness : λ, weight of short borders against similar blocks, ≥ 0
    cohesion : weight of not cutting through settlements, ≥ 0
    effort : 1.0 = default number of iterations; the number is fixed, so a seed gives one plan
    threads : worker threads; never changes the plan
    balance : weight of equal residents inside the band, ≥ 0; 0 = anywhere in the band is equally good
    limit_s : emergency stop in seconds, far above what a search takes; the best plan so far is delivered then and says
        so (``stopped_by``); None = no stop. It never changes a plan that was finished before.
    """

    compactness: float = 0.2
    cohesion: float = 1.0
    effort: float = 1.0
    threads: int = 1
    balance: float = 0.0
    limit_s: float | None = 120.0


@dataclass(frozen=True, eq=False)
class Proposal:
    """A plan with method, version, parameters, seed, scores, violations and input fingerprint.

    Attributes
    ----------
    plan : the regions
    method, version, parameters, seed : with the same four and the same input ``propose`` gives the same plan anywhere;
        not so for one of several alternatives, see ``extra``
    scores : measure → value over the whole plan (``energy``, ``ssd_ratio``, ``polsby_popper``, ``cut_m``, …)
    violations : what is broken, the unavoidable marked
    infeasibilities : what no plan can keep, found before solving, with remedies
    fingerprint : of the input (blocks, neighbourhood, features, target, constraints)
    solve_s : seconds from the problem to the numbered plan, no part of the identity; of several alternatives, which are
        prepared once for all, without the preparing
    stopped_early : the emergency stop or a cancel ended the search
    stopped_by : ``"cancel"`` or ``"time_limit"`` where it was stopped early, else empty
    proof : what is proven about the plan
    notes : codes of remarks
    extra : of one of several alternatives ``first_seed``, ``turn`` and ``count``: it depends on the plans found before,
        so ``propose_alternatives(count, seed=first_seed)`` with the same parameters gives all of them again; further
        ``same``, ``distance``, ``gap`` and ``strengths``, see there
    """

    plan: Plan
    method: str
    version: str
    parameters: Parameters
    seed: int
    scores: Mapping[str, float]
    violations: tuple[Violation, ...]
    infeasibilities: tuple[Violation, ...]
    fingerprint: str
    solve_s: float
    stopped_early: bool = False
    stopped_by: Stop = ""
    proof: Proof | None = None
    notes: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
