"""Our engine beside the known tools on the same counties in one run: python -m benchmarks.engine [blocks …]."""

from __future__ import annotations

import argparse
import multiprocessing
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.engine_instance import synthetic
from benchmarks.peers.regionalizers import Run, max_p, metis, recursive_tree, skater, ward
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.scores import plan_scores
from regionalization.warm_up import warm_up
from spatial.connectivity import is_contiguous
from spatial.plan import Plan

SIZES = (500, 2_000, 10_000)
LIMIT_S, STARTING_S = 60.0, 20.0  # of a tool, after which it is stopped and said to be too slow; to start it beside


def ours(compactness: float, effort: float, method: str = "annealing") -> Callable[[Problem], Run]:
    """Our engine with stated weights, two threads, no settlement cohesion (the others have none)."""

    def run(problem: Problem) -> Run:
        warm_up()
        parameters = Parameters(compactness=compactness, cohesion=0.0, effort=effort, threads=2)
        proposal = propose(problem, method=method, parameters=parameters, seed=1)
        return proposal.plan.labels, proposal.solve_s

    return run


TOOLS: dict[str, Callable[[Problem], Run]] = {
    "Raumwerk, first plan (λ = 0.05)": ours(0.05, 1.0, "tree"),
    "Raumwerk, λ = 0": ours(0.0, 1.0),
    "Raumwerk, λ = 0.15": ours(0.15, 1.0),
    "Raumwerk, λ = 0.3, half the effort": ours(0.3, 0.5),
    "METIS, border length": metis,
    "scikit-learn Ward, contiguity": ward,
    "pygeoda SKATER": skater,
    "gerrychain recursive tree": recursive_tree,
    "spopt Max-p": max_p,
}


def main() -> None:
    """Print one table per county size; a tool over the limit is not asked for larger counties."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--limit", type=float, default=LIMIT_S, help="seconds each tool gets on each county")
    wanted = parser.parse_args()
    print("| blocks | tool | seconds | regions | in band | contiguous | SSD ratio | Polsby–Popper |")
    print("|--:|:--|--:|--:|--:|:--|--:|--:|")
    slow: set[str] = set()
    for n in wanted.sizes:
        problem = synthetic(n)
        for name in TOOLS:
            row = None if name in slow else _row(problem, name, wanted.limit)
            slow |= {name} if row is None else set()
            print(f"| {n:,} | {name} | {row or f'> {wanted.limit:.0f} | – | – | – | – | –'} |", flush=True)


def _row(problem: Problem, name: str, limit_s: float) -> str | None:
    """The figures of one tool in a process of its own; None where it took longer than the limit."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_worker, args=(problem, name, sender))
    process.start()
    sender.close()
    try:
        found = receiver.recv() if receiver.poll(limit_s + STARTING_S) else None
    except EOFError:
        return "failed | – | – | – | – | –"
    finally:
        process.kill()
        process.join()
    return None if found is None else _figures(problem, *found)


def _figures(problem: Problem, labels: np.ndarray, seconds: float) -> str:
    plan = Plan(np.unique(labels, return_inverse=True)[1].astype(np.int32))
    scores = plan_scores(plan, problem)
    whole = "yes" if is_contiguous(plan.labels, problem.contiguity) else "no"
    share = scores["in_band_regions"] / scores["regions"]
    figures = f"{scores['ssd_ratio']:.3f} | {scores['polsby_popper']:.3f}"
    return f"{seconds:.3f} | {scores['regions']:.0f} | {share:.0%} | {whole} | {figures}"


def _worker(problem: Problem, name: str, sender: Any) -> None:
    warnings.simplefilter("ignore")
    sender.send(TOOLS[name](problem))


if __name__ == "__main__":
    main()
