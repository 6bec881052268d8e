"""E8 to E11: municipalities, alternatives, a fresh process, and the real county."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score

from benchmarks.budget_counties import FEATURES
from benchmarks.budget_runs import Bench, Row, median, timed
from benchmarks.fresh_process import measured, told
from regionalization.proposal import Parameters
from regionalization.propose import propose_alternatives

FRESH_RUNS = 5
ENVIRONMENTS = ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "77"}, {"NUMBA_CPU_NAME": "generic"})


def municipalities(bench: Bench) -> Row:
    """E8: few municipalities cut where their borders are a wish, none crossed where they are a rule."""
    county = bench.county("std_2000")
    parameters = Parameters(compactness=0.05, cohesion=0.0)
    soft = [timed(county.problem(borders="soft"), seed, parameters)[0] for seed in bench.seeds]
    hard = [timed(county.problem(borders="hard"), seed, parameters)[0] for seed in bench.seeds]
    scores = [bench.judge(county, proposal.plan.labels) for proposal in soft]
    splits, ssd, out = [s.splits for s in scores], median(s.ssd_ratio for s in scores), sum(s.out for s in scores)
    town = county.table["muni"]
    crossings = sum(_crossings(p.plan.labels, town) for p in hard)
    text = f"soft {median(splits):.0f} splits ({min(splits)} to {max(splits)}), SSD ratio {ssd:.3f}, {out} out of band"
    met = median(splits) <= 15 and ssd <= 0.60 and not out and not crossings
    budget = "soft municipalities on std_2000: ≤ 15 splits, SSD ratio ≤ 0.60; hard: 0 crossings"
    return Row("E8", budget, f"{text}; hard {crossings} crossings; λ = 0.05", met)


def _crossings(labels: np.ndarray, town: np.ndarray) -> int:
    pairs = np.unique(np.stack([labels, town], axis=1), axis=0)
    return len(pairs) - len(np.unique(labels))


def alternatives(bench: Bench) -> Row:
    """E9: really different good plans in a second, the same on every machine."""
    county = bench.county("std_2000")
    problem, parameters = county.problem(), Parameters(compactness=0.15, cohesion=0.0, threads=2)
    runs = []
    for seed in bench.seeds:
        started = time.perf_counter()
        found = propose_alternatives(problem, count=5, parameters=parameters, seed=seed)
        seconds = time.perf_counter() - started
        energy = [p.scores["energy"] for p in found]
        alike = max(_index(a.plan.labels, b.plan.labels) for a, b in combinations(found, 2))
        runs.append((max(energy) / min(energy) - 1, alike, seconds))
    worse, alike, seconds = (median(column) for column in zip(*runs, strict=True))
    plans = _plans_everywhere(bench)
    same = f"{plans[1]} fresh processes, {'one plan' if plans[0] == 1 else f'{plans[0]} different plans'}"
    text = f"worst of five {worse:.1%} above the best, largest index {alike:.2f}, {seconds:.2f} s; {same}; λ = 0.15"
    met = worse <= 0.02 and alike <= 0.6 and seconds <= 1.0 and plans[0] == 1
    budget = "five within 2 %, adjusted Rand ≤ 0.6, 1 s at 2,000; identical for threads, hash seed, processor"
    return Row("E9", budget, text, met)


def _index(a: Any, b: Any) -> float:
    return float(adjusted_rand_score(a, b))


def _plans_everywhere(bench: Bench) -> tuple[int, int]:
    """Different plans among fresh processes with 1 and 2 threads, several hash seeds, and a generic processor."""
    folder = bench.county("std_2000").folder
    cases = list(product(("1", "2"), ENVIRONMENTS))
    cache = {"NUMBA_CACHE_DIR": str(bench.scratch / "generic")}  # the machine code for it is kept apart
    plans = {
        told(folder, "--threads", threads, environment={**e, **(cache if "NUMBA_CPU_NAME" in e else {})})["plan"]
        for threads, e in cases
    }
    return len(plans), len(cases)


def fresh_process(bench: Bench) -> Row:
    """E10: the first proposal of a fresh process, imports and reading included; and the whole command."""
    folder = bench.county("std_2000").folder
    command = [sys.executable, "-m", "cli", "propose", str(folder / "instance.gpkg"), "--quiet"]
    command += ["--out", str(bench.scratch / "command"), "--within", "none", "--id", "block_id", "--population", "pop"]
    command += ["--features", ",".join(FEATURES)]
    ways: dict[str, Callable[[], dict[str, Any]]] = {
        "parquet and arrays": lambda: told(folder),
        "block file read and checked": lambda: told(folder, "--way", "file"),
        "whole command raumwerk propose": lambda: measured(command),
    }
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(FRESH_RUNS):
        for way, run in ways.items():
            runs[way].append(run())
    wall = {way: median(r["wall_s"] for r in rows) for way, rows in runs.items()}
    texts = [f"{way} {wall[way]:.2f} s ({median(r['cpu_s'] for r in rows):.2f} CPU s)" for way, rows in runs.items()]
    budget = "a fresh process answers its first propose at 2,000 blocks in ≤ 3 s, imports and reading included"
    return Row("E10", budget, "; ".join(texts), wall["parquet and arrays"] <= 3.0)
