"""All figures in one run: ``python -m benchmarks`` (``make bench``), or some: ``python -m benchmarks engine``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping

# Each with the arguments of a whole run and the seconds after which it is stopped; the longest last.
ALL: Mapping[str, tuple[tuple[str, ...], float]] = {
    "indicators": ((), 300.0),
    "geodata": ((), 600.0),
    "engine": ((), 900.0),
    "budgets": ((), 1_200.0),
    "editor": ((), 900.0),
}


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms the next."""
    chosen = sys.argv[1:] or list(ALL)
    unknown = set(chosen) - ALL.keys()
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(ALL)}")
        return 2
    return max(_run(name) for name in chosen)


def _run(name: str) -> int:
    arguments, limit_s = ALL[name]
    print(f"\n## {name} (at most {limit_s:.0f} s)\n", flush=True)
    started = time.monotonic()
    try:
        code = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments], timeout=limit_s).returncode
    except subprocess.TimeoutExpired:
        print(f"{name} was stopped after {limit_s:.0f} s", flush=True)
        return 1
    print(f"\n{name}: {time.monotonic() - started:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
