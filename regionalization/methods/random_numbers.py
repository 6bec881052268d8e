"""Random numbers that are the same on every machine: integers, and thresholds from a rounded table."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from spatial.compiled import kernel

_STEP = np.uint64(0x9E3779B97F4A7C15)
_TABLE = 1 << 13
# Rounded to single precision, so that the last bit of one machine's logarithm cannot change a plan.
THRESHOLDS = np.array([-math.log((i + 0.5) / _TABLE) for i in range(_TABLE)], dtype=np.float32).astype(np.float64)


def stream(seed: int, *names: object) -> Any:
    """Start of an independent stream of random numbers for a named part of the work: (1,) uint64.

    >>> bool(stream(1, "a")[0] != stream(1, "b")[0])
    True
    """
    text = repr((int(seed), *names)).encode()
    return np.array([int.from_bytes(hashlib.sha256(text).digest()[:8], "little")], dtype=np.uint64)


@kernel
def draw(state: Any) -> Any:
    """Next 64 random bits (splitmix64, Steele et al. 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@kernel
def below(state: Any, limit: int) -> Any:
    """A whole number from 0 to limit − 1 (limit < 2³²)."""
    high = draw(state) >> np.uint64(32)
    return np.int64((high * np.uint64(limit)) >> np.uint64(32))


def below_each(state: Any, limits: Any) -> Any:
    """What ``below`` would draw for each of these limits in turn, all at once.

    >>> one, many = stream(1, "a"), stream(1, "a")
    >>> [int(below(one, limit)) for limit in (9, 5, 7)] == below_each(many, np.array([9, 5, 7])).tolist()
    True
    >>> bool(one[0] == many[0])
    True
    """
    z = state + np.arange(1, len(limits) + 1, dtype=np.uint64) * _STEP
    state += np.uint64(len(limits) * int(_STEP) % 2**64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    high = (z ^ (z >> np.uint64(31))) >> np.uint64(32)
    return ((high * limits.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)


@kernel
def share(state: Any) -> Any:
    """A number in [0, 1)."""
    return np.float64(draw(state) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
