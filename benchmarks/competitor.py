"""Our command line as a competitor of the peers' harness: python -m benchmarks.competitor {gpkg} {out} --k {k} …

Writes ``block_id,region`` to OUT, and to OUT.json the seconds of solving. Given a folder ({dir}) instead of a file the
neighbourhood is taken from its ``adj.npz``, as Arkansas needs it, whose polygons are stand-ins.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.budget_counties import FEATURES, read_county
from cli import app
from regionalization.proposal import Parameters
from regionalization.propose import propose
from regionalization.warm_up import warm_up


def main() -> None:
    """One proposal, warm: the harness counts the seconds of solving, not those of starting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="{gpkg} or {dir}")
    parser.add_argument("out", type=Path)
    for name, kind in (("k", int), ("lo", int), ("hi", int), ("target", int), ("seed", int), ("compactness", float)):
        parser.add_argument(f"--{name}", type=kind)
    wanted = parser.parse_args()
    warm_up()
    rows, solve_s = _of_arrays(wanted) if wanted.source.is_dir() else _of_command(wanted)
    with wanted.out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("block_id", "region"), *rows])
    Path(f"{wanted.out}.json").write_text(json.dumps({"solve_s": solve_s}), encoding="utf-8")


def _of_command(wanted: argparse.Namespace) -> tuple[list[tuple[str, str]], float]:
    """``raumwerk propose`` in this process, and what it wrote."""
    asked = {
        "--count": wanted.k,
        "--target": wanted.target,
        "--seed": wanted.seed,
        "--compactness": wanted.compactness,
    }
    chosen = [str(word) for pair in asked.items() if pair[1] is not None for word in pair]
    band = [] if wanted.lo is None else ["--band", str(wanted.lo), str(wanted.hi)]
    columns = ["--id", "block_id", "--population", "pop", "--within", "none", "--features", ",".join(FEATURES)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "out"
        call: Any = ["propose", str(wanted.source), "--out", str(folder), "--quiet", *columns, *band, *chosen]
        app(call, standalone_mode=False)
        with (folder / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [(row["block_id"], row["region"]) for row in csv.DictReader(file)]
        report = json.loads((folder / "report.json").read_text("utf-8"))
    return rows, float(report["timing"]["solve_s"])


def _of_arrays(wanted: argparse.Namespace) -> tuple[list[tuple[Any, Any]], float]:
    county = read_county(wanted.source, made=False)
    price = Parameters().compactness if wanted.compactness is None else wanted.compactness
    parameters = Parameters(compactness=price, cohesion=0.0, threads=2)
    proposal = propose(county.problem(), parameters=parameters, seed=wanted.seed or 1)
    return list(zip(county.table["block_id"].tolist(), proposal.plan.labels.tolist(), strict=True)), proposal.solve_s


if __name__ == "__main__":
    main()
