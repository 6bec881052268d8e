"""Our engine beside the known tools on the same counties in one run: python -m benchmarks.engine [blocks …]."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pymetis
from scipy.sparse import coo_array
from sklearn.cluster import AgglomerativeClustering

from benchmarks.engine_instance import synthetic
from regionalization.preparation import standardise
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.scores import plan_scores
from regionalization.warm_up import warm_up
from spatial.connectivity import is_contiguous
from spatial.plan import Plan

SIZES = (500, 2_000, 10_000)
LIMIT_S = 60.0  # after which a tool is stopped and said to be too slow, for larger counties too
TOO_SLOW = f"> {LIMIT_S:.0f} | – | – | – | – | –"
Run = tuple[np.ndarray, float]


def ours(compactness: float, effort: float, method: str = "annealing") -> Callable[[Problem], Run]:
    """Our engine with stated weights, two threads, no settlement cohesion (the others have none)."""

    def run(problem: Problem) -> Run:
        warm_up()
        parameters = Parameters(compactness=compactness, cohesion=0.0, effort=effort, threads=2)
        proposal = propose(problem, method=method, parameters=parameters, seed=1)
        return proposal.plan.labels, proposal.solve_s

    return run


def metis(problem: Problem) -> Run:
    """METIS on border lengths, contiguous parts, 15 % imbalance."""
    weights = 1 + 100 * problem.contiguity.border_m / problem.contiguity.border_m.mean()
    graph = _symmetric(problem, np.round(weights).astype(np.int64))
    people = problem.blocks.population.tolist()
    options = pymetis.Options(contig=1, ufactor=150, seed=1)
    lists = {"xadj": graph.indptr.tolist(), "adjncy": graph.indices.tolist(), "eweights": graph.data.tolist()}
    return _timed(
        lambda: pymetis.part_graph(_count(problem), **lists, vweights=people, recursive=False, options=options)[1]
    )


def ward(problem: Problem) -> Run:
    """Ward clustering with contiguity (scikit-learn); knows no residents."""
    graph, values = _symmetric(problem, np.ones(len(problem.contiguity.edges))), standardise(problem.features)
    model = AgglomerativeClustering(n_clusters=_count(problem), connectivity=graph, linkage="ward")
    return _timed(lambda: model.fit(values).labels_)


def skater(problem: Problem) -> Run:
    """SKATER with a floor of residents (pygeoda)."""
    import pandas as pd
    import pygeoda

    path = Path(tempfile.gettempdir()) / f"raumwerk_{os.getpid()}.gal"
    indptr, neighbour, _ = problem.contiguity.csr()
    with open(path, "w", encoding="ascii") as file:
        file.write(f"0 {len(indptr) - 1} blocks id\n")
        for u in range(len(indptr) - 1):
            own = neighbour[indptr[u] : indptr[u + 1]]
            file.write(f"{u} {len(own)}\n{' '.join(map(str, own))}\n")
    weights = pygeoda.read_gal(str(path), [str(i) for i in range(len(problem.blocks))])
    path.unlink()
    table, people = pd.DataFrame(problem.features), problem.blocks.population.astype(float).tolist()
    bound = {"bound_variable": people, "min_bound": float(problem.target.minimum), "cpu_threads": 2}
    return _timed(lambda: np.array(pygeoda.skater(_count(problem), weights, table, **bound)["Clusters"]))


def recursive_tree(problem: Problem) -> Run:
    """Recursive tree partition (gerrychain)."""
    import networkx
    from gerrychain import Graph
    from gerrychain.partition import recursive_tree_part

    graph = networkx.Graph(problem.contiguity.edges.tolist())
    networkx.set_node_attributes(graph, dict(enumerate(problem.blocks.population.tolist())), "pop")
    ideal = problem.blocks.population.sum() / _count(problem)
    within = min(problem.target.maximum / ideal - 1, 1 - problem.target.minimum / ideal)
    parts = Graph.from_networkx(graph)

    def run() -> list[int]:
        assignment = recursive_tree_part(parts, range(_count(problem)), ideal, "pop", within, rng=1)
        return [assignment[u] for u in range(len(problem.blocks))]

    return _timed(run)


def max_p(problem: Problem) -> Run:
    """Max-p heuristic with a floor of residents (spopt)."""
    import geopandas
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    indptr, neighbour, _ = problem.contiguity.csr()
    lists = {u: neighbour[indptr[u] : indptr[u + 1]].tolist() for u in range(len(indptr) - 1)}
    table = geopandas.GeoDataFrame(dict(zip("abcd", standardise(problem.features).T, strict=True)))
    table["pop"] = problem.blocks.population
    model = MaxPHeuristic(table, W(lists, silence_warnings=True), list("abcd"), "pop", problem.target.minimum, top_n=2)

    def run() -> Any:
        model.solve()
        return model.labels_

    return _timed(run)


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


def main(sizes: list[int]) -> None:
    """Print one table per county size."""
    print("| blocks | tool | seconds | regions | in band | contiguous | SSD ratio | Polsby–Popper |")
    print("|--:|:--|--:|--:|--:|:--|--:|--:|")
    slow: set[str] = set()
    for n in sizes:
        problem = synthetic(n)
        for name in TOOLS:
            row = TOO_SLOW if name in slow else _row(problem, name)
            slow |= {name} if row == TOO_SLOW else set()
            print(f"| {n:,} | {name} | {row} |", flush=True)


def _row(problem: Problem, name: str) -> str:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_worker, args=(problem, name, sender))
    process.start()
    sender.close()
    try:
        labels, seconds = receiver.recv() if receiver.poll(LIMIT_S + 20) else (None, LIMIT_S)
    except EOFError:
        labels, seconds = None, 0.0
    process.kill()
    process.join()
    if labels is None:
        return TOO_SLOW if seconds else "failed | – | – | – | – | –"
    plan = Plan(np.unique(labels, return_inverse=True)[1].astype(np.int32))
    scores = plan_scores(plan, problem)
    whole = "yes" if is_contiguous(plan.labels, problem.contiguity) else "no"
    share = scores["in_band_regions"] / scores["regions"]
    figures = f"{scores['ssd_ratio']:.3f} | {scores['polsby_popper']:.3f}"
    return f"{seconds:.3f} | {scores['regions']:.0f} | {share:.0%} | {whole} | {figures}"


def _worker(problem: Problem, name: str, sender: Any) -> None:
    warnings.simplefilter("ignore")
    sender.send(TOOLS[name](problem))


def _symmetric(problem: Problem, values: Any) -> Any:
    a, b = problem.contiguity.edges.T
    n = len(problem.blocks)
    both = (np.concatenate([values, values]), (np.concatenate([a, b]), np.concatenate([b, a])))
    return coo_array(both, shape=(n, n)).tocsr()


def _count(problem: Problem) -> int:
    count = problem.constraints.region_count
    if count is None:
        raise ValueError("the county of a comparison states its number of regions")
    return count


def _timed(run: Callable[[], Any]) -> Run:
    started = time.perf_counter()
    labels = np.asarray(run())
    return labels, time.perf_counter() - started


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
