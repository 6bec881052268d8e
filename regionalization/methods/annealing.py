"""The main search of one part: balanced start, then annealed moves with a fixed number of tries."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from regionalization.methods.difference import own_prices, repriced, too_alike
from regionalization.methods.flips import descend, scratch, typical_change
from regionalization.methods.likeness import edge_likeness
from regionalization.methods.merge_split import mend_band, search_round
from regionalization.methods.random_numbers import THRESHOLDS, stream
from regionalization.methods.search_state import (
    RegionSums,
    SearchGraph,
    Weights,
    fill_sums,
    part_energy,
    sums_for,
    total_trouble,
)
from regionalization.methods.tree_cuts import balanced_start
from regionalization.methods.zones import Zone, zone_count, zones
from spatial.arrays import FloatArray, LabelArray

TRIES_PER_NODE = 6000
ROUNDS, FEWEST_ROUNDS = 40, 8
MEASURED = 20_000  # border moves looked at to set the temperature
EVERY = 2000  # tries between two merge–split moves
HOT, COLD = 2.0, 0.03  # first and last temperature, in mean changes of energy
DEAR, STRICT = 20.0, 1e4  # price of the band while mending; at last no move may leave it for anything it gains
MENDING = 40  # tries per region to bring regions into the band
LARGE = 5_000  # nodes of a part whose first plan gets only half the descent
TURNS, SWEEPS = 2, 3  # of the descent that ends every search
NOISE, ATTEMPTS, SLACK = 0.2, 12, 0.6  # of the trees of a fresh start

KeepGoing = Callable[[float], bool]


@dataclass(frozen=True, eq=False)
class SearchOrder:
    """What one part is to be searched for.

    Attributes
    ----------
    graph : the part
    bands : (k, 2) minimum and maximum residents of each region
    weights : prices of the energy
    key : names the random stream together with the seed
    seed : chosen by the caller
    effort : 1.0 = default number of tries; 0 = start and descent only
    start : (n,) labels 0…k−1 to start from, None = a fresh start
    heat : share of the first temperature; small values keep close to ``start``
    threads : side by side; never changes the result
    """

    graph: SearchGraph
    bands: FloatArray
    weights: Weights
    key: str
    seed: int
    effort: float = 1.0
    start: LabelArray | None = None
    heat: float = 1.0
    threads: int = 1


def search(order: SearchOrder, keep_going: KeepGoing) -> LabelArray:
    """Labels 0…k−1 of the best plan found; ``keep_going(done 0–1)`` is asked between rounds.

    The labels after every round are a valid plan wherever the start was one, so stopping early loses only quality.
    """
    labels = first_labels(order)
    if len(order.bands) == 1:
        return labels
    order = replace(order, graph=own_prices(order.graph))
    sums = sums_for(order.graph, order.bands)
    if order.effort > 0:
        labels = _cooled(order, labels, sums, keep_going)
    _ended(order, labels, sums)
    return labels


def first_labels(order: SearchOrder) -> LabelArray:
    """A connected plan to start from: the given one, or balanced cuts of random spanning trees."""
    k = len(order.bands)
    if order.start is not None:
        return order.start.astype(np.int32)
    if k == 1:
        return np.zeros(len(order.graph.weight), dtype=np.int32)
    likeness = edge_likeness(order.graph, order.weights.homogeneity, order.weights.cohesion)
    limits = (float(order.bands[:, 0].mean()), float(order.bands[:, 1].mean()), SLACK)
    run = (NOISE, ATTEMPTS, stream(order.seed, order.key, "start"))
    labels: LabelArray = balanced_start(order.graph, k, likeness, limits, run)
    return labels


def _cooled(order: SearchOrder, labels: LabelArray, sums: RegionSums, keep_going: KeepGoing) -> LabelArray:
    """The best plan met while the temperature falls over a fixed number of rounds."""
    change = _typical_change(order, labels, sums)
    rounds = _Rounds(order, labels, sums)
    best, best_energy = labels.copy(), judged(order, labels)
    fall = (COLD / HOT) ** (1.0 / rounds.count)
    for done in range(rounds.count):
        hot = HOT * order.heat * change * fall**done
        rounds.one(done, (hot, hot * fall))
        going = keep_going((done + 1) / rounds.count)
        if not going or done >= rounds.count // 2:  # hot plans are never the best
            energy = judged(order, labels)
            if energy < best_energy:
                best, best_energy = labels.copy(), energy
        if not going:
            break
    return best


class _Rounds:
    """The rounds of one search: zones redrawn, one random stream and one set of work arrays per zone."""

    def __init__(self, order: SearchOrder, labels: LabelArray, sums: RegionSums) -> None:
        count = zone_count(len(order.bands))
        self.count = max(FEWEST_ROUNDS, min(ROUNDS, round(ROUNDS * order.effort**0.5)))
        self.order, self.labels, self.sums = order, labels, sums
        self.likeness = edge_likeness(order.graph, order.weights.homogeneity, order.weights.cohesion)
        self.work = [scratch(len(labels)) for _ in range(count)]
        self.states = [stream(order.seed, order.key, "moves", z) for z in range(count)]

    def one(self, done: int, heat: tuple[float, float]) -> None:
        order = self.order
        priced = order.weights._replace(penalty=order.weights.penalty * (1 + 9 * done / self.count))
        fill_sums(order.graph, self.labels, self.sums, priced)
        repriced(order.graph, self.sums, _whole(order))

        def work(zone: Zone) -> None:
            tries = max(1, int(TRIES_PER_NODE * len(zone[0]) * order.effort) // self.count)
            run = (tries, EVERY, *heat, self.states[zone[2]], THRESHOLDS)
            state = (order.graph, self.labels, self.sums, priced, self.likeness)
            search_round(*state, run, zone, self.work[zone[2]])

        _side_by_side(work, zones(order.graph, self.labels, len(order.bands), done), order.threads)


def _side_by_side(work: Callable[[Zone], None], divided: list[Zone], threads: int) -> None:
    if threads <= 1 or len(divided) == 1:
        for zone in divided:
            work(zone)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, divided))


def _ended(order: SearchOrder, labels: LabelArray, sums: RegionSums) -> None:
    """Bring what is still out of the band into it, then carry out every single move that still pays."""
    k = len(order.bands)
    everywhere = (np.arange(len(labels), dtype=np.int64), np.zeros(k, dtype=np.int64), 0)
    work = scratch(len(labels))
    priced = order.weights._replace(penalty=DEAR * order.weights.penalty)
    fill_sums(order.graph, labels, sums, priced)
    if total_trouble(order.graph, labels, sums) > 0:
        change = _typical_change(order, labels, sums)
        fill_sums(order.graph, labels, sums, priced)
        likeness = edge_likeness(order.graph, order.weights.homogeneity, order.weights.cohesion)
        run = (MENDING * k, change, stream(order.seed, order.key, "mend"), THRESHOLDS)
        mended, left = labels.copy(), total_trouble(order.graph, labels, sums)
        if mend_band(order.graph, mended, sums, priced, likeness, run, everywhere, work) < left:
            labels[:] = mended
    priced = order.weights._replace(penalty=STRICT * order.weights.penalty)
    fill_sums(order.graph, labels, sums, priced)
    for turn in range(TURNS if order.effort > 0 or len(labels) <= LARGE else 1):
        divided = zones(order.graph, labels, k, turn)
        _side_by_side(lambda zone: _descend(order, labels, sums, priced, zone), divided, order.threads)


def _descend(order: SearchOrder, labels: LabelArray, sums: RegionSums, weights: Weights, zone: Zone) -> None:
    descend(order.graph, labels, sums, weights, SWEEPS, zone, scratch(len(labels)))


def _typical_change(order: SearchOrder, labels: LabelArray, sums: RegionSums) -> float:
    free = order.weights._replace(penalty=0.0)
    fill_sums(order.graph, labels, sums, free)
    run = (min(20 * len(labels), MEASURED), stream(order.seed, order.key, "temperature"))
    return float(typical_change(order.graph, labels, sums, free, run)) or 1.0


def judged(order: SearchOrder, labels: LabelArray) -> tuple[float, float]:
    """(residents out of band and pairs not apart, energy with a fine for likeness instead of the prices of the search).

    Smaller is better.
    """
    graph, sums = own_prices(order.graph), sums_for(order.graph, order.bands)
    free = order.weights._replace(penalty=0.0)
    fill_sums(graph, labels, sums, free)
    energy = float(part_energy(graph, labels, sums, free)) + too_alike(sums, _whole(order))
    return round(float(total_trouble(graph, labels, sums)), 6), energy


def _whole(order: SearchOrder) -> float:
    """What all regions together cost when every one lies a whole target out of the band: the scale of the energy."""
    return len(order.bands) * order.weights.penalty * order.weights.target
