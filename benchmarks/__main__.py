"""All figures in one run: ``python -m benchmarks`` (``make bench``), or some: ``python -m benchmarks engine``."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms the next."""
    known = sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_"))
    tops = [name for name in known if has_main(name)]
    chosen = sys.argv[1:] or tops
    unknown = set(chosen) - set(tops)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(tops)}")
        return 2
    return max(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode for name in chosen)


def has_main(name: str) -> bool:
    """Is this module a benchmark of its own, or a part of one?"""
    return '__name__ == "__main__"' in Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
