"""The pictures of regionalization.md, drawn from a synthetic county: python -m docs.methods.draw_regionalization."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt

from benchmarks.engine_instance import synthetic
from regionalization.proposal import Parameters
from regionalization.propose import propose

HERE = Path(__file__).parent / "pictures"
STEPS = (
    ("Start: cuts of trees", "tree", 0.15, 1.0),
    ("λ = 0: alike, but ragged", "annealing", 0.0, 1.0),
    ("λ = 0.2: the default", "annealing", 0.2, 1.0),
)


def main() -> None:
    """Write regionalization_steps.png: one county after the start and after the search with two weights."""
    HERE.mkdir(exist_ok=True)
    problem = synthetic(1_000)
    figure, axes = plt.subplots(1, len(STEPS), figsize=(12, 4.4))
    for axis, (title, method, compactness, effort) in zip(axes, STEPS, strict=True):
        parameters = Parameters(compactness=compactness, cohesion=0.0, effort=effort)
        proposal = propose(problem, method=method, parameters=parameters)
        x, y = problem.blocks.centroid_m.T
        size = 2 + problem.blocks.population / 12
        axis.scatter(x, y, c=proposal.plan.labels % 10, cmap="tab10", s=size, linewidths=0)
        figures = f"SSD {proposal.scores['ssd_ratio']:.2f}, Polsby–Popper {proposal.scores['polsby_popper']:.2f}"
        axis.set_title(f"{title}\n{figures}", fontsize=10)
        axis.set_aspect("equal")
        axis.set_axis_off()
    figure.savefig(HERE / "regionalization_steps.png", bbox_inches="tight", dpi=80)


if __name__ == "__main__":
    main()
