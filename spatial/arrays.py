"""Array types of the house and the one way to freeze an array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
LabelArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]


def frozen(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """A read-only copy with a fixed dtype: values are shared between plans and must never change.

    >>> frozen([1, 2], np.int32).flags.writeable
    False
    """
    array = np.array(values, dtype=dtype, copy=True)
    array.setflags(write=False)
    return array
