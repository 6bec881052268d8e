"""E1 and E6: what must fit fits, what cannot is proven, and small counties get their best plan."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.budget_counties import County, MissingCountyError
from benchmarks.budget_runs import Bench, Row, joined, median, timed
from regionalization.proposal import Parameters, Proposal

Part = tuple[str, bool | None]
STANDARD = ("std_500", "std_2000", "std_10000", "std_50000", "std_100000", "arkansas")
EFFORTS = ((5_000, 1.0), (20_000, 0.25), (1_000_000, 0.025))  # up to so many blocks, so that 20 seeds end
BEST_KNOWN = 6031.4  # energy of the harness' std_2000 at λ = 0.15
EXACT_LIMIT_S = 600


def in_band(bench: Bench) -> Row:
    """E1: every region in the band and in one piece wherever that is possible, and named where not."""
    steps = [partial(_all_kept, bench, name, within) for name in STANDARD for within in (0.2, 0.1)]
    steps += [partial(_all_kept, bench, "arkansas", 0.05)]
    steps += [partial(_proven, bench, within, "optimal") for within in (0.02, 0.01)]
    steps += [partial(_proven, bench, 0.003, "infeasible"), partial(_unavoidable, bench)]
    budget = f"in band and contiguous for {len(bench.seeds)} of {len(bench.seeds)} seeds; the impossible named"
    return Row("E1", budget, *joined(map(_or_missing, steps)))


def _or_missing(step: partial[Part]) -> Part:
    try:
        return step()
    except MissingCountyError as error:
        return str(error), None


def _all_kept(bench: Bench, name: str, within: float) -> Part:
    """How many seeds keep all regions in the band; ±20 % of the target is the county's own band."""
    county = bench.county(name)
    share = None if within == 0.2 else within
    problem = county.problem(within=share)
    effort = next(e for n, e in EFFORTS if len(county.blocks) <= n)
    parameters = Parameters(cohesion=0.0, effort=effort, threads=2)
    failed, taken = [], []
    for seed in bench.seeds:
        proposal, seconds = timed(problem, seed, parameters)
        score = bench.judge(county, proposal.plan.labels, within=share)
        failed += [seed] if score.out or score.broken else []
        taken.append(seconds)
    kept = len(bench.seeds) - len(failed)
    text = f"{name} ±{within:.0%} {kept} of {len(bench.seeds)}"
    text += f" (not seeds {', '.join(map(str, failed))})" if failed else ""
    return f"{text}, {median(taken):.2f} CPU s", not failed


def _proven(bench: Bench, within: float, kind: str) -> Part:
    """tiny_60 in a narrow band: none out and proven best, or proven to have no plan."""
    county = bench.county("tiny_60")
    problem = county.problem(within=within)
    good = 0
    for seed in bench.seeds:
        proposal, _ = timed(problem, seed, Parameters(cohesion=0.0), "exact")
        score = bench.judge(county, proposal.plan.labels, within=within)
        fits = not score.out and not score.broken
        good += f"proven_{kind}" in proposal.notes and fits == (kind == "optimal")
    return f"tiny_60 ±{within:.1%} proven {kind} {good} of {len(bench.seeds)}", good == len(bench.seeds)


def _unavoidable(bench: Bench) -> Part:
    """hard_2000: the block above the maximum and the exclave below the minimum, both named, and nothing else."""
    county = bench.county("hard_2000")
    good = 0
    for seed in bench.seeds:
        proposal, _ = timed(county.problem(), seed, Parameters(cohesion=0.0))
        score = bench.judge(county, proposal.plan.labels)
        good += score.out == 2 and not score.broken and _named(proposal) == 2
    return f"hard_2000 exactly 2 out and named {good} of {len(bench.seeds)}", good == len(bench.seeds)


def _named(proposal: Proposal) -> int:
    wrong = [v for v in proposal.violations if not v.unavoidable]
    return 0 if wrong else len({v.region for v in proposal.violations if v.rule == "population"})


class _Case(NamedTuple):
    name: str
    compactness: float
    gap: float  # share of the optimum


def optimal(bench: Bench) -> Row:
    """E6: the gap to the proven optimum, by ``exact.py`` of the harness or by our own proof."""
    sizes = ((30, 0.0), (40, 0.0), (50, 0.0), (60, 0.0), (90, 0.0), (120, 0.001))
    cases = [_Case(f"tiny_{n}", shape, gap) for n, gap in sizes for shape in (0.0, 0.15)]
    steps = [partial(_gap, bench, case) for case in cases] + [partial(_near_best_known, bench)]
    budget = (
        "gap to the proven optimum 0.00 % to n = 90, ≤ 0.1 % at 120, 1 s each; std_2000 within 0.3 % of 6031.4, 1 s"
    )
    return Row("E6", budget, *joined(map(_or_missing, steps)))


def _gap(bench: Bench, case: _Case) -> Part:
    county = bench.county(case.name)
    problem, parameters = county.problem(), Parameters(compactness=case.compactness, cohesion=0.0)
    best = None if bench.harness is None else _optimum(bench.harness, county, case.compactness)
    gaps, taken = [], []
    for seed in bench.seeds:
        proposal, seconds = timed(problem, seed, parameters)
        over = proposal.proof.gap if best is None and proposal.proof else None
        gaps.append(proposal.scores["energy"] / best - 1 if best else over)
        taken.append(seconds)
    told = f"{case.name} λ = {case.compactness:g}"
    if None in gaps:
        return f"{told} no bound known", None
    worst = max(gap for gap in gaps if gap is not None)
    text = f"{told} {max(worst, 0.0):.2%}, {median(taken):.2f} s (largest {max(taken):.2f})"
    return text, worst <= case.gap + 5e-5 and median(taken) <= 1.0


def _optimum(harness: Path, county: County, compactness: float) -> float | None:
    """What ``exact.py`` proves, run once per county and price; None where it proves nothing in ten minutes."""
    objective = f"mix:{compactness}" if compactness else "ssd"
    command = [sys.executable, str(harness / "exact.py"), str(county.folder), objective]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=EXACT_LIMIT_S)
    found = json.loads(done.stdout[done.stdout.index("{") :])
    return float(found["obj"]) if found["status"] == "optimal" else None


def _near_best_known(bench: Bench) -> Part:
    county = bench.county("std_2000")
    if county.made:
        return "no best plan is known of the made std_2000", None
    runs = [timed(county.problem(), s, Parameters(0.15, cohesion=0.0, effort=2.0)) for s in bench.seeds]
    energy, seconds = median(p.scores["energy"] for p, _ in runs), median(s for _, s in runs)
    text = f"std_2000, effort 2: {energy:,.1f} ({energy / BEST_KNOWN - 1:+.2%}), {seconds:.2f} s"
    return text, energy <= 1.003 * BEST_KNOWN and seconds <= 1.0
