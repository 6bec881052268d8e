"""What no plan can keep, found before anybody waits (Machbarkeit), with reason and remedies."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from regionalization.contradictions import contradictions
from regionalization.parts import Part, parts_of, regions_out_of_band
from regionalization.population_target import PopulationTarget
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from regionalization.violation import Remedy, Violation

_NAMED_NEIGHBOURS = 3


def feasibility(problem: Problem) -> tuple[Violation, ...]:
    """Everything that no plan under these constraints can keep, before solving.

    Returns
    -------
    violations with ``unavoidable=True``, a reason and remedies, best first; empty when nothing stands in the way.
    Per municipality and connected piece: residents outside every [k·minimum, k·maximum]; blocks above the maximum;
    demands that contradict each other.

    Raises
    ------
    InputError : the constraints name blocks, municipalities or plans that do not exist
    """
    prepared = prepare(problem)
    return prepared_feasibility(prepared, parts_of(prepared))


def prepared_feasibility(prepared: Prepared, parts: tuple[Part, ...]) -> tuple[Violation, ...]:
    """``feasibility`` of a prepared problem and its parts."""
    siblings: dict[str, int] = {}
    for part in parts:
        siblings[part.municipality] = siblings.get(part.municipality, 0) + 1
    found = [v for part in parts for v in _part_violations(prepared, part, siblings[part.municipality] > 1)]
    return (*found, *contradictions(prepared, parts))


def _part_violations(prepared: Prepared, part: Part, is_piece: bool) -> Iterable[Violation]:
    yield from _too_large_blocks(prepared, part)
    if out_of_reach(part):
        yield Violation(
            rule="population",
            municipality=part.municipality,
            blocks=_ids(prepared, part) if is_piece or not part.municipality else (),
            measured=part.residents,
            limit=nearest_limit(part.counted, part.count, part.target),
            unavoidable=True,
            reason=part_reason(part, is_piece),
            remedies=tuple(_remedies(prepared, part, is_piece)),
        )


def out_of_reach(part: Part) -> bool:
    """Must at least one region of the part be out of the band?"""
    return regions_out_of_band(part.counted, part.count, part.target) > 0


def part_reason(part: Part, is_piece: bool) -> str:
    """Code of why a part cannot be kept in the band."""
    free = any(
        regions_out_of_band(part.counted, k, part.target) == 0
        for k in range(1, part.counted // max(1, part.target.minimum) + 1)
    )
    if free:
        return "apart_against_band" if part.count == part.parted > 1 else "count_does_not_fit"
    if part.counted < part.target.minimum:
        return "piece_below_minimum" if is_piece else "municipality_below_minimum"
    return "between_counts"


def nearest_limit(residents: int, count: int, target: PopulationTarget) -> int:
    """The total that ``count`` regions would need at least, or could hold at most."""
    return count * target.minimum if residents < count * target.minimum else count * target.maximum


def _ids(prepared: Prepared, part: Part) -> tuple[str, ...]:
    return tuple(prepared.blocks.ids[i] for i in part.blocks)


def _too_large_blocks(prepared: Prepared, part: Part) -> Iterable[Violation]:
    people = prepared.blocks.population[part.blocks]
    for i in part.blocks[people > part.target.maximum]:
        residents = int(prepared.blocks.population[i])
        yield Violation(
            rule="population",
            municipality=prepared.blocks.municipalities[int(prepared.blocks.municipality[i])].key,
            blocks=(prepared.blocks.ids[i],),
            measured=residents,
            limit=part.target.maximum,
            unavoidable=True,
            reason="block_above_maximum",
            remedies=(
                Remedy("widen_band", {"maximum": residents}),
                Remedy("divide_block", {"block": prepared.blocks.ids[i], "residents": residents}),
                Remedy("accept_exception", {"residents": residents}),
            ),
        )


def _remedies(prepared: Prepared, part: Part, is_piece: bool) -> Iterable[Remedy]:
    per_region = part.counted / part.count
    if part.counted > part.count * part.target.maximum:
        yield Remedy("widen_band", {"maximum": -(-part.counted // part.count)})
        other = part.count + 1
        share = round(part.counted / other)
        if part.nodes >= other:
            yield Remedy("other_count", {"count": other, "residents": share, "municipality": part.municipality})
            yield Remedy("widen_band", {"minimum": part.counted // other})
    else:
        yield Remedy("widen_band", {"minimum": int(per_region)})
    if is_piece:
        yield Remedy("declare_bridge", {"blocks": len(part.blocks), "residents": part.residents})
    yield from _joinable(prepared, part)
    yield Remedy("accept_exception", {"residents": part.residents, "count": part.count})


def _joinable(prepared: Prepared, part: Part) -> list[Remedy]:
    """Neighbouring municipalities that would make the part possible when regions may cross that border."""
    if not part.municipality:
        return []
    blocks, edges = prepared.blocks, prepared.contiguity.edges
    mine = np.zeros(len(blocks), dtype=bool)
    mine[part.blocks] = True
    touching = mine[edges[:, 0]] != mine[edges[:, 1]]
    outer = np.where(mine[edges[touching, 0]], edges[touching, 1], edges[touching, 0])
    metres = np.bincount(blocks.municipality[outer], weights=prepared.contiguity.border_m[touching])
    remedies = []
    for code in sorted(np.flatnonzero(metres > 0), key=lambda c: -metres[c]):
        neighbour = blocks.municipalities[int(code)]
        total = part.residents + neighbour.residents
        counts = [k for k in range(1, total // max(part.target.minimum, 1) + 1) if k * part.target.maximum >= total]
        if counts and neighbour.key != part.municipality:
            best = min(counts, key=lambda k: abs(total / k - part.target.target))
            values = {"municipality": neighbour.key, "name": neighbour.name, "residents": total, "count": best}
            remedies.append(Remedy("join_municipality", values))
    return remedies[:_NAMED_NEIGHBOURS]
