"""A real server and a real browser: every page of the app, every request recorded."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import FLAGS, chromium_path

ROOT = Path(__file__).resolve().parents[2]

expect.set_options(timeout=60_000)  # a busy machine is no failure
collect_ignore = ["editor_page.py", "rooms_page.py"]  # Streamlit scripts of the tests: they run in a server only


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    path = chromium_path()
    if path is None:
        pytest.skip("kein Chromium gefunden; make test versucht, eines zu installieren")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def project_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app keeps its project files."""
    return tmp_path_factory.mktemp("server") / "projekte"


@pytest.fixture(scope="session")
def app_url(project_folder: Path) -> Iterator[str]:
    """The app as a user starts it, on a free port, with a project folder of its own."""
    port, folder = free_port(), project_folder.parent
    log, settings = (folder / "log.txt").open("w"), folder / "raumwerk.toml"
    settings.write_text(f'[projects]\nfolder = "{folder.as_posix()}/projekte"\n', encoding="utf-8")
    environment = {**os.environ, "RAUMWERK_SETTINGS": str(settings)}
    command = [sys.executable, "-m", "cli", "app", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield wait_for(f"http://localhost:{port}", server)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor on a desktop screen."""
    visitor = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE", accept_downloads=True)
    visitor.set_default_timeout(60_000)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh tab."""
    return context.new_page()


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], *, limit_s: float = 120) -> str:
    """Wait until the server answers; fails at once when it has died."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        assert server.poll() is None, f"der Server ist beendet ({server.returncode})"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return url
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"der Server antwortet nach {limit_s} s nicht")
