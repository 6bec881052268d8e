"""The one door to the algorithms: from a problem to proposals (Vorschläge)."""

from __future__ import annotations

from regionalization.alternatives import different_proposals
from regionalization.draft import draft
from regionalization.methods.registry import METHODS
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proposal import Parameters, Proposal

__all__ = ["METHODS", "Watch", "propose", "propose_alternatives"]


def propose(
    problem: Problem,
    *,
    method: str = "annealing",
    parameters: Parameters | None = None,
    seed: int = 0,
    watch: Watch | Progress | None = None,
) -> Proposal:
    """A plan for the county: every block once, every region in one piece, in the band wherever that is possible.

    Parameters
    ----------
    problem : blocks, neighbourhood, target, constraints, features
    method : key of ``METHODS``
    parameters : what steers the search; threads never change the plan
    seed : the same problem, method, parameters and seed give the same plan on any machine, in any block order
    watch : called with the share done, 0–1; returns True to stop, the best plan so far is delivered then; a
        ``Progress`` instead brings its own emergency stop and clock

    Raises
    ------
    InputError : unknown method, or constraints that name what does not exist
    """
    return draft(problem, method=method, parameters=parameters or Parameters(), seed=seed, watch=watch)


def propose_alternatives(
    problem: Problem,
    *,
    count: int,
    parameters: Parameters | None = None,
    seed: int = 0,
    watch: Watch | Progress | None = None,
) -> tuple[Proposal, ...]:
    """Up to ``count`` proposals, the best first, each searched so that it really differs from all found before.

    All are searched with the weights asked for, so none is worse than its difference makes it. Two plans really differ
    from an adjusted Rand index of 0.6 down; where the county leaves no room for that many such plans the nearest ones
    are delivered all the same, the same plan once only (``extra["same"]`` = how many further searches ended with it).
    The same problem, ``count``, parameters and seed give the same list; a single one of it is found again only with the
    list, by its ``extra["turn"]`` (1 = searched first), ``extra["count"]`` and ``extra["first_seed"]``.
    ``extra["distance"]`` (1 − adjusted Rand index to the most similar one before) says how
    different each is, ``extra["gap"]`` by which share its energy exceeds that of the best, ``extra["strengths"]`` in
    what it is the best of the set (codes of ``regionalization.alternatives.STRENGTHS``).
    """
    return different_proposals(problem, count=count, parameters=parameters or Parameters(), seed=seed, watch=watch)
