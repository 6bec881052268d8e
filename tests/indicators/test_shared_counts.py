"""Indicators that share a count: what one of them hides cannot be worked out from the others."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from indicators.catalogue import Catalogue, standard_catalogue
from indicators.compute import IndicatorTable, compute
from indicators.counts import CellState, CountTable, count_table, joined_dates
from indicators.disclosure import DisclosureRules, suppressed_cells
from indicators.shared_counts import SharedCounts, shared_counts, told_elsewhere

STANDARD = standard_catalogue()
RULES = DisclosureRules()
AREAS, PER_TOWN = 12, 4
TOWN = np.arange(AREAS) // PER_TOWN
# 65+ of residents and of 20-64; under 18 and its complement of residents; children at risk per child under 18
OWN = ("BEV01", "BEV05", "BEV08", "BEV04", "ERW01", "KIJ05")
COUNTS_OF = {  # numerator, denominator by the name of what is counted
    "BEV01": ("all", None), "BEV05": ("old", "all"), "BEV08": ("old", "middle"), "BEV04": ("young", "all"),
    "ERW01": ("grown", "all"), "KIJ05": ("risk", "young"),
}  # fmt: skip


def catalogue(**minimum: int) -> Catalogue:
    """The indicators of the test, with minimum counts raised for some."""
    grown = replace(STANDARD["BEV04"], id="ERW01", name_de="Anteil ab 18")
    known = {**{key: STANDARD[key] for key in OWN if key in STANDARD}, "ERW01": grown}
    chosen = tuple(replace(known[key], min_numerator=minimum.get(key, known[key].min_numerator)) for key in OWN)
    return Catalogue("1", chosen, {}, {})


def people(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    young, old = rng.integers(0, 130, AREAS), rng.integers(0, 12, AREAS)
    middle = rng.integers(80, 260, AREAS)
    grown = middle + old
    return {"young": young, "old": old, "middle": middle, "grown": grown, "all": young + grown,
            "risk": rng.binomial(young, 0.2)}  # fmt: skip


def counts_of(seed: int, date: str, *, without: str = "", gap: tuple[str, int] = ("", 0)) -> CountTable:
    """Counts of one date; an indicator may be lacking there, and another lack one block."""
    counted = people(seed)
    none = np.full(AREAS, np.nan)
    columns = {key: (counted[n] * 1.0, none if d is None else counted[d] * 1.0) for key, (n, d) in COUNTS_OF.items()}
    columns = {key: column for key, column in columns.items() if key != without}
    if gap[0]:
        for column in columns[gap[0]]:
            column[gap[1]] = np.nan
    return count_table([f"{i:02d}" for i in range(AREAS)], columns, date=date)


def levels_of(
    seed: int, definitions: Catalogue, *, gaps: bool = False
) -> tuple[list[IndicatorTable], list[np.ndarray]]:
    """Three nested levels; with gaps: one block of BEV08 is unknown, and an earlier date has no BEV08 at all."""
    blocks = counts_of(seed, "2022-12-31", gap=("BEV08", seed % AREAS) if gaps else ("", 0))
    if gaps:
        blocks = joined_dates([counts_of(seed + 100, "2020-12-31", without="BEV08"), blocks])
    labels = (np.zeros(AREAS, dtype=np.int32), TOWN.astype(np.int32), np.arange(AREAS, dtype=np.int32))
    tables = [compute(definitions, blocks, label, level=str(i)) for i, label in enumerate(labels)]
    return tables, [np.zeros(3, dtype=np.int64), TOWN.astype(np.int64)]


def recovered(tables: list[IndicatorTable], masks: list[np.ndarray], day: int = 0) -> list[tuple[int, int, str]]:
    """Hidden numerators that follow from what is shown: the attack, with every sum and every complement known."""
    names = ("young", "old", "middle", "grown", "all", "risk")
    inside = [np.ones((1, AREAS)), np.eye(3)[:, TOWN], np.eye(AREAS)]

    def row(depth: int, area: int, name: str) -> np.ndarray:
        return np.kron(inside[depth][area], np.eye(len(names))[names.index(name)])

    signs = {name: float(sign) for name, sign in zip(names, (1, 0, 0, 1, -1, 0), strict=True)}
    equations = [np.kron(np.eye(AREAS)[a], list(signs.values())) for a in range(AREAS)]
    equations += [np.kron(np.eye(AREAS)[a], [0, -1, -1, 1, 0, 0]) for a in range(AREAS)]
    secret = []
    for depth, (table, mask) in enumerate(zip(tables, masks, strict=True)):
        for area, (k, key) in product(range(len(table)), enumerate(table.indicators)):
            known_here = table.state[area, day, k] == CellState.KNOWN and not mask[area, day, k]
            for name in filter(None, COUNTS_OF[key]) if known_here else ():
                equations.append(row(depth, area, name))
            if mask[area, day, k]:
                secret.append((depth, area, key))
    known = np.array(equations)
    strength, directions = np.linalg.eigh(known.T @ known)
    kernel = directions[:, strength < 1e-8].T
    return [s for s in secret if np.abs(kernel @ row(s[0], s[1], COUNTS_OF[s[2]][0])).max(initial=0) < 1e-7]  # type: ignore[arg-type]


@pytest.mark.parametrize("minimum", [{}, {"BEV05": 6}, {"BEV04": 20}, {"ERW01": 120, "BEV08": 8}])
def test_no_hidden_count_follows_from_other_indicators_of_the_same_release(minimum: dict[str, int]) -> None:
    for seed in range(8):
        tables, parents = levels_of(seed, catalogue(**minimum))
        masks = suppressed_cells(tables, parents, rules=RULES)
        assert sum(mask.sum() for mask in masks) > 0 and recovered(tables, masks) == [], seed


def test_a_gap_in_one_indicator_and_a_date_without_it_open_no_way_to_a_hidden_count() -> None:
    for seed in range(8):
        tables, parents = levels_of(seed, catalogue(BEV05=6), gaps=True)
        masks = suppressed_cells(tables, parents, rules=RULES)
        assert all(recovered(tables, masks, day) == [] for day in (0, 1)), seed
        assert all(any(mask[:, day].any() for mask in masks) for day in (0, 1))


def pair_of_old(middle: list[float], *, earlier: bool) -> np.ndarray:
    """What is hidden of the shares of the old among all (small group in a) and among those of middle age."""
    table = count_table(
        ["a", "b", "c"], {"BEV05": ([20, 50, 60], [90, 180, 900]), "BEV08": ([20, 50, 60], middle)}, date="2022-12-31"
    )
    if earlier:
        table = joined_dates(
            [count_table(["a", "b", "c"], {"BEV05": ([10, 40, 50], [190, 280, 800])}, date="2020-12-31"), table]
        )
    definitions = STANDARD.only(["BEV05", "BEV08"])
    tables = [compute(definitions, table, np.array(labels)) for labels in ([0, 0, 0], [0, 1, 2])]
    return suppressed_cells(tables, [np.zeros(3, dtype=np.int64)], rules=RULES)[-1][:, -1]


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("missing", [False, True])
def test_what_a_small_group_hides_is_hidden_beside_a_gap_and_an_earlier_date_too(earlier: bool, missing: bool) -> None:
    old, middle = pair_of_old([150, 310, np.nan if missing else 500], earlier=earlier).T
    assert old[0] and old.sum() == 2 and (middle | ([False, False, missing]) >= old).all()


def test_the_attack_finds_what_each_indicator_protected_for_itself_alone_would_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    none = SharedCounts(np.full((1, len(OWN)), -1), np.full((1, len(OWN)), -1), ())
    monkeypatch.setattr("indicators.disclosure.shared_counts", lambda _table: none)
    found = []
    for seed in range(8):
        tables, parents = levels_of(seed, catalogue(BEV05=6))
        found += recovered(tables, suppressed_cells(tables, parents, rules=RULES))
    assert len(found) > 10


def test_a_higher_minimum_for_one_indicator_holds_for_all_that_count_the_same() -> None:
    tables, parents = levels_of(3, catalogue(BEV05=9))
    mask = suppressed_cells(tables, parents, rules=RULES)[-1]
    old = mask[:, 0, [OWN.index("BEV05"), OWN.index("BEV08")]]
    assert old[:, 0].any() and (old[:, 0] == old[:, 1]).all()


def test_equal_counts_and_complements_are_found_in_the_numbers_and_not_in_their_names() -> None:
    tables, _ = levels_of(1, catalogue())
    found = shared_counts(tables[-1])
    number = dict(zip(OWN, found.numerator[0].tolist(), strict=True))
    assert number["BEV05"] == number["BEV08"] and found.denominator[0, OWN.index("KIJ05")] == number["BEV04"]
    wholes = {frozenset((one, two)): whole for one, two, whole in found.sums}
    assert wholes[frozenset((number["BEV04"], number["ERW01"]))] == number["BEV01"]
    assert [OWN[k] for k in found.needed_for(OWN.index("BEV01"))] == ["BEV01", "BEV05", "BEV08", "BEV04", "ERW01"]


def test_indicators_that_share_nothing_are_protected_as_if_they_stood_alone() -> None:
    rng = np.random.default_rng(5)
    columns = {key: (rng.integers(0, 40, AREAS), rng.integers(90, 400, AREAS)) for key in ("EIN02", "ARB01", "KIJ03")}
    blocks = count_table([str(i) for i in range(AREAS)], columns, date="2022-12-31")
    labels = (np.zeros(AREAS, dtype=np.int32), np.arange(AREAS, dtype=np.int32))

    def masks(keys: list[str]) -> np.ndarray:
        tables = [compute(STANDARD.only(keys), blocks.only(keys), label) for label in labels]
        assert (tables[-1].state == CellState.KNOWN).all()
        return suppressed_cells(tables, [np.zeros(AREAS, dtype=np.int64)], rules=RULES)[-1]

    together = masks(["EIN02", "ARB01", "KIJ03"])
    order = [i for i in STANDARD.ids if i in columns]
    assert all((together[:, :, [order.index(key)]] == masks([key])).all() for key in order)


def test_a_secret_is_followed_through_a_sum_whose_whole_is_part_of_another_sum() -> None:
    """a + b = W and c + d = b: with a hidden, c, d and W together would tell it, although nobody shows b itself."""
    c, d, w, a, b, n = range(6)
    shared = SharedCounts(np.array([[c, d, a, n]]), np.array([[w, w, w, b]]), ((c, d, b), (a, b, w)))
    hidden = np.array([[[False, False, True, False]]])
    assert told_elsewhere(shared, hidden)[0, 0].tolist() == [True, True, False, True]
