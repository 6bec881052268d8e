"""The exact search: its compiled loops against plain Python, its proofs against trying everything."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regionalization.energy_weights import energy_weights
from regionalization.methods.annealing import SearchOrder, judged
from regionalization.methods.connected_sets import (
    cheapest_of_each,
    connected_sets,
    neighbour_bits,
    reduced_costs,
    set_costs,
    set_pool,
)
from regionalization.methods.exact import Limits, energy_of, solve_exactly
from regionalization.methods.local_search import searched_around
from regionalization.methods.mending import mend_exactly
from regionalization.methods.part_search import search_part
from regionalization.methods.triple_cuts import cut_rows, violated_triples
from regionalization.part_order import order_of_part
from regionalization.parts import parts_of
from regionalization.population_target import PopulationTarget
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from tests.regionalization.grid_county import drawn

LAYOUT = "AAAA\nAA A\nAAAA\n"


def uneven(picture: str = LAYOUT, *, seed: int = 4, band: tuple[int, int] = (220, 480), **demands: Any) -> Problem:
    """A drawn county with different residents and two features."""
    problem = drawn(picture, target=PopulationTarget(band[0], sum(band) // 2, band[1]), **demands)
    rng = np.random.default_rng(seed)
    n = len(problem.blocks)
    blocks = replace(problem.blocks, population=rng.integers(60, 140, n))
    return replace(problem, blocks=blocks, features=rng.normal(size=(n, 2)), feature_names=("a", "b"))


def order_of(problem: Problem, count: int | None = None) -> SearchOrder:
    prepared = prepare(problem)
    part = parts_of(prepared)[0]
    part = part if count is None else replace(part, count=count)
    parameters = Parameters(cohesion=0.7, balance=0.3)
    weights = energy_weights(prepared, parameters, part.count)
    return order_of_part(prepared, part, weights=weights, parameters=parameters, seed=1)[0]


def pool_of(order: SearchOrder) -> Any:
    nodes = np.arange(len(order.graph.weight))
    band = (order.bands[0, 0], order.bands[0, 1])
    sets, complete = connected_sets(neighbour_bits(order.graph, nodes, len(nodes)), order.graph.residents, band, 10_000)
    assert complete
    return set_pool(sets, set_costs(order.graph, order.weights, sets, nodes, nodes))


def is_joined(members: set[int], order: SearchOrder) -> bool:
    graph = order.graph
    reached, waiting = {min(members)}, [min(members)]
    while waiting:
        u = waiting.pop()
        beside = set(graph.neighbour[graph.indptr[u] : graph.indptr[u + 1]].tolist()) & members - reached
        reached |= beside
        waiting += beside
    return reached == members


def sets_in_plain_python(order: SearchOrder) -> set[tuple[int, ...]]:
    low, high = order.bands[0]
    nodes = range(len(order.graph.weight))
    found = set()
    for size in range(1, len(nodes) + 1):
        for members in itertools.combinations(nodes, size):
            if low <= order.graph.residents[list(members)].sum() <= high and is_joined(set(members), order):
                found.add(members)
    return found


def members_of(pool: Any) -> list[tuple[int, ...]]:
    return [tuple(pool.member[pool.start[q] : pool.start[q + 1]].tolist()) for q in range(len(pool.costs))]


def best_in_plain_python(order: SearchOrder, pool: Any) -> float:
    """Least cost of k disjoint sets that hold every node, by trying all."""
    k, sets = len(order.bands), [set(m) for m in members_of(pool)]

    def rest(left: set[int], regions: int) -> float:
        if not left or not regions:
            return 0.0 if not left and not regions else np.inf
        first = min(left)
        options = [q for q, members in enumerate(sets) if first in members and members <= left]
        return min((float(pool.costs[q]) + rest(left - sets[q], regions - 1) for q in options), default=np.inf)

    return rest(set(range(len(order.graph.weight))), k)


def test_every_connected_set_in_the_band_is_found_once() -> None:
    order = order_of(uneven())
    found = members_of(pool_of(order))
    assert len(found) == len(set(found))
    assert set(found) == sets_in_plain_python(order)


def test_a_broken_off_enumeration_says_so() -> None:
    order = order_of(uneven())
    nodes = np.arange(11)
    bits = neighbour_bits(order.graph, nodes, 11)
    sets, complete = connected_sets(bits, order.graph.residents, (220.0, 480.0), 5)
    assert len(sets) == 5
    assert not complete


@pytest.mark.parametrize("seed", range(3))
def test_the_costs_of_chosen_sets_add_up_to_the_energy_of_the_plan(seed: int) -> None:
    order = order_of(uneven(seed=seed))
    found = solve_exactly(order.graph, order.bands, order.weights, known=None)
    assert found.labels is not None
    chosen = [tuple(np.flatnonzero(found.labels == r).tolist()) for r in range(len(order.bands))]
    pool = pool_of(order)
    at = [members_of(pool).index(members) for members in chosen]
    energy = energy_of(order.graph, found.labels, order.bands, order.weights)
    assert pool.costs[at].sum() == pytest.approx(energy)
    assert found.bound == pytest.approx(energy)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("band", [(220, 480), (260, 400), (290, 345)])
def test_the_proven_best_is_the_best_of_all(seed: int, band: tuple[int, int]) -> None:
    order = order_of(uneven(seed=seed, band=band))
    found = solve_exactly(order.graph, order.bands, order.weights, known=None)
    best = best_in_plain_python(order, pool_of(order))
    assert found.status == ("optimal" if best < np.inf else "infeasible")
    assert found.bound == pytest.approx(best)
    assert (found.labels is None) == (best == np.inf)


def test_a_known_plan_narrows_the_proof_and_changes_nothing() -> None:
    order = order_of(uneven())
    first = solve_exactly(order.graph, order.bands, order.weights, known=None)
    again = solve_exactly(order.graph, order.bands, order.weights, known=first.labels)
    assert again.status == "optimal"
    assert again.bound == pytest.approx(first.bound)


def test_what_cannot_be_is_proven_to_be_impossible() -> None:
    order = order_of(drawn("AAA\nAAA\nAAA\n", target=PopulationTarget(150, 300, 440)), count=3)
    tight = replace(order, bands=np.tile([299.0, 301.0], (3, 1)))
    assert solve_exactly(tight.graph, tight.bands, tight.weights, known=None).status == "optimal"
    unequal = order_of(uneven("AAA\nAAA\nAAA\n", band=(250, 350)), count=3)
    none = replace(unequal, bands=np.tile([270.2, 270.4], (3, 1)))
    result = solve_exactly(none.graph, none.bands, none.weights, known=None)
    assert (result.status, result.labels, result.bound) == ("infeasible", None, np.inf)


def test_a_stopped_proof_still_gives_a_bound_or_says_that_none_is_known() -> None:
    order = order_of(uneven("AAAAAA\nAAAAAA\nAAAAAA\n"))
    best = solve_exactly(order.graph, order.bands, order.weights, known=None).bound
    for patience in range(12):
        asked = itertools.count()
        limits = Limits(going=lambda asked=asked, patience=patience: next(asked) < patience)  # type: ignore[misc]
        found = solve_exactly(order.graph, order.bands, order.weights, known=None, limits=limits)
        assert found.bound <= best + 1e-6
        assert found.status in ("optimal", "unknown")


def test_a_wish_to_stop_at_any_moment_leaves_a_whole_plan() -> None:
    order = order_of(uneven("AAAAAA\nAAAAAA\nAAAAAA\n"))
    for patience in (0, 1, 3, 9, 12, 15, 20):
        asked = itertools.count()
        going = lambda done, asked=asked, patience=patience: next(asked) < patience  # noqa: E731
        result = search_part(order, exact=True, keep_going=going)
        assert sorted(set(result.labels.tolist())) == list(range(len(order.bands)))
        assert all(is_joined(set(np.flatnonzero(result.labels == r).tolist()), order) for r in set(result.labels))


def test_reduced_costs_and_cheapest_sets_are_those_of_plain_numpy() -> None:
    pool, rng = pool_of(order_of(uneven())), np.random.default_rng(0)
    prices = rng.normal(size=12)
    plain = [c - prices[list(m)].sum() - prices[-1] for c, m in zip(pool.costs, members_of(pool), strict=True)]
    assert reduced_costs(pool, prices) == pytest.approx(np.array(plain))
    best = cheapest_of_each(pool, pool.costs, 11, 3)
    for node in range(11):
        holding = [q for q, members in enumerate(members_of(pool)) if node in members]
        assert best[node].tolist() == sorted(holding, key=lambda q: pool.costs[q])[:3]


def test_cuts_over_three_nodes_are_those_of_plain_numpy() -> None:
    pool, rng = pool_of(order_of(uneven())), np.random.default_rng(1)
    chosen = np.sort(rng.choice(len(pool.costs), 12, replace=False))
    share = rng.random(12)
    held = np.zeros((12, 11))
    for a, q in enumerate(chosen):
        held[a, list(members_of(pool)[q])] = 1
    expected = {}
    for triple in itertools.combinations(range(11), 3):
        over = share[held[:, list(triple)].sum(axis=1) >= 2].sum() - 1
        if over > 1e-3:
            expected[triple] = over
    triples, amount = violated_triples(pool, chosen, share, 11)
    assert dict(zip(map(tuple, triples.tolist()), amount, strict=True)) == pytest.approx(expected)
    start, at = cut_rows(pool.bits, chosen, triples)
    for t, triple in enumerate(triples):
        assert at[start[t] : start[t + 1]].tolist() == np.flatnonzero(held[:, triple].sum(axis=1) >= 2).tolist()


def test_the_default_search_of_a_small_county_is_proven_best() -> None:
    proposal = propose(uneven("AAAAAA\nAAAAAA\nAAAAAA\n"), seed=3)
    assert proposal.proof is not None
    assert (proposal.proof.optimal, proposal.proof.gap) == (1, 0.0)
    assert "proven_optimal" in proposal.notes
    energies = {round(propose(uneven("AAAAAA\nAAAAAA\nAAAAAA\n"), seed=s).scores["energy"], 9) for s in range(3)}
    assert energies == {round(proposal.scores["energy"], 9)}


def test_a_plan_that_stays_close_to_today_is_not_said_to_be_proven() -> None:
    problem = uneven()
    today = propose(problem, seed=1).plan
    held = replace(problem, constraints=replace(problem.constraints, current_plan=today, stay_close=0.5))
    proposal = propose(held, method="exact")
    assert proposal.proof is not None
    assert (proposal.proof.open, proposal.proof.gap) == (1, None)
    assert "no_bound" in proposal.notes


def test_regions_out_of_the_band_are_mended_with_their_neighbours() -> None:
    order = order_of(drawn("AAAAAAAAAA\nAAAAAAAAAA\n", target=PopulationTarget(400, 500, 600)), count=4)
    broken = np.array([0, 0, 0, 0, 1, 1, 2, 3, 3, 3] * 2, dtype=np.int32)
    labels = mend_exactly(order.graph, broken, order.bands, order.weights)
    assert np.bincount(labels).min() >= 4
    assert (mend_exactly(order.graph, broken, order.bands, order.weights, going=lambda: False) == broken).all()


def test_a_region_left_out_of_the_band_is_searched_anew_with_its_neighbours_alone() -> None:
    order = order_of(drawn("AAAAAAAAAA\nAAAAAAAAAA\n", target=PopulationTarget(400, 500, 600)), count=4)
    broken = np.array([0, 0, 0, 0, 1, 1, 2, 3, 3, 3] * 2, dtype=np.int32)
    before = judged(order, broken)
    mended = searched_around(order, broken, 1, lambda done: True)
    assert judged(order, mended) < before
    assert judged(order, mended)[0] == 0
    assert (searched_around(order, broken, 1, lambda done: False) == broken).all()
    assert (searched_around(order, mended, 1, lambda done: True) == mended).all()
