"""The whole land of the county with its residents, from one seed (Kreisgebiet)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.musterkreis.block_names import NamedLand, named
from geodata.musterkreis.landscape import landscape
from geodata.musterkreis.people import Residents, residents_of
from geodata.musterkreis.social_pattern import family_pattern


@dataclass(frozen=True, eq=False)
class County:
    """The land with named blocks, and who lives in them; blocks of both in the same order."""

    ground: NamedLand
    residents: Residents


def county(seed: int) -> County:
    """The county for a seed; the same seed gives the same county on every machine.

    Borders, places and official totals are facts and stay; settlements, blocks and people are drawn from the seed.
    """
    ground = named(landscape(seed))
    families = family_pattern(ground.land, np.random.default_rng([seed, 2]))
    return County(ground, residents_of(ground.land, families, np.random.default_rng([seed, 3])))
