"""How the loops are compiled, and what happens when numba loses its switch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numba import njit
from numba.core.errors import NumbaError
from numba.core.options import DefaultOptions

from spatial.compiled import kernel, uncounted


def test_this_release_of_numba_still_has_the_switch_against_counting_references() -> None:
    said = (
        "numba has no option _nrt any more: the search is about six times slower now. Look for its new name in "
        "numba/core/options.py and set it in spatial/compiled.py, or keep numba below this release in requirements.txt."
    )
    assert hasattr(DefaultOptions, "_nrt"), said
    assert uncounted(DefaultOptions) == {"_nrt": False}


def test_the_switch_still_does_what_it_says() -> None:
    @kernel
    def made(n: int) -> Any:
        return np.zeros(n)

    with pytest.raises((NumbaError, NotImplementedError, RuntimeError)):
        made(3)


def test_without_the_switch_loops_are_compiled_as_usual_and_it_is_said() -> None:
    with pytest.warns(UserWarning, match="six times slower"):
        switches = uncounted(type("Options", (), {}))
    assert switches == {}
    assert njit(nogil=True, **switches)(lambda values: values.sum())(np.arange(4)) == 6
