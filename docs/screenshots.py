"""Takes the picture of the README (``make screenshot``), or of every room: ``python docs/screenshots.py FOLDER``."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import FLAGS, chromium_path  # noqa: E402
from ui.navigation import ROOMS  # noqa: E402

SIZE = {"width": 1440, "height": 900}


def main() -> int:
    """Start the app, visit the rooms, save ``<room>_<scheme>.png``; without a folder only the README's two."""
    rooms = ROOMS if len(sys.argv) > 1 else ROOMS[:1]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "cli", "app", "--port", str(port)], cwd=ROOT)
    try:
        _wait(f"http://localhost:{port}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
            for scheme in ("light", "dark"):
                _visit(browser, f"http://localhost:{port}", rooms, scheme=scheme, folder=folder)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    return 0


def _visit(browser: Browser, url: str, rooms: Sequence[str], *, scheme: str, folder: Path) -> None:
    context = browser.new_context(viewport=SIZE, color_scheme=scheme, locale="de-DE")  # type: ignore[arg-type]
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("[data-testid='stMainBlockContainer'] h1")  # the server is warm now
    for room in rooms:
        page.goto(url if room == ROOMS[0] else f"{url}/{room}")
        page.wait_for_selector("[data-testid='stMainBlockContainer']")
        page.wait_for_function("() => !document.querySelector('[data-testid=\"stStatusWidget\"]')")
        page.wait_for_timeout(6000)
        page.screenshot(path=folder / f"{room}_{scheme}.png")
    context.close()


def _wait(address: str, *, limit_s: float = 120) -> None:
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise TimeoutError(address)


if __name__ == "__main__":
    sys.exit(main())
