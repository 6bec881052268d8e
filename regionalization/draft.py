"""From a problem to one proposal: prepare, search every part, number, judge."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from regionalization.check import check
from regionalization.energy_weights import energy_weights
from regionalization.feasibility import prepared_feasibility
from regionalization.identity import VERSION, problem_fingerprint
from regionalization.methods.annealing import SearchOrder, search
from regionalization.methods.registry import METHODS, Method
from regionalization.numbering import numbered
from regionalization.parts import Part, parts_of
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proposal import Parameters, Proposal
from regionalization.scores import prepared_scores
from regionalization.search_graph import search_graph
from spatial.arrays import LabelArray
from spatial.errors import Finding, InputError
from spatial.plan import Plan


def draft(
    problem: Problem,
    *,
    method: str,
    parameters: Parameters,
    seed: int,
    watch: Watch | None,
) -> Proposal:
    """See ``regionalization.propose.propose``."""
    started = time.perf_counter()
    if method not in METHODS:
        raise InputError(Finding("propose.method.unknown", where=(method,), values={"known": tuple(METHODS)}))
    prepared = prepare(problem)
    progress = Progress(watch)
    labels = _solve(prepared, METHODS[method], (parameters, seed), progress)
    plan = Plan(_in_callers_order(prepared, numbered(prepared, labels)))
    solved = time.perf_counter() - started
    return Proposal(
        plan=plan,
        method=method,
        version=VERSION,
        parameters=parameters,
        seed=seed,
        scores=prepared_scores(prepared, plan.labels[prepared.order], parameters),
        violations=check(plan, problem),
        infeasibilities=prepared_feasibility(prepared),
        fingerprint=problem_fingerprint(problem),
        solve_s=solved,
        stopped_early=progress.stopped,
        notes=_notes(prepared),
    )


def _solve(prepared: Prepared, method: Method, choice: tuple[Parameters, int], progress: Progress) -> LabelArray:
    """Labels 0… in canonical block order; parts are searched independently, so they may run side by side."""
    parameters, _ = choice
    parts = parts_of(prepared)
    weights = energy_weights(prepared, parameters, sum(p.count for p in parts))
    labels = np.zeros(len(prepared.blocks), dtype=np.int32)
    first = np.concatenate([[0], np.cumsum([p.count for p in parts])])
    sizes = np.array([len(p.blocks) if p.count > 1 else 1 for p in parts], dtype=np.float64)

    def one(part: Part) -> LabelArray:
        graph, node = search_graph(prepared, part)
        order = SearchOrder(
            graph=graph,
            bands=np.tile([float(part.target.minimum), float(part.target.maximum)], (part.count, 1)),
            weights=weights._replace(target=float(max(part.target.target, 1))),
            key=prepared.blocks.ids[int(part.blocks[0])],
            seed=choice[1],
            effort=parameters.effort * method.effort,
        )
        share = sizes[part.number] / sizes.sum()
        found: LabelArray = search(order, progress.of_part(part.number, share))[node]
        return found

    for part, found in zip(parts, _run(one, parts, parameters.threads), strict=True):
        labels[part.blocks] = found + first[part.number]
    return labels


def _run(one: Callable[[Part], LabelArray], parts: tuple[Part, ...], threads: int) -> list[LabelArray]:
    if threads <= 1 or len(parts) == 1:
        return [one(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, parts))


def _in_callers_order(prepared: Prepared, labels: LabelArray) -> LabelArray:
    result = np.empty_like(labels)
    result[prepared.order] = labels
    return result


def _notes(prepared: Prepared) -> tuple[str, ...]:
    notes = []
    if not prepared.standardised.any():
        notes.append("no_features")
    if not prepared.blocks.population.any():
        notes.append("no_residents")
    return tuple(notes)
