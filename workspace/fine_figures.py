"""Figures below the regions: Quartiere and blocks, protected under all that the levels above already show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from indicators.compute import IndicatorTable, compute
from indicators.counts import CellState, CountTable
from indicators.disclosure import DisclosureRules, ReleasedTable, suppressed_cells
from indicators.shared_counts import shared_counts
from regionalization.quartiere import propose_quartiere, quartier_target
from spatial.arrays import BoolArray, IntArray
from spatial.contiguity import Contiguity, contiguity_from_edges
from spatial.errors import Finding
from spatial.plan import UNASSIGNED, Plan
from workspace.figures import REST
from workspace.indicator_desk import IndicatorDesk
from workspace.release import Ledger, Occasion, ReleaseAudit, release
from workspace.release_request import Candidate
from workspace.workspace import Workspace, plan_of

QUARTIER, BLOCK = "quartier", "block"
QUARTIER_RESIDENTS = 3_000
_ARRAYS = ("value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True, eq=False)
class FineFigures:
    """The Quartiere of a drawing and their figures.

    Attributes
    ----------
    desk : the figures of the levels above, as one audience sees them
    plan : Quartier of each block, its parent the drawing
    ids : one per Quartier in ascending order of its number: ``"13.2"`` is the second Quartier of Raum 13
    candidate : every cell of all levels down to the Quartier, intern
    shown : the Quartiere as the audience of the desk may see them
    """

    desk: IndicatorDesk
    plan: Plan
    ids: tuple[str, ...]
    candidate: Candidate
    shown: ReleasedTable


def own_quartiere(workspace: Workspace) -> Plan | None:
    """The Quartiere somebody brought along, in the regions of the plan on the table.

    None without any, or when one of them lies in two regions by now.
    """
    own = workspace.quartiere
    if own is None:
        return None
    regions = plan_of(workspace)
    pairs = np.unique(np.c_[own.labels, regions.labels], axis=0)
    return replace(own, parent=regions) if len(pairs) == len(np.unique(own.labels)) else None


def quartiere_of(workspace: Workspace) -> Plan:
    """The Quartiere of the plan on the table: those brought along where they fit, otherwise a proposal."""
    return own_quartiere(workspace) or propose_quartier_plan(workspace)


def propose_quartier_plan(workspace: Workspace) -> Plan:
    """Quartiere of about 3,000 residents (or as the settings ask) inside the regions of the plan on the table.

    Same plan and same seed, same Quartiere.
    """
    settings = workspace.settings
    target = quartier_target(settings.quartier_target or QUARTIER_RESIDENTS)
    plan = plan_of(workspace)
    return propose_quartiere(
        plan, workspace.problem, target=target, parameters=settings.parameters, seed=settings.seed
    ).plan


def quartier_ids(quartiere: Plan, regions: Plan) -> tuple[str, ...]:
    """Region and running number of each Quartier, in ascending order of its number; the rest is ``"rest.1"``.

    >>> regions = Plan(np.array([7, 7, 9, -1]))
    >>> quartier_ids(Plan(np.array([4, 5, 6, 8]), level="quartier"), regions)
    ('7.1', '7.2', '9.1', 'rest.1')
    """
    numbers, first = np.unique(quartiere.labels, return_index=True)
    counted: dict[int, int] = {}
    ids = []
    for region in regions.labels[first].tolist():
        counted[region] = counted.get(region, 0) + 1
        ids.append(f"{REST if region == UNASSIGNED else region}.{counted[region]}")
    return tuple(ids[: len(numbers)])


def fine_figures(desk: IndicatorDesk, quartiere: Plan) -> FineFigures:
    """All indicators of the Quartiere of a drawing, for the audience of the desk.

    Parameters
    ----------
    quartiere : a Quartier ≥ 0 for every block, none across two regions
    """
    upper = desk.figures
    candidate = quartier_candidate(upper, desk.counts, regions=desk.plan, quartiere=quartiere)
    shown = _released(candidate, desk, above=tuple(desk.shown[t.level] for t in upper.tables))
    return FineFigures(desk, quartiere, candidate.tables[-1].ids, candidate, shown)


def quartier_candidate(upper: Candidate, counts: CountTable, *, regions: Plan, quartiere: Plan) -> Candidate:
    """The figures of a drawing with the Quartiere as one more level below the regions.

    Parameters
    ----------
    upper : county … regions
    counts : of the blocks, in the order of both plans
    """
    catalogue = upper.tables[-1].catalogue
    ids = quartier_ids(quartiere, regions)
    where = np.unique(quartiere.labels, return_inverse=True)[1]
    table = replace(compute(catalogue, counts.only(catalogue.ids), quartiere.labels, level=QUARTIER), ids=ids)
    rows = {key: i for i, key in enumerate(upper.tables[-1].ids)}
    keys = np.array(counts.ids, dtype=object)
    return Candidate(
        tables=(*upper.tables, table),
        parents=(*upper.parents, np.array([rows[key.rpartition(".")[0]] for key in ids], dtype=np.int64)),
        members=(*upper.members, tuple(tuple(sorted(keys[where == i])) for i in range(len(ids)))),
        plan=upper.plan,
        names=(*upper.names, ids),
        withheld=upper.withheld | {key for key in ids if key.startswith(f"{REST}.")},
        blocks=counts,
    )


def block_figures(fine: FineFigures, indicator: str) -> ReleasedTable:
    """One indicator for every block, protected under county, municipality, region and Quartier."""
    candidate = block_candidate(fine, indicator)
    return _released(candidate, fine.desk, above=_above_blocks(fine, indicator))


def block_candidate(fine: FineFigures, indicator: str) -> Candidate:
    """One indicator on all levels down to the block, intern; those whose counts it could tell stand by unprinted."""
    desk = fine.desk
    one = desk.catalogue.only(_beside(fine, indicator))
    n = len(desk.counts)
    counted = compute(one, desk.counts.only(one.ids), np.arange(n, dtype=np.int32), level=BLOCK)
    upper = fine.candidate
    return Candidate(
        tables=(*(_only(table, one.ids) for table in upper.tables), replace(counted, ids=desk.counts.ids)),
        parents=(*upper.parents, np.unique(fine.plan.labels, return_inverse=True)[1].astype(np.int64)),
        members=(*upper.members, tuple((key,) for key in desk.counts.ids)),
        plan=upper.plan,
        names=(*upper.names, desk.counts.ids),
        withheld=upper.withheld,
        unprinted=frozenset(one.ids) - {indicator},
        blocks=desk.counts.only(one.ids),
    )


def leaving_below_the_regions(fine: FineFigures, level: str, indicator: str) -> tuple[Candidate, ReleaseAudit]:
    """What leaves the house with a table of Quartiere or blocks, and the audit that keeps to what the page shows.

    Parameters
    ----------
    level : ``"quartier"`` for all indicators of the Quartiere, ``"block"`` for one indicator of the blocks
    """
    if level == QUARTIER:
        return fine.candidate, under_what_is_shown([fine.desk.shown[t.level] for t in fine.desk.figures.tables])
    return block_candidate(fine, indicator), under_what_is_shown(_above_blocks(fine, indicator))


def _above_blocks(fine: FineFigures, indicator: str) -> tuple[ReleasedTable, ...]:
    desk = fine.desk
    above = (*(desk.shown[t.level] for t in desk.figures.tables), fine.shown)
    return tuple(_only(table, _beside(fine, indicator)) for table in above)


def _beside(fine: FineFigures, indicator: str) -> tuple[str, ...]:
    """An indicator and those that must be looked at with it, because it could tell what they hide."""
    table = fine.candidate.tables[-1]
    return tuple(table.indicators[k] for k in shared_counts(table).needed_for(table.indicators.index(indicator)))


def quartier_neighbours(quartiere: Plan, contiguity: Contiguity) -> Contiguity:
    """Which Quartiere touch, from which of their blocks touch; Quartiere in ascending order of their numbers.

    >>> line = contiguity_from_edges(3, [(0, 1), (1, 2)], [10.0, 20.0])
    >>> quartier_neighbours(Plan(np.array([4, 4, 6])), line).border_m.tolist()
    [20.0]
    """
    numbers, where = np.unique(quartiere.labels, return_inverse=True)
    pairs = np.sort(where[contiguity.edges], axis=1)
    crossing = pairs[:, 0] != pairs[:, 1]
    edges, position = np.unique(pairs[crossing], axis=0, return_inverse=True)
    border_m = np.bincount(position.ravel(), weights=contiguity.border_m[crossing], minlength=len(edges))
    return contiguity_from_edges(len(numbers), edges, border_m)


def _released(candidate: Candidate, desk: IndicatorDesk, *, above: Sequence[ReleasedTable]) -> ReleasedTable:
    occasion = Occasion(desk.audience, "", "")
    return release(candidate, occasion, ledger=desk.ledger, audits=(under_what_is_shown(above),))[0][-1]


def under_what_is_shown(above: Sequence[ReleasedTable]) -> ReleaseAudit:
    """An audit for the finest level: the levels above are shown already and cannot be taken back.

    What they hide stays hidden. Where the finest level could only be protected by hiding a cell above that is shown,
    everything below that cell is hidden instead.
    """

    def audit(
        candidate: Candidate, masks: Sequence[BoolArray], ledger: Ledger, /
    ) -> tuple[list[BoolArray], tuple[Finding, ...]]:
        known = [
            _hidden_above(table, shown, mask)
            for table, shown, mask in zip(candidate.tables, above, masks, strict=False)
        ]
        secret = [*known, *masks[len(known) :]]
        found = suppressed_cells(candidate.tables, candidate.parents, rules=DisclosureRules(), also=secret)
        for depth in range(1, len(found)):
            taken_back = found[depth - 1] & ~secret[depth - 1]
            found[depth] = found[depth] | taken_back[candidate.parents[depth - 1]]
        return found, ()

    return audit


def _hidden_above(full: IndicatorTable, shown: ReleasedTable, mask: BoolArray) -> BoolArray:
    """Which known cells of a level its released table hides; areas that are never printed keep the mask."""
    rows = {key: i for i, key in enumerate(shown.ids)}
    hidden = mask.copy()
    for i, key in enumerate(full.ids):
        if key in rows:
            hidden[i] = (shown.state[rows[key]] == CellState.SUPPRESSED) & (full.state[i] == CellState.KNOWN)
    return hidden


def _only(table: Any, indicators: Sequence[str]) -> Any:
    """The part of a table with some indicators, in its own order."""
    k: IntArray = np.array([i for i, key in enumerate(table.indicators) if key in indicators])
    arrays = {name: getattr(table, name)[:, :, k] for name in (*_ARRAYS, "state")}
    return replace(table, catalogue=table.catalogue.only(list(indicators)), **arrays)
