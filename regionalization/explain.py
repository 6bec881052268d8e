"""Why each region is as it is (Begründung): figures, what binds it, which neighbouring block would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regionalization.parts import Part, parts_of
from regionalization.preparation import Prepared, prepare
from regionalization.problem import Problem
from regionalization.scores import RegionScore, region_scores
from spatial.arrays import IntArray, LabelArray
from spatial.connectivity import is_contiguous, pieces
from spatial.plan import UNASSIGNED, Plan

_NEAR = 0.03  # nearer than this share of the limit counts as bound by it


@dataclass(frozen=True)
class BlockOffer:
    """A block at the border whose move would bring a region nearer to its band.

    Attributes
    ----------
    block : id; giver, taker : region it leaves and joins
    residents : of the block; after : of the region explained, when it is done
    both_in_band : are giver and taker in the band then?
    """

    block: str
    giver: int
    taker: int
    residents: int
    after: int
    both_in_band: bool


@dataclass(frozen=True)
class Explanation:
    """Why a region is as it is.

    Attributes
    ----------
    score : its figures
    compactness_rank, homogeneity_rank : place among all regions, 1 = best; 0 without features
    binding : codes of what leaves it no choice: ``"whole_municipality"``, ``"whole_piece"``, ``"near_minimum"``,
        ``"near_maximum"``, ``"locked"``, ``"kept_together"``, ``"kept_apart"``, ``"barrier"``
    offer : the block that would bring it nearest to the band, None when it is in the band or none helps
    """

    score: RegionScore
    compactness_rank: int
    homogeneity_rank: int
    binding: tuple[str, ...]
    offer: BlockOffer | None


def explain(plan: Plan, problem: Problem) -> tuple[Explanation, ...]:
    """One explanation per region, by number."""
    prepared = prepare(problem)
    labels = plan.labels[prepared.order]
    scores = region_scores(plan, problem)
    parts = {np.sort(part.blocks).astype(np.int64).tobytes(): part for part in parts_of(prepared)}
    compact = _ranks([s.polsby_popper for s in scores])
    alike = _ranks([s.homogeneity for s in scores])
    return tuple(
        Explanation(
            score=score,
            compactness_rank=compact[i],
            homogeneity_rank=alike[i],
            binding=_binding(prepared, labels, score, parts),
            offer=None if score.in_band else _offer(prepared, labels, score, {s.region: s for s in scores}),
        )
        for i, score in enumerate(scores)
    )


def _ranks(values: list[float]) -> list[int]:
    finite = np.array(values, dtype=np.float64)
    if not np.isfinite(finite).all():
        return [0] * len(values)
    return [int((finite > value).sum()) + 1 for value in finite]


def _binding(
    prepared: Prepared, labels: LabelArray, score: RegionScore, parts: Mapping[bytes, Part]
) -> tuple[str, ...]:
    """``parts`` by their blocks in ascending order."""
    members = np.flatnonzero(labels == score.region)
    ids = {prepared.blocks.ids[i] for i in members}
    constraints, found = prepared.problem.constraints, []
    part = parts.get(members.astype(np.int64).tobytes())
    if part is not None and part.municipality:
        whole = (prepared.blocks.municipality == prepared.blocks.municipality[members[0]]).sum() == len(members)
        found.append("whole_municipality" if whole else "whole_piece")
    if score.in_band and score.residents < score.target.minimum * (1 + _NEAR):
        found.append("near_minimum")
    if score.in_band and score.residents > score.target.maximum * (1 - _NEAR):
        found.append("near_maximum")
    if ids & set(constraints.locked):
        found.append("locked")
    if any(ids & set(group) for group in constraints.keep_together):
        found.append("kept_together")
    if any(ids & set(pair) for pair in constraints.keep_apart):
        found.append("kept_apart")
    if _meets_barrier(prepared, members):
        found.append("barrier")
    return tuple(found)


def _meets_barrier(prepared: Prepared, members: IntArray) -> bool:
    inside = np.zeros(len(prepared.blocks), dtype=bool)
    inside[members] = True
    edges = prepared.contiguity.edges
    outward = inside[edges[:, 0]] != inside[edges[:, 1]]
    same_group = prepared.group[edges[:, 0]] == prepared.group[edges[:, 1]]
    return bool((outward & prepared.contiguity.barrier & same_group).any())


def _offer(
    prepared: Prepared, labels: LabelArray, score: RegionScore, scores: dict[int, RegionScore]
) -> BlockOffer | None:
    """The border block after whose move the region misses its band least, whole regions kept."""
    needs_more = score.residents < score.target.minimum
    edges = prepared.contiguity.edges[prepared.contiguity.passable]
    both = np.concatenate([edges, edges[:, ::-1]])
    own, other = labels[both[:, 0]] == score.region, labels[both[:, 1]]
    across = both[own & (other != score.region) & (other != UNASSIGNED)]
    moves = {(int(v), int(labels[v]), score.region) for _, v in across}
    if not needs_more:
        moves = {(int(u), score.region, int(labels[v])) for u, v in across}
    offers = [_judged(prepared, score, scores, move) for move in sorted(moves)]
    for offer in sorted(offers, key=lambda o: (_missed(score, o.after), not o.both_in_band, o.block)):
        if _missed(score, offer.after) < _missed(score, score.residents) and _stays_whole(prepared, labels, offer):
            return offer
    return None


def _judged(
    prepared: Prepared, score: RegionScore, scores: dict[int, RegionScore], move: tuple[int, int, int]
) -> BlockOffer:
    at, giver, taker = move
    residents = int(prepared.blocks.population[at])
    given, taken = scores[giver].residents - residents, scores[taker].residents + residents
    both = scores[giver].target.holds(given) and scores[taker].target.holds(taken)
    return BlockOffer(prepared.blocks.ids[at], giver, taker, residents, taken if taker == score.region else given, both)


def _missed(score: RegionScore, residents: int) -> int:
    return max(score.target.minimum - residents, 0) + max(residents - score.target.maximum, 0)


def _stays_whole(prepared: Prepared, labels: LabelArray, offer: BlockOffer) -> bool:
    trial = labels.copy()
    trial[prepared.blocks.ids.index(offer.block)] = offer.taker
    giver_left = trial == offer.giver
    if not giver_left.any():
        return False
    concerned = np.where(giver_left | (trial == offer.taker), trial, UNASSIGNED).astype(np.int32)
    before = np.where((labels == offer.giver) | (labels == offer.taker), labels, UNASSIGNED).astype(np.int32)
    return is_contiguous(concerned, prepared.contiguity) or _count(prepared, concerned) <= _count(prepared, before)


def _count(prepared: Prepared, labels: LabelArray) -> int:
    used = labels != UNASSIGNED
    return len(np.unique(pieces(labels, prepared.contiguity)[used]))
