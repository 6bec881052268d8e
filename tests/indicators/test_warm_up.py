"""The statistics are compiled ahead: the first map of hot spots of a server finds its kernels ready."""

from __future__ import annotations

from esda import crand
from numba.core.dispatcher import Dispatcher

from indicators.aggregate import _sum_by_region
from indicators.warm_up import warm_up


def test_after_the_warm_up_every_kernel_is_compiled() -> None:
    warm_up()
    kernels = [kernel for kernel in vars(crand).values() if isinstance(kernel, Dispatcher)]
    assert kernels and any(kernel.signatures for kernel in kernels)
    assert _sum_by_region.signatures
