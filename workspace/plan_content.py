"""A plan as bytes that outlive a program version: labels by block id, compressed JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from spatial.plan import UNASSIGNED, Plan


def bytes_from_plan(plan: Plan, ids: Sequence[str], *, extra: dict[str, Any] | None = None) -> bytes:
    """Labels, names and colours of a plan, keyed by block id so that the order of a file does not matter.

    Parameters
    ----------
    plan : n labels
    ids : n block ids in the same order
    extra : anything else worth keeping with it (locked regions, who moved what last)
    """
    content = {
        "regions": dict(zip(ids, plan.labels.tolist(), strict=True)),
        "level": plan.level,
        "names": {str(k): v for k, v in plan.names.items()},
        "colours": {str(k): v for k, v in plan.colours.items()},
        "extra": extra or {},
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def plan_from_bytes(content: bytes, ids: Sequence[str]) -> tuple[Plan, dict[str, Any]]:
    """The plan in the order of ``ids`` and what was kept beside it; blocks it does not know are unassigned.

    >>> ids = ["01", "02"]
    >>> plan, extra = plan_from_bytes(bytes_from_plan(Plan(np.array([3, 4])), ids, extra={"locked": [3]}), ids[::-1])
    >>> plan.labels.tolist(), extra
    ([4, 3], {'locked': [3]})
    """
    stored = json.loads(zlib.decompress(content))
    regions = stored["regions"]
    labels = np.array([regions.get(block_id, UNASSIGNED) for block_id in ids], dtype=np.int32)
    plan = Plan(
        labels,
        level=stored["level"],
        names={int(k): v for k, v in stored["names"].items()},
        colours={int(k): v for k, v in stored["colours"].items()},
    )
    return plan, stored["extra"]
