"""Let numba keep the compiled kernels of esda on disk, so that no map of hot spots waits for a compiler."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from esda import crand, getisord, moran, significance
from esda.crand import compute_chunk
from esda.getisord import _g_local_star_crand
from esda.moran import _moran_local_crand
from esda.significance import _permutation_significance
from numba import njit
from numba.core.dispatcher import Dispatcher


@cache
def keep_compiled() -> None:
    """Compile once per machine instead of once per process; without a folder to write in, as esda does by itself.

    ``esda.crand.compute_chunk`` takes the statistic as an argument. Numba cannot find such a signature again on disk
    and would add a file of 0.6 MB for every process. The same loop with the statistic named can be found again.
    """
    for module in (crand, moran, getisord, significance):
        for kernel in vars(module).values():
            if isinstance(kernel, Dispatcher) and kernel is not compute_chunk:
                with suppress(RuntimeError):
                    kernel.enable_caching()
    with suppress(RuntimeError):
        crand.compute_chunk = _found_again(_named_kernel(_stamp()))


def _found_again(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """What esda calls: the kernel kept on disk where it fits, its own in every other case."""

    def chunk(*arguments: Any, alternative: str) -> Any:
        start, part, z, observed, sizes, own, others, permuted, scaling, keep, statistic, island = arguments
        if start or keep or part is not z or statistic not in (_moran_local_crand, _g_local_star_crand):
            return compute_chunk(*arguments, alternative=alternative)
        star = statistic is _g_local_star_crand
        weights = (sizes, own, others, float(island))
        return kernel(z, observed, weights, permuted, float(scaling), star, alternative), np.empty((1, 1))

    return chunk


def _stamp() -> int:
    """A number that another version of esda changes: numba itself would not notice and run the old code."""
    return zlib.crc32(f"{version('esda')} {version('numba')}".encode())


def _named_kernel(stamp: int) -> Callable[..., Any]:
    """The loop of ``esda.crand.compute_chunk`` (esda 2.10, BSD) for local Moran and G*, without simulations kept.

    ``stamp`` changes nothing but the name under which the compiled code is kept.
    """

    @njit(cache=True, fastmath=True)  # type: ignore[misc]
    def chunk(z, observed, weights, permuted, scaling, star, alternative):  # type: ignore[no-untyped-def]
        sizes, own, others, island = weights
        p = np.zeros(z.shape[0], dtype=np.float32)
        first = 0 * stamp
        for i in range(z.shape[0]):
            near = np.zeros(max(sizes[i], 1) + 1, dtype=others.dtype)
            if sizes[i] == 0:
                near[1] = island
            else:
                near[0] = own[i]
                near[1:] = others[first : first + sizes[i]]
            first += sizes[i]
            if star:
                drawn = _g_local_star_crand(i, z, permuted, near, scaling)
            else:
                drawn = _moran_local_crand(i, z, permuted, near, scaling)
            p[i] = _permutation_significance(observed[i], drawn, alternative=alternative).item()
        return p

    return chunk  # type: ignore[no-any-return]
