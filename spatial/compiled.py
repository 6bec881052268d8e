"""How the loops of the engine are compiled: machine code kept on disk, other threads free to run beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

# Without the counting of references, which numba does for every array of a record at every look at it: the search is
# six times as fast. What is compiled so must create no array.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}


def kernel(function: Function) -> Function:
    """Compile a loop that changes the arrays it is given and creates none."""
    return cast("Function", njit(cache=True, nogil=True, **_UNCOUNTED)(function))


def inlined(function: Function) -> Function:
    """Compile a few lines that are copied into every kernel that calls them."""
    return cast("Function", njit(cache=True, nogil=True, inline="always", **_UNCOUNTED)(function))


def maker(function: Function) -> Function:
    """Compile a function that creates arrays; its long loops belong into kernels."""
    return cast("Function", njit(cache=True, nogil=True)(function))
