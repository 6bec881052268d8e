"""How evenly a group lives over the areas (Segregation), from the segregation package."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from segregation.singlegroup import Dissim, Entropy, Gini, Isolation

from spatial.arrays import FloatArray
from spatial.errors import Finding, InputError


@dataclass(frozen=True)
class Segregation:
    """Indices 0–1 of one group (Segregationsmaße).

    Attributes
    ----------
    dissimilarity : share of the group that would have to move for an even spread
    isolation : chance that a neighbour in the same area belongs to the group too
    gini, entropy : two further measures of unevenness
    """

    dissimilarity: float
    isolation: float
    gini: float
    entropy: float


def segregation(group: FloatArray, population: FloatArray) -> Segregation:
    """Segregation of a group over areas; depends on how small the areas are, so compare only like with like.

    Parameters
    ----------
    group, population : (n,) counts; areas without residents are left out

    Errors
    ------
    InputError : fewer than two inhabited areas, or a group that is empty or everybody

    Source
    ------
    Massey and Denton (1988); Duncan and Duncan (1955); segregation.singlegroup.

    >>> result = segregation(np.array([50.0, 0.0]), np.array([50.0, 50.0]))
    >>> result.dissimilarity, result.isolation
    (1.0, 1.0)
    """
    people = np.asarray(population, dtype=float)
    members = np.asarray(group, dtype=float)
    usable = (people > 0) & np.isfinite(members)
    total = members[usable].sum()
    if usable.sum() < 2 or not 0 < total < people[usable].sum():
        raise InputError(Finding("segregation.groups", values={"areas": int(usable.sum()), "group": float(total)}))
    frame = pd.DataFrame({"group": members[usable], "people": people[usable]})
    values = [float(index(frame, "group", "people").statistic) for index in (Dissim, Isolation, Gini, Entropy)]
    return Segregation(*values)
