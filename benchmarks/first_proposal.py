"""One proposal and nothing else, for the time a fresh process takes: python -m benchmarks.first_proposal FOLDER."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose


def main() -> None:
    """Read, propose, say the digest of the labels (in the order of the file), the seconds of solving, the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="county in the harness' layout")
    parser.add_argument("--way", choices=("arrays", "file"), default="arrays")
    parser.add_argument("--effort", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    problem = _of_arrays(wanted.folder) if wanted.way == "arrays" else _of_file(wanted.folder)
    # No emergency stop: where everything must be compiled first it would end the search early with another plan.
    asked = {"effort": wanted.effort, "threads": wanted.threads, "limit_s": None}
    parameters = Parameters(compactness=0.15, cohesion=0.0, **asked)
    proposal = propose(problem, parameters=parameters, seed=1)
    digest = hashlib.sha256(proposal.plan.labels.tobytes()).hexdigest()[:16]
    print(json.dumps({"plan": digest, "solve_s": round(proposal.solve_s, 3), "gigabytes": _most_memory()}))


def _most_memory() -> float | None:
    """Most memory of this process in GB; the kernel's count for the parent would contain the parent's own memory."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    peak = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024**2


def _of_arrays(folder: Path) -> Problem:
    """Columns and neighbourhood as they lie in the folder."""
    from benchmarks.budget_counties import read_county

    return read_county(folder, made=False).problem()


def _of_file(folder: Path) -> Problem:
    """The block file as a planner hands it in: columns found, geometry checked, neighbourhood from the polygons."""
    from geodata.read_blocks import ColumnChoice
    from workspace.options import Options, open_with_options

    features = ("ind1", "ind2", "ind3", "ind4")
    choice = ColumnChoice(id="block_id", population="pop", within="none")
    count = int(json.loads((folder / "meta.json").read_text("utf-8"))["k"])
    options = Options(choice, features=features, count=count)
    return open_with_options(folder / "instance.parquet", options).problem


if __name__ == "__main__":
    main()
