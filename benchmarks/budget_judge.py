"""The judge of the budgets: knows nothing of our engine, reads the files and counts."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from libpysal.graph import Graph

from benchmarks.budget_counties import County


@dataclass(frozen=True)
class Score:
    """What a plan is worth: sum of squares over the total, mean Polsby–Popper, regions out of band and in pieces."""

    ssd_ratio: float
    polsby_popper: float
    out: int
    broken: int
    splits: int


Judge = Callable[..., Score]


def judge_of(harness: Path | None) -> Judge:
    """A function (county, labels, within=None) → Score; the harness' ``score.py`` where its folder is given."""
    theirs = None if harness is None else _module(harness / "score.py")

    def judge(county: County, labels: Any, *, within: float | None = None) -> Score:
        labels = np.unique(labels, return_inverse=True)[1]
        target = county.target(within)
        people = np.bincount(labels, weights=county.table["pop"])
        out = int(((people < target.minimum) | (people > target.maximum)).sum())
        if theirs is None:
            return _own(county, labels, out)
        found = theirs.score(str(county.folder), labels)
        figures = (found["ssd_ratio"], found["pp_mean"], out, found["broken_regions"], found["muni_splits"])
        return Score(*figures)

    return judge


def _own(county: County, labels: np.ndarray, out: int) -> Score:
    """From the polygons of the file (shapely unions) and its neighbourhood (libpysal)."""
    k = int(labels.max()) + 1
    values = county.features()
    values = (values - values.mean(axis=0)) / values.std(axis=0)
    count = np.bincount(labels, minlength=k)
    means = np.stack([np.bincount(labels, column, k) / count for column in values.T], axis=1)
    i, j = county.arrays["i"], county.arrays["j"]
    inside = labels[i] == labels[j]
    both = np.concatenate([i[inside], j[inside]]), np.concatenate([j[inside], i[inside]])
    alone = np.setdiff1d(np.arange(len(labels)), both[0])
    ends = np.concatenate([both[0], alone]), np.concatenate([both[1], alone])
    weight = np.concatenate([np.ones(len(both[0])), np.zeros(len(alone))])
    pieces = Graph.from_arrays(*ends, weight).component_labels.reindex(np.arange(len(labels))).to_numpy()
    parts = np.unique(np.stack([labels, pieces], axis=1), axis=0)
    town = county.table["muni"]
    incidences = np.unique(np.stack([labels, town], axis=1), axis=0)
    return Score(
        ssd_ratio=float(((values - means[labels]) ** 2).sum() / (values**2).sum()),
        polsby_popper=_polsby_popper(county, labels, k),
        out=out,
        broken=int((np.bincount(parts[:, 0], minlength=k) > 1).sum()),
        splits=len(incidences) - len(np.unique(town)),
    )


def _polsby_popper(county: County, labels: Any, k: int) -> float:
    """From unions of the polygons, or from border lengths where the polygons are stand-ins (Arkansas)."""
    shapes, arrays = county.shapes(), county.arrays
    if np.allclose(shapely.area(shapes), arrays["area"], rtol=1e-3):
        regions = [shapely.coverage_union_all(shapes[labels == r]) for r in range(k)]
        return float(np.mean(4 * np.pi * shapely.area(regions) / shapely.length(regions) ** 2))
    inside = labels[arrays["i"]] == labels[arrays["j"]]
    inner = np.bincount(labels[arrays["i"]][inside], arrays["length"][inside], k)
    border = np.bincount(labels, arrays["perim"], k) - 2 * inner
    return float(np.mean(4 * np.pi * np.bincount(labels, arrays["area"], k) / border**2))


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("harness_score", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(f"{path} is missing; --harness is the folder with score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
