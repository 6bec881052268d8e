"""The annealed moves and the tables over trees give what the same rules give step by step in plain numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalization.methods.flips import anneal, scratch
from regionalization.methods.likeness import edge_likeness
from regionalization.methods.merge_split import _cut_tables
from regionalization.methods.random_numbers import THRESHOLDS, draw, stream
from regionalization.methods.search_state import SearchGraph
from regionalization.methods.tree_cuts import spanning_tree, subtree_sizes
from tests.regionalization.test_kernels import SOME, Case, in_one_piece, plain_energy


def plain_anneal(case: Case, labels: Any, run: Any) -> None:
    """``anneal`` with the energy of the whole county counted anew for every try."""
    tries, temperature, state, at = run
    graph = case.graph
    for turn in range(tries):
        bits, u = int(draw(state)), (at + turn) % len(labels)
        degree = int(graph.indptr[u + 1] - graph.indptr[u])
        e = int(graph.indptr[u]) + (((bits >> 13) & 0x7FFFF) * degree >> 19)
        if degree == 0 or graph.frozen[u] or not graph.passable[e]:
            continue
        trial = labels.copy()
        trial[u] = labels[graph.neighbour[e]]
        if (trial == labels).all() or not (trial == labels[u]).any() or not in_one_piece(graph, trial):
            continue
        rise = plain_energy(graph, trial, case.weights) - plain_energy(graph, labels, case.weights)
        if rise <= temperature * THRESHOLDS[bits & (len(THRESHOLDS) - 1)]:
            labels[:] = trial


@SOME
@given(seed=st.integers(0, 2**32 - 1), warmth=st.sampled_from([0.0, 0.1, 1.0]))
def test_annealed_moves_are_those_of_the_rule_counted_anew_at_every_step(seed: int, warmth: float) -> None:
    case = Case(seed)
    temperature, start = warmth * abs(plain_energy(case.graph, case.labels, case.weights)) / 50, 3
    quick, slow, sums = case.labels.copy(), case.labels.copy(), case.sums(case.labels)
    zone = (np.arange(len(quick)), np.zeros(len(case.bands), dtype=np.int64), 0)
    run = (300, temperature, stream(seed, "moves"), THRESHOLDS, start)
    at = anneal(case.graph, quick, sums, case.weights, run, zone, scratch(len(quick)))
    plain_anneal(case, slow, (300, temperature, stream(seed, "moves"), start))
    assert quick.tolist() == slow.tolist()
    assert at == (start + 300) % len(quick)


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_a_spanning_tree_reaches_every_block_over_open_borders_and_a_subtree_is_a_run(seed: int) -> None:
    case, nodes, (visit, above) = tree_of_case(seed)
    assert sorted(visit.tolist()) == list(range(len(nodes)))
    sizes = subtree_sizes(above)
    for i in range(1, len(visit)):
        assert above[i] < i < above[i] + sizes[above[i]]
        u, v = nodes[visit[i]], nodes[visit[above[i]]]
        own = slice(int(case.graph.indptr[u]), int(case.graph.indptr[u + 1]))
        assert v in case.graph.neighbour[own][case.graph.passable[own]]


@SOME
@given(seed=st.integers(0, 2**32 - 1))
def test_the_table_of_a_tree_holds_for_every_cut_what_is_counted_block_by_block(seed: int) -> None:
    case, nodes, tree = tree_of_case(seed)
    numbers, features = _cut_tables(case.graph, nodes, tree, scratch(len(nodes)))
    sizes = subtree_sizes(tree[1])
    for i in range(len(nodes)):
        inside = np.zeros(len(nodes), dtype=bool)
        inside[nodes[tree[0][i : i + sizes[i]]]] = True
        expected = plain_row(case.graph, inside)
        counted = [*numbers[i, :4], numbers[i, 5], numbers[i, 4] - 2 * numbers[i, 5], numbers[i, 6]]
        assert counted == pytest.approx(expected, rel=1e-9, abs=1e-5)
        np.testing.assert_allclose(features[i], case.graph.features[inside].sum(axis=0), rtol=1e-9, atol=1e-9)


def tree_of_case(seed: int) -> tuple[Case, Any, Any]:
    case = Case(seed)
    nodes = np.arange(len(case.labels))
    likeness, place = edge_likeness(case.graph, 1.0, 1.0), np.full(len(nodes), -1, dtype=np.int64)
    return case, nodes, spanning_tree(case.graph, nodes, likeness, (0.5, stream(seed, "tree")), place)


def plain_row(graph: SearchGraph, inside: Any) -> list[float]:
    """Residents, weight, area, perimeter, metres inside, metres and cohesion across."""
    source = np.repeat(np.arange(len(inside)), np.diff(graph.indptr))
    both = inside[source] & inside[graph.neighbour]
    across = inside[source] & ~inside[graph.neighbour]
    sums = [float(column[inside].sum()) for column in (graph.residents, graph.weight, graph.area, graph.perimeter)]
    return [*sums, graph.border_m[both].sum() / 2, graph.border_m[across].sum(), graph.cohesion[across].sum()]
