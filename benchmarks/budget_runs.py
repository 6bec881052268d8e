"""What every row of the budgets needs: the counties, the judge, the seeds, and one timed proposal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.budget_counties import County
from benchmarks.budget_judge import Judge
from regionalization.problem import Problem
from regionalization.proposal import Parameters, Proposal
from regionalization.propose import propose


@dataclass(frozen=True)
class Bench:
    """Where the rows get what they measure with.

    Attributes
    ----------
    county : from a name to a county
    judge : scores labels independently of the engine
    seeds : of which medians are taken
    harness : folder of the peers' harness, None = our own judge and our own proofs
    data : folder of real data (Heinsberg), which may not exist
    recom_s : seconds ReCom gets, None = it is not run
    scratch : for files of fresh processes
    """

    county: Callable[[str], County]
    judge: Judge
    seeds: tuple[int, ...]
    harness: Path | None
    data: Path
    recom_s: float | None
    scratch: Path


@dataclass(frozen=True)
class Row:
    """One budget: what must hold, what was measured, and whether it holds; None = not or only partly measured."""

    code: str
    budget: str
    measured: str
    met: bool | None


def timed(problem: Problem, seed: int, parameters: Parameters, method: str = "annealing") -> tuple[Proposal, float]:
    """A proposal and the CPU seconds it took with everything around it (preparing, judging, fingerprint)."""
    started = time.process_time()
    proposal = propose(problem, method=method, parameters=parameters, seed=seed)
    return proposal, time.process_time() - started


def median(values: Iterable[float]) -> float:
    """The median, as a float."""
    return float(statistics.median(list(values)))


def joined(parts: Iterable[tuple[str, bool | None]]) -> tuple[str, bool | None]:
    """Texts and verdicts of the parts of a row as one; a miss decides, then a part that could not be measured."""
    texts, verdicts = zip(*parts, strict=True)
    met = False if False in verdicts else None if None in verdicts else True
    return "; ".join(texts), met
