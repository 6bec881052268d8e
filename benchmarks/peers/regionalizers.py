"""The known tools on one of our problems: labels of every block, and the wall seconds of the tool's own call."""

from __future__ import annotations

import functools
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import coo_array

from regionalization.preparation import standardise
from regionalization.problem import Problem

Run = tuple[np.ndarray, float]


def metis(problem: Problem, seed: int = 1) -> Run:
    """METIS on border lengths, contiguous parts, 15 % imbalance."""
    return metis_of(problem)(seed)


def metis_of(problem: Problem, imbalance: float = 0.15) -> Callable[[int], Run]:
    """METIS prepared for one problem, so that it can run turn by turn with another tool; takes a seed."""
    import pymetis

    weights = 1 + 100 * problem.contiguity.border_m / problem.contiguity.border_m.mean()
    graph = _symmetric(problem, np.round(weights).astype(np.int64))
    people = problem.blocks.population.tolist()

    def run(seed: int) -> Run:
        options = pymetis.Options(contig=1, ufactor=round(1e3 * imbalance), seed=seed)
        lists = {"xadj": graph.indptr.tolist(), "adjncy": graph.indices.tolist(), "eweights": graph.data.tolist()}
        ask = {"vweights": people, "recursive": False, "options": options}
        return _timed(lambda: pymetis.part_graph(_count(problem), **lists, **ask)[1])

    return run


def ward(problem: Problem) -> Run:
    """Ward clustering with contiguity (scikit-learn); knows no residents."""
    from sklearn.cluster import AgglomerativeClustering

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
    from gerrychain import Graph
    from gerrychain.partition import recursive_tree_part

    graph, ideal, within = _chain_graph(problem)
    parts = Graph.from_networkx(graph)

    def run() -> list[Any]:
        assignment = recursive_tree_part(parts, range(_count(problem)), ideal, "pop", within, rng=1)
        return [assignment[u] for u in range(len(problem.blocks))]

    return _timed(run)


def recom(problem: Problem, seconds: float = 30.0, *, seed: int = 1) -> Run:
    """ReCom (gerrychain) looking for the smallest sum of squares for so many seconds, from a random start."""
    from gerrychain import Graph, Partition, constraints, updaters
    from gerrychain.optimization import SingleMetricOptimizer
    from gerrychain.proposals import recom as move

    graph, ideal, within = _chain_graph(problem)
    band: dict[str, Any] = {"pop_col": "pop", "epsilon": within}
    tally = {"pop": updaters.Tally("pop")}

    def run() -> np.ndarray:
        end, nodes = time.perf_counter() + seconds, Graph.from_networkx(graph)
        start = Partition.from_random_assignment(nodes, _count(problem), updaters=tally, rng=seed, **band)
        step = functools.partial(move, **band, pop_target=ideal, node_repeats=1)
        chain = SingleMetricOptimizer(step, [constraints.contiguous], start, _squares, maximize=False, rng=seed)
        for _ in chain.tilted_run(10**7, p=0.05):
            if time.perf_counter() > end:
                break
        best: Any = chain.best_part
        labels = np.full(len(problem.blocks), -1)
        for node, region in best.assignment.to_series().items():
            labels[best.graph.original_nx_node_id_for_internal_node_id(node)] = region
        return labels

    return _timed(run)


def _chain_graph(problem: Problem) -> tuple[Any, float, float]:
    """Graph with residents and features, residents of the mean region, and the share it may be off."""
    import networkx

    values, people = standardise(problem.features), problem.blocks.population.tolist()
    graph: Any = networkx.Graph()
    graph.add_nodes_from((u, {"pop": people[u], "x": values[u]}) for u in range(len(people)))
    graph.add_edges_from(problem.contiguity.edges.tolist())
    ideal = sum(people) / _count(problem)
    return graph, ideal, min(problem.target.maximum / ideal - 1, 1 - problem.target.minimum / ideal)


def _squares(plan: Any) -> float:
    inside = ([plan.graph.node_data(u)["x"] for u in part] for part in plan.assignment.parts.values())
    return float(sum(((x - x.mean(axis=0)) ** 2).sum() for x in map(np.array, inside)))


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
