"""Budgets of the indicators, as ratios to the libraries in one run: python -m benchmarks.indicators."""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import polars
from esda.moran import Moran_Local_Rate

from indicators.aggregate import aggregate
from indicators.catalogue import standard_catalogue
from indicators.compute import compute, recompute
from indicators.counts import CountTable, states_of
from indicators.hotspots import local_moran, neighbour_weights
from spatial.contiguity import contiguity_from_edges
from spatial.plan import Plan
from workspace import actions
from workspace.indicator_desk import counts_of_sample
from workspace.ledger import Ledger
from workspace.redrawing_effect import Onlooker, effect_of_redrawing, starting_point
from workspace.workspace import plan_of

CATALOGUE = standard_catalogue()
KEYS = tuple(i.id for i in CATALOGUE if i.kind in ("proportion", "rate", "ratio"))


def counts(n: int, *, indicators: int, dates: int) -> CountTable:
    """Invented counts of n blocks."""
    rng = np.random.default_rng(1)
    values = np.empty((n, dates, indicators, 2))
    values[..., 1] = rng.integers(20, 200, (n, dates, indicators))
    values[..., 0] = np.floor(values[..., 1] * rng.random((n, dates, indicators)) * 0.2)
    days = tuple(f"20{10 + d}-12-31" for d in range(dates))
    keys = tuple(CATALOGUE.ids[:indicators])
    return CountTable(tuple(f"{i:06d}" for i in range(n)), keys, days, values, states_of(values))


def median(run: Callable[[], Any], times: int, *, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of several runs, after one to warm up."""
    run()
    taken = []
    for _ in range(times):
        start = clock()
        run()
        taken.append(clock() - start)
    return statistics.median(taken)


def after_an_edit() -> None:
    """All indicators with intervals after one block moved, 2,000 blocks → 20 regions; budget 50 ms."""
    table_counts = counts(2000, indicators=55, dates=1)
    before = (np.arange(2000) // 100).astype(np.int32)
    after = before.copy()
    after[99] = 1
    table = compute(CATALOGUE, table_counts, before)
    changed = median(lambda: recompute(table, table_counts, before=before, after=after), 15)
    full = median(lambda: compute(CATALOGUE, table_counts, after), 15)
    print(f"after an edit: {1000 * changed:.1f} ms (everything: {1000 * full:.1f} ms), budget 50 ms")


def effect_of_strokes() -> None:
    """Before and after of all regions while blocks move in the Musterkreis, protected view, CPU; budget 50 ms."""
    workspace = actions.open_sample()
    workspace = actions.take_proposals(workspace, actions.run_proposals(workspace.problem, workspace.settings))
    counted, plan = counts_of_sample(), plan_of(workspace)
    if counted is None:
        return
    seen = Onlooker("public", Ledger(), CATALOGUE)
    start = starting_point(workspace.county, counted, plan, date=counted.dates[-1], seen=seen)
    for strokes in (1, 20):
        after = Plan(_stroked(plan.labels, workspace.problem.contiguity.edges, strokes))
        cpu_s = median(partial(effect_of_redrawing, start, after), 15, clock=time.process_time)
        print(f"effect of {strokes} strokes: {1000 * cpu_s:.1f} ms CPU, budget 50 ms")


def _stroked(labels: Any, edges: Any, strokes: int) -> Any:
    """Labels after some border blocks went to a neighbour, one after the other."""
    rng, moved = np.random.default_rng(3), labels.copy()
    for _ in range(strokes):
        border = edges[moved[edges[:, 0]] != moved[edges[:, 1]]]
        block, neighbour = border[rng.integers(len(border))]
        moved[block] = moved[neighbour]
    return moved


def against_polars() -> None:
    """100,000 blocks × 55 indicators × 10 dates to 500 regions; budget 2 × the same group-by in polars."""
    table = counts(100_000, indicators=55, dates=10)
    labels = (np.arange(100_000) % 500).astype(np.int32)
    wide = table.values.reshape(100_000, -1)
    frame = polars.DataFrame({f"c{j}": wide[:, j] for j in range(wide.shape[1])}).with_columns(region=labels)
    theirs = median(lambda: frame.group_by("region").sum(), 5)
    ours = median(lambda: aggregate(table, labels), 5)
    print(f"aggregation: {ours:.2f} s, polars (wide columns) {theirs:.2f} s, ratio {ours / theirs:.2f}, budget 2")


def against_esda() -> None:
    """Local Moran for rates, 2,000 blocks, 999 permutations; budget 1.2 × esda."""
    side = 45
    cells = np.arange(side * side).reshape(side, side)
    edges = np.vstack(
        [np.c_[cells[:, :-1].ravel(), cells[:, 1:].ravel()], np.c_[cells[:-1].ravel(), cells[1:].ravel()]]
    )
    near = contiguity_from_edges(side * side, edges, np.ones(len(edges)))
    rng = np.random.default_rng(3)
    den = rng.integers(50, 300, side * side).astype(float)
    num = rng.binomial(den.astype(int), 0.12).astype(float)
    weights = neighbour_weights(near)

    def esda_alone() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Moran_Local_Rate(num, den, weights, permutations=999, seed=1, n_jobs=1)

    theirs = median(esda_alone, 7)
    ours = median(lambda: local_moran(num, den, near, seed=1, permutations=999), 7)
    print(f"local Moran: {ours:.3f} s, esda {theirs:.3f} s, ratio {ours / theirs:.2f}, budget 1.2")


if __name__ == "__main__":
    after_an_edit()
    effect_of_strokes()
    against_esda()
    against_polars()
