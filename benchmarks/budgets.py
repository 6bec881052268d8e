"""The budgets E1 to E11 of the engine beside its peers, as one table: python -m benchmarks.budgets [E2 E3 …]."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import budget_peers, budget_proofs, budget_real, budget_rules
from benchmarks.budget_counties import MissingCountyError, counties
from benchmarks.budget_judge import judge_of
from benchmarks.budget_runs import Bench, Row
from benchmarks.budget_table import lines, write
from regionalization.warm_up import warm_up

ROOT = Path(__file__).resolve().parents[1]
SEEDS = 5
ROWS: Mapping[str, Callable[[Bench], Row]] = {
    "E1": budget_proofs.in_band,
    "E2": budget_peers.first_plan,
    "E3": budget_peers.compact,
    "E4": budget_peers.alike,
    "E5": budget_peers.against_recom,
    "E6": budget_proofs.optimal,
    "E7": budget_peers.largest,
    "E8": budget_rules.municipalities,
    "E9": budget_rules.alternatives,
    "E10": budget_rules.fresh_process,
    "E11": budget_real.heinsberg,
}


def main(arguments: list[str]) -> int:
    """Measure the rows wanted and print them; ``--write`` puts them into the page."""
    wanted = _parser().parse_args(arguments)
    unknown = set(wanted.rows) - ROWS.keys()
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(ROWS)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="raumwerk-budgets-") as scratch:
        rows = measured(_bench(wanted, Path(scratch)), wanted.rows or list(ROWS))
    print("\n".join(lines(rows, _options(wanted))))
    if wanted.write:
        write(ROOT / "docs" / "benchmarks.md", rows, _options(wanted))
    return 0


def _options(wanted: argparse.Namespace) -> str:
    """The options that a row was measured with, folders of this machine not named."""
    said = {
        "--instances DIR": wanted.instances,
        "--harness DIR": wanted.harness,
        f"--seeds {wanted.seeds}": wanted.seeds,
        "--recom": wanted.recom,
    }
    return " ".join(option for option, given in said.items() if given)


def measured(bench: Bench, codes: list[str]) -> list[Row]:
    """The rows one after the other, warm in this process; what is missing is said in the row."""
    warm_up()
    rows = []
    for code in codes:
        print(f"{code} …", file=sys.stderr, flush=True)
        try:
            rows.append(ROWS[code](bench))
        except MissingCountyError as error:
            rows.append(Row(code, "", f"not measured: {error}", None))
        except ModuleNotFoundError as error:
            rows.append(
                Row(code, "", f"not measured: {error.name} is not installed (benchmarks/requirements.txt)", None)
            )
        print(f"{code}: {rows[-1].measured}", file=sys.stderr, flush=True)
    return rows


def _bench(wanted: argparse.Namespace, scratch: Path) -> Bench:
    data = Path(os.environ.get("RAUMWERK_DATA", ROOT.parent / "shared" / "data"))
    return Bench(
        county=counties(wanted.instances, scratch),
        judge=judge_of(wanted.harness),
        seeds=tuple(range(1, wanted.seeds + 1)),
        harness=wanted.harness,
        data=data,
        recom_s=30.0 if wanted.recom else None,
        scratch=scratch,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help="E1 … E11; all where none is named")
    parser.add_argument("--instances", type=Path, help="folder of counties (PEERBENCH_DIR/instances); else made here")
    parser.add_argument("--harness", type=Path, help="folder with score.py and exact.py, the judge then")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="1 … so many; E1 asks for 20")
    parser.add_argument("--recom", action="store_true", help="run ReCom for 30 s (E5)")
    parser.add_argument("--write", action="store_true", help="put the rows into docs/benchmarks.md")
    return parser


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main(sys.argv[1:]))
