"""E2 to E5 and E7: our engine turn by turn with METIS, Ward and ReCom."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.budget_counties import County, MissingCountyError
from benchmarks.budget_judge import Score
from benchmarks.budget_runs import Bench, Row, joined, median, timed
from benchmarks.fresh_process import told
from benchmarks.peers.regionalizers import Run, metis_of, recom, ward
from regionalization.draft import Wish
from regionalization.problem import Problem
from regionalization.progress import Progress
from regionalization.proposal import Parameters
from regionalization.propose import propose

REPEATS = {500: 9, 2_000: 7, 10_000: 3}  # runs per seed whose shortest counts; small times are disturbed most
RECOM_GIVEN = (0.607, 0.306)  # SSD ratio and Polsby–Popper after 30 s on the harness' std_2000


class _Pair(NamedTuple):
    """Medians over the seeds: seconds, and scores, of us and of the peer."""

    ours_s: float
    peer_s: float
    ours: Score
    peer: Score


def first_plan(bench: Bench) -> Row:
    """E2: the first plan that keeps the band, against METIS."""
    budget = "first plan ≤ 1.0 × METIS (1.5 × at 100,000), SSD ≤ 0.86 ×"
    sizes = ((500, 1.0), (2_000, 1.0), (10_000, 1.0), (100_000, 1.5))
    return Row("E2", f"{budget}; λ = 0.02, tree", *joined(_first_at(bench, n, most) for n, most in sizes))


def _first_at(bench: Bench, n: int, most: float) -> tuple[str, bool | None]:
    try:
        county = bench.county(f"std_{n}")
    except MissingCountyError as error:
        return str(error), None
    pair = _beside_metis(bench, county, Parameters(compactness=0.02, cohesion=0.0), method="tree")
    time_ratio, ssd = pair.ours_s / pair.peer_s, pair.ours.ssd_ratio / pair.peer.ssd_ratio
    text = f"{n:,}: {time_ratio:.2f} × ({1e3 * pair.ours_s:.1f} : {1e3 * pair.peer_s:.1f} ms) / {ssd:.3f} ×"
    return text + _broken(pair.ours), time_ratio <= most and ssd <= 0.86 and not pair.ours.out


def _beside_metis(bench: Bench, county: County, parameters: Parameters, method: str = "annealing") -> _Pair:
    """Turn by turn, wall seconds of preparing and solving, of every seed the shortest of several runs; both judged."""
    problem = county.problem()
    run_metis = metis_of(problem)
    rows: list[_Pair] = []
    for seed in bench.seeds:
        turns = []
        for _ in range(REPEATS.get(len(county.blocks), 1)):
            theirs = run_metis(seed)
            turns.append((_solved(problem, Wish(method, parameters, seed)), theirs))
        labels = turns[0][0][0], turns[0][1][0]
        ours_s, peer_s = min(own[1] for own, _ in turns), min(peer[1] for _, peer in turns)
        rows.append(_Pair(ours_s, peer_s, *(bench.judge(county, found) for found in labels)))
    return _medians(rows)


def _solved(problem: Problem, wish: Wish) -> Run:
    """Labels and the wall seconds from the problem to the numbered plan, without judging it."""
    proposal = propose(problem, method=wish.method, parameters=wish.parameters, seed=wish.seed, watch=Progress(None))
    return proposal.plan.labels, proposal.solve_s


def _medians(rows: list[_Pair]) -> _Pair:
    """The median of each column."""
    seconds = (median(r.ours_s for r in rows), median(r.peer_s for r in rows))
    return _Pair(*seconds, _median([r.ours for r in rows]), _median([r.peer for r in rows]))


def _median(scores: list[Score]) -> Score:
    """Medians of what is better or worse, sums of what must not be."""
    return Score(
        median(s.ssd_ratio for s in scores),
        median(s.polsby_popper for s in scores),
        sum(s.out for s in scores),
        sum(s.broken for s in scores),
        round(median(s.splits for s in scores)),
    )


def _broken(score: Score) -> str:
    return f", {score.out} out of band, {score.broken} in pieces" if score.out or score.broken else ""


def compact(bench: Bench) -> Row:
    """E3: as compact as METIS and much more alike."""
    budget = "Polsby–Popper ≥ METIS, SSD ≤ 0.80 × METIS within 0.5 s at 2,000 and 1.5 s at 10,000"
    cases = ((2_000, 0.27, 1.0, 0.5), (10_000, 0.33, 0.25, 1.5))
    return Row("E3", budget, *joined(_compact_at(bench, *case) for case in cases))


def _compact_at(bench: Bench, n: int, shape: float, effort: float, limit_s: float) -> tuple[str, bool | None]:
    county = bench.county(f"std_{n}")
    pair = _once(bench, county, Parameters(compactness=shape, cohesion=0.0, effort=effort))
    ssd = pair.ours.ssd_ratio / pair.peer.ssd_ratio
    met = ssd <= 0.80 and pair.ours.polsby_popper >= pair.peer.polsby_popper and pair.ours_s <= limit_s
    text = (
        f"{n:,}, λ = {shape}, effort {effort:g}: {pair.ours.polsby_popper:.4f} against {pair.peer.polsby_popper:.4f}, "
        f"{ssd:.3f} ×, {pair.ours_s:.2f} s{_broken(pair.ours)}"
    )
    return text, met and not pair.ours.out


def _once(bench: Bench, county: County, parameters: Parameters) -> _Pair:
    """One run per seed of METIS and of ours, ours in CPU seconds with everything around it."""
    problem = county.problem()
    run_metis = metis_of(problem)
    rows: list[_Pair] = []
    for seed in bench.seeds:
        theirs, peer_s = run_metis(seed)
        ours, ours_s = timed(problem, seed, parameters)
        rows.append(_Pair(ours_s, peer_s, bench.judge(county, ours.plan.labels), bench.judge(county, theirs)))
    return _medians(rows)


def alike(bench: Bench) -> Row:
    """E4: without a price on borders nearly as alike as Ward, which knows no band."""
    county = bench.county("std_2000")
    parameters = Parameters(compactness=0.0, cohesion=0.0, effort=0.5)
    pair = _once(bench, county, parameters)
    peer = bench.judge(county, ward(county.problem())[0])
    ratio = pair.ours.ssd_ratio / peer.ssd_ratio
    text = f"{ratio:.3f} × ({pair.ours.ssd_ratio:.4f} : {peer.ssd_ratio:.4f}), effort 0.5, {pair.ours_s:.2f} s"
    met = ratio <= 0.95 and pair.ours_s <= 1.0 and not pair.ours.out
    return Row("E4", "λ = 0: SSD ≤ 0.95 × Ward, all in band, within 1 s", text + _broken(pair.ours), met)


def against_recom(bench: Bench) -> Row:
    """E5: better than half a minute of ReCom in a hundredth of the time."""
    budget = "SSD ≤ 0.90 ×, Polsby–Popper ≥ 1.5 × of 30 s ReCom on std_2000, in ≤ 1/100 of the time"
    county = bench.county("std_2000")
    pair = _once(bench, county, Parameters(compactness=0.13, cohesion=0.0, effort=0.5))
    if bench.recom_s is not None:
        chains = [recom(county.problem(), bench.recom_s, seed=seed) for seed in bench.seeds]
        score, peer_s = _median([bench.judge(county, labels) for labels, _ in chains]), median(s for _, s in chains)
        peer, told = (score.ssd_ratio, score.polsby_popper), f"ReCom {peer_s:.0f} s per seed in this run"
    elif county.made:
        return Row("E5", budget, f"SSD ratio {pair.ours.ssd_ratio:.4f}, {pair.ours_s:.2f} s; ReCom needs --recom", None)
    else:
        peer, peer_s, told = RECOM_GIVEN, 30.0, "ReCom as given, not run: --recom"
    ssd, shape = pair.ours.ssd_ratio / peer[0], pair.ours.polsby_popper / peer[1]
    met = ssd <= 0.90 and shape >= 1.5 and pair.ours_s <= peer_s / 100 and not pair.ours.out
    figures = f"{ssd:.3f} × ({pair.ours.ssd_ratio:.4f} : {peer[0]:.4f}), {shape:.2f} ×, {pair.ours_s:.2f} s"
    return Row("E5", budget, f"{figures}, λ = 0.13, effort 0.5; {told}", met)


def largest(bench: Bench) -> Row:
    """E7: 100,000 blocks on one machine, two threads; the memory is that of a process of its own."""
    county = bench.county("std_100000")
    parameters = Parameters(compactness=0.15, cohesion=0.0, effort=0.025, threads=2)
    pair = _beside_metis(bench, county, parameters)
    ratio, gigabytes = pair.ours_s / pair.peer_s, _memory(county)
    memory = "memory not known here" if gigabytes is None else f"{gigabytes:.2f} GB"
    text = (
        f"{ratio:.2f} × METIS ({pair.ours_s:.2f} : {pair.peer_s:.2f} s), SSD ratio {pair.ours.ssd_ratio:.4f}, "
        f"{memory}; λ = 0.15, effort 0.025, two threads{_broken(pair.ours)}"
    )
    met = ratio <= 3 and pair.ours.ssd_ratio <= 0.49 and (gigabytes or 0.0) <= 0.6 and not pair.ours.out
    return Row("E7", "100,000 blocks: ≤ 3 × METIS, SSD ratio ≤ 0.49 (λ = 0.15), ≤ 0.6 GB", text, met)


def _memory(county: County) -> float | None:
    """Most memory in GB of a fresh process that reads the county and solves it; None where the system does not say."""
    gigabytes: float | None = told(county.folder, "--effort", "0.025", "--threads", "2")["gigabytes"]
    return gigabytes
