"""How the loops of the engine are compiled: machine code kept on disk, other threads free to run beside it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.options import DefaultOptions

Function = TypeVar("Function", bound=Callable[..., Any])


def uncounted(options: type) -> dict[str, Any]:
    """numba's switch against the counting of references, or nothing where this release of numba has lost it.

    numba counts for every array of a record at every look at it; without that the search is six times as fast. What is
    compiled so must create no array. The switch has an underscore, so a release may drop it: then everything is
    compiled as usual and gives the same plans, six times slower, and says so.
    """
    if hasattr(options, "_nrt"):
        return {"_nrt": False}
    warnings.warn("numba has no switch _nrt any more: the search is about six times slower", stacklevel=2)
    return {}


_UNCOUNTED = uncounted(DefaultOptions)


def kernel(function: Function) -> Function:
    """Compile a loop that changes the arrays it is given and creates none."""
    return cast("Function", njit(cache=True, nogil=True, **_UNCOUNTED)(function))


def inlined(function: Function) -> Function:
    """Compile a few lines that are copied into every kernel that calls them."""
    return cast("Function", njit(cache=True, nogil=True, inline="always", **_UNCOUNTED)(function))


def maker(function: Function) -> Function:
    """Compile a function that creates arrays; its long loops belong into kernels."""
    return cast("Function", njit(cache=True, nogil=True)(function))
