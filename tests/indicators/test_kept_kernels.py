"""The kernels kept on disk compute what esda computes, and are found again instead of compiled anew."""

from __future__ import annotations

import numpy as np
import pytest
from esda import crand
from esda.getisord import _g_local_star_crand
from esda.moran import _moran_local_crand

from indicators import kept_kernels
from indicators.kept_kernels import keep_compiled
from indicators.warm_up import warm_up


@pytest.mark.parametrize("statistic", [_moran_local_crand, _g_local_star_crand])
def test_the_kept_kernel_has_the_p_of_esdas_own_loop(statistic: object) -> None:
    keep_compiled()
    rng = np.random.default_rng(2)
    sizes = np.array([2, 1, 0, 3, 2, 2])  # one island among them
    z, permuted = rng.normal(size=6), rng.integers(0, 5, (99, 3))
    numbers = (z, z, rng.normal(size=6), sizes, np.ones(6), np.ones(sizes.sum()), permuted, 5 / (z * z).sum())
    arguments = (0, *numbers, False, statistic, 0)
    own, _ = kept_kernels.compute_chunk.py_func(*arguments, alternative="directed")
    np.testing.assert_allclose(crand.compute_chunk(*arguments, alternative="directed")[0], own, rtol=1e-6)


def test_a_new_process_finds_the_kernel_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    warm_up()
    made = []
    named = kept_kernels._named_kernel
    monkeypatch.setattr(kept_kernels, "_named_kernel", lambda stamp: made.append(named(stamp)) or made[0])
    keep_compiled.cache_clear()  # what a new process does
    warm_up()
    assert made[0].stats.cache_hits and not made[0].stats.cache_misses
