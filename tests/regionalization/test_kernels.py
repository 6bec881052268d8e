"""Every compiled kernel of the search gives what the same rule gives in plain numpy, on random planar counties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from regionalization.constraints import Constraints
from regionalization.energy_weights import energy_weights
from regionalization.methods.flips import descend, scratch
from regionalization.methods.likeness import edge_likeness
from regionalization.methods.merge_split import divide_again
from regionalization.methods.random_numbers import stream
from regionalization.methods.search_state import MEETING, SearchGraph, Weights, fill_sums, part_energy, sums_for
from regionalization.parts import parts_of
from regionalization.preparation import prepare
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.scores import plan_energy
from regionalization.search_graph import neighbour_lists, search_graph
from tests.regionalization.planar_county import planar_county

SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
BAND = (700.0, 1300.0)


class Case:
    """The largest part of a random county with random regions in one piece, and every price switched on."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        problem = planar_county(seed, cells=40, holes=0.05).problem
        ids = problem.blocks.ids
        apart = tuple((ids[int(a)], ids[int(b)]) for a, b in rng.integers(0, len(ids), (4, 2)) if a != b)
        problem = replace(problem, constraints=Constraints(municipal_borders="soft", keep_apart=apart))
        self.prepared = prepare(problem)
        part = max(parts_of(self.prepared), key=lambda p: len(p.blocks))
        graph, _ = search_graph(self.prepared, part)
        n = len(graph.weight)
        self.labels = grown_regions(graph, min(4, n), rng)
        home = np.where(rng.random(n) < 0.3, rng.integers(0, 4, n), -1).astype(np.int32)
        self.graph = graph._replace(home=home, stay=rng.random(n), frozen=rng.random(n) < 0.1)
        known = rng.integers(0, 3, (n, 2)).astype(np.int32)
        self.graph = self.graph._replace(known=known, unlike=0.01 * rng.random(2))
        weights = energy_weights(self.prepared, Parameters(balance=0.7), 4)
        self.weights = weights._replace(crossing=0.8)
        self.bands = np.tile(BAND, (int(self.labels.max()) + 1, 1))

    def sums(self, labels: Any) -> Any:
        sums = sums_for(self.graph, self.bands)
        fill_sums(self.graph, labels, sums, self.weights)
        return sums


def grown_regions(graph: SearchGraph, k: int, rng: np.random.Generator) -> Any:
    """k random regions in one piece."""
    labels = np.full(len(graph.weight), -1, dtype=np.int32)
    labels[rng.permutation(len(labels))[:k]] = np.arange(k)
    while (labels < 0).any():
        u = int(rng.choice(np.flatnonzero(labels < 0)))
        e = slice(int(graph.indptr[u]), int(graph.indptr[u + 1]))
        beside = labels[graph.neighbour[e][graph.passable[e]]]
        if (beside >= 0).any():
            labels[u] = beside[beside >= 0][0]
    return labels


def plain_energy(graph: SearchGraph, labels: Any, weights: Weights) -> float:
    """The energy of the method page in plain numpy, the constant sum of squares left out."""
    k = int(labels.max()) + 1
    source = np.repeat(np.arange(len(labels)), np.diff(graph.indptr))
    inner = labels[source] == labels[graph.neighbour]

    def total(values: Any) -> Any:
        return np.bincount(labels, weights=values, minlength=k)

    residents, weight, area = total(graph.residents), total(graph.weight), total(graph.area)
    around = total(graph.perimeter) - np.bincount(labels[source[inner]], weights=graph.border_m[inner], minlength=k)
    used = weight > 0
    shape = (around[used] / np.sqrt(4 * np.pi * area[used])).sum()
    squares = sum((total(graph.features[:, c])[used] ** 2 / weight[used]).sum() for c in range(graph.features.shape[1]))
    missed = np.maximum(BAND[0] - residents, 0) + np.maximum(residents - BAND[1], 0)
    off = residents / weights.target - 1
    pairs = {(int(r), int(m)) for r, m in zip(labels, graph.municipality, strict=True) if m >= 0}
    met = sum(labels[u] == labels[v] for u in range(len(labels)) for v in graph.apart[u] if v >= 0)
    away = graph.stay[(graph.home >= 0) & (labels != graph.home)].sum()
    alike = sum(
        price * total(graph.weight * (plan == region))[used] ** 2
        for plan, price in zip(graph.known.T, graph.unlike, strict=True)
        for region in np.unique(plan)
    )
    return float(
        weights.shape * shape - weights.homogeneity * squares + weights.penalty * missed[used].sum()
        + weights.balance * (off[used] ** 2).sum() + weights.crossing * len(pairs) + MEETING * met
        + away + np.sum(alike) + weights.cohesion * graph.cohesion[~inner].sum() / 2
    )  # fmt: skip


def in_one_piece(graph: SearchGraph, labels: Any) -> bool:
    source = np.repeat(np.arange(len(labels)), np.diff(graph.indptr))
    kept = graph.passable & (labels[source] == labels[graph.neighbour])
    net = csr_array((np.ones(int(kept.sum())), (source[kept], graph.neighbour[kept])), shape=(len(labels),) * 2)
    return int(connected_components(net, directed=False)[0]) == len(np.unique(labels))


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_the_energy_of_the_search_is_that_of_the_page(seed: int) -> None:
    case = Case(seed)
    energy = part_energy(case.graph, case.labels, case.sums(case.labels), case.weights)
    assert energy == pytest.approx(plain_energy(case.graph, case.labels, case.weights), rel=1e-9)


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_single_moves_keep_sums_that_are_those_counted_anew_and_never_raise_the_energy(seed: int) -> None:
    case = Case(seed)
    labels, sums = case.labels.copy(), case.sums(case.labels)
    before = plain_energy(case.graph, labels, case.weights)
    everywhere = (np.arange(len(labels)), np.zeros(len(case.bands), dtype=np.int64), 0)
    for _ in range(6):
        made = descend(case.graph, labels, sums, case.weights, 1, everywhere, scratch(len(labels)))
        after = plain_energy(case.graph, labels, case.weights)
        assert after <= before - 1e-10 * made
        assert in_one_piece(case.graph, labels)
        for name, value in case.sums(labels)._asdict().items():
            np.testing.assert_allclose(getattr(sums, name), value, rtol=1e-7, atol=1e-4, err_msg=name)
        before = after


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_where_the_descent_stops_no_single_move_lowers_the_energy(seed: int) -> None:
    case = Case(seed)
    labels, sums = case.labels.copy(), case.sums(case.labels)
    everywhere = (np.arange(len(labels)), np.zeros(len(case.bands), dtype=np.int64), 0)
    descend(case.graph, labels, sums, case.weights, 1000, everywhere, scratch(len(labels)))
    best = plain_energy(case.graph, labels, case.weights)
    for u in np.flatnonzero(~case.graph.frozen):
        e = slice(int(case.graph.indptr[u]), int(case.graph.indptr[u + 1]))
        for r in np.unique(labels[case.graph.neighbour[e][case.graph.passable[e]]]):
            trial = labels.copy()
            trial[u] = r
            if r != labels[u] and labels[u] in trial and in_one_piece(case.graph, trial):
                assert plain_energy(case.graph, trial, case.weights) >= best - 1e-6


@settings(SOME, max_examples=6)
@given(seed=st.integers(0, 2**32 - 1), allowed=st.sampled_from([0.0, 1.0, 1e12]))
def test_a_pair_divided_anew_stays_whole_and_within_the_energy_allowed(seed: int, allowed: float) -> None:
    case = Case(seed)
    labels, sums = case.labels.copy(), case.sums(case.labels)
    likeness = edge_likeness(case.graph, 1.0, 1.0)
    state = stream(seed, "pairs")
    for u in range(len(labels)):
        e = slice(int(case.graph.indptr[u]), int(case.graph.indptr[u + 1]))
        beside = labels[case.graph.neighbour[e][case.graph.passable[e]]]
        for b in np.unique(beside[beside != labels[u]])[:1]:
            old, before = labels.copy(), plain_energy(case.graph, labels, case.weights)
            run, pair = (0.5, allowed, state), (u, int(b))
            changed = divide_again(case.graph, labels, sums, case.weights, likeness, run, pair, scratch(len(labels)))
            assert changed or (labels == old).all()
            assert plain_energy(case.graph, labels, case.weights) <= before + allowed * (1 + 1e-9) + 1e-6
            assert in_one_piece(case.graph, labels)
            assert (labels == old)[case.graph.frozen].all()
            for name, value in case.sums(labels)._asdict().items():
                np.testing.assert_allclose(getattr(sums, name), value, rtol=1e-7, atol=1e-4, err_msg=name)


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_neighbour_lists_are_those_of_the_neighbourhood(seed: int) -> None:
    contiguity = planar_county(seed, cells=40).problem.contiguity
    for found, plain in zip(
        neighbour_lists(contiguity.edges, contiguity.n), contiguity.csr(passable_only=False), strict=True
    ):
        assert found.tolist() == plain.tolist()


@settings(SOME, max_examples=8)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_search_and_the_report_count_the_same_energy(seed: int) -> None:
    """Over all parts, without the price of missing the band and with the constant sum of squares put back."""
    problem = planar_county(seed, cells=40).problem
    parameters = Parameters(effort=0.02)
    proposal = propose(problem, parameters=parameters)
    prepared = prepare(problem)
    codes = np.unique(proposal.plan.labels[prepared.order], return_inverse=True)[1].astype(np.int32)
    weights = energy_weights(prepared, parameters, int(codes.max()) + 1)._replace(penalty=0.0)
    total = float((prepared.standardised**2).sum()) if weights.homogeneity else 0.0
    for part in parts_of(prepared):
        graph, node = search_graph(prepared, part)
        labels = np.zeros(len(graph.weight), dtype=np.int32)
        labels[node] = np.unique(codes[part.blocks], return_inverse=True)[1]
        total += plain_energy(graph, labels, weights)
    a, b = prepared.contiguity.edges.T
    total += weights.cohesion * float(prepared.cohesion[prepared.group[a] != prepared.group[b]].sum())
    assert plan_energy(prepared, codes, int(codes.max()) + 1, parameters) == pytest.approx(total, rel=1e-9)
