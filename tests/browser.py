"""Finds a Chromium for the browser tests, or installs one; says loudly when none can be had.

``make test`` calls this file before the suite: the system's Chromium first, Debian's package when root, Playwright's
own download otherwise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def chromium_path() -> str | None:
    """The browser to drive: ``RAUMWERK_CHROMIUM``, the system's, or Playwright's; None where there is none."""
    chosen = os.environ.get("RAUMWERK_CHROMIUM")
    found = chosen or next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    return str(_MAC) if _MAC.exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=quiet)
    if not chromium_path():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Make sure that a browser is there; missing is no failure, but it is said."""
    if not chromium_path():
        _install()
    if not chromium_path():
        banner = "!" * 78
        sys.stderr.write(f"\n{banner}\n!! KEIN CHROMIUM GEFUNDEN: die Browsertests werden übersprungen.\n{banner}\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
