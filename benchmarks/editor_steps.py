"""The steps of the editor's benchmark, in a process of their own that may be ended: a JSON line per step and result."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Route, sync_playwright
from xstatic.pkg import leaflet

from tests.browser import FLAGS, chromium_path
from tests.e2e.driving import ROOT, Server, free_port, running, wait_for
from tests.e2e.editor_driver import EditorPage

SIZES = {500: (25, 20), 2000: (50, 40), 5000: (100, 50), 20000: (160, 125)}
CLICKS, ACKNOWLEDGED, FOLIUM_CLICKS, VISITS = 50, 15, 2, 3
_PATIENCE_MS = 300_000  # the program above ends a step that takes too long

_PAINTED = """(block) => new Promise((done) => {
  const e = [...globalThis.__raumwerkEditors.values()][0];
  const [x, y] = e.layer.pixels(e.shapes.middle[2 * block], e.shapes.middle[2 * block + 1]);
  const frame = e.layer._container.getBoundingClientRect();
  const at = { clientX: frame.left + x, clientY: frame.top + y, pointerId: 1, bubbles: true, button: 0 };
  e.target = e.state.shown[block] === 1 ? 2 : 1;
  requestAnimationFrame(() => {
    const start = performance.now();
    e.place.setPointerCapture = () => {};
    e.place.dispatchEvent(new PointerEvent("pointerdown", at));
    e.place.dispatchEvent(new PointerEvent("pointerup", at));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
})"""

_BRUSH = """(steps) => new Promise((done) => {
  const e = [...globalThis.__raumwerkEditors.values()][0];
  const frame = e.place.getBoundingClientRect();
  const times = [];
  e.target = 1;
  e.place.setPointerCapture = () => {};
  const at = (i) => ({
    clientX: frame.left + frame.width * (0.35 + 0.3 * (i / steps)),
    clientY: frame.top + frame.height * (0.5 + 0.1 * Math.sin(i / 5)), pointerId: 1, bubbles: true, button: 0,
  });
  e.place.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  let [i, last] = [1, performance.now()];
  const next = () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
    if (i > steps) {
      e.place.dispatchEvent(new PointerEvent("pointerup", at(steps)));
      done(times.slice(2));
      return;
    }
    e.place.dispatchEvent(new PointerEvent("pointermove", at(i)));
    i += 1;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""


_ACKNOWLEDGED = """(block) => new Promise((done) => {
  const e = [...globalThis.__raumwerkEditors.values()][0];
  const start = performance.now();
  e.target = e.state.shown[block] === 3 ? 4 : 3;
  e.paintBlocks([block]);
  e.finishStroke([block]);
  const look = () => (e.log.pending.length ? setTimeout(look, 2) : done(performance.now() - start));
  look();
})"""

_BYTES = """performance.getEntriesByType('resource').filter(r => r.name.includes('/raumwerk/shapes') ||
  r.name.endsWith('/county') || r.name.includes('/plan?')).map(r => r.encodedBodySize)"""


def main() -> None:
    """Measure one engine at one size: ``python -m benchmarks.editor_steps ours 5000``."""
    engine, blocks = sys.argv[1], int(sys.argv[2])
    columns, rows = SIZES[blocks]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        {"ours": _ours, "folium": _folium}[engine](browser, f"{columns},{rows},48")
        browser.close()


def _step(name: str, work: Callable[[], float]) -> None:
    _say(step=name)
    _say(**{name: work()})


def _say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _ours(browser: Browser, grid: str) -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), RAUMWERK_GRID=grid) as server:
        _say(step="setup")
        _visit(browser, server).page.context.close()  # the county is read and packed once per server
        visits: list[EditorPage] = []
        _step("first_map_s", lambda: _first_map(browser, server, visits))
        editor = visits[-1]
        _step("payload_kB", lambda: sum(editor.page.evaluate(_BYTES)) / 1000)
        _edits(editor)
        editor.page.context.close()


def _first_map(browser: Browser, server: Server, visits: list[EditorPage]) -> float:
    """Median of a few visitors whose browsers have nothing kept; seconds from the navigation to the drawing."""
    times = []
    for _ in range(VISITS):
        for visit in visits:
            visit.page.context.close()
        visits[:] = [_visit(browser, server)]
        mark = "performance.getEntriesByName('raumwerk-first-map')[0].startTime"
        times.append(visits[0].page.evaluate(mark) / 1000)
    return float(statistics.median(times))


def _visit(browser: Browser, server: Server) -> EditorPage:
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 950})
    context.set_default_timeout(_PATIENCE_MS)
    editor = EditorPage(context.new_page(), [], [])
    editor.page.add_init_script("localStorage.setItem('raumwerk-name', 'Kern')")
    editor.page.goto(server.address)
    editor.page.wait_for_selector(".rw-editor[data-revision]")
    return editor


def _edits(editor: EditorPage) -> None:
    sent: list[int] = []
    editor.page.on(
        "request", lambda request: sent.append(len(request.post_data or "") if "/operations" in request.url else 0)
    )
    count = editor.js("e.state.n")
    editor.js("e.setRestrict(false)")
    editor.tool("Einzeln")
    places = range(0, count, max(1, count // (CLICKS + 5)))
    _step("click_painted_ms", lambda: statistics.median(editor.page.evaluate(_PAINTED, b) for b in places[:CLICKS]))
    _settle(editor)
    _step("acknowledged_ms", lambda: statistics.median(_acknowledged(editor, count)))
    editor.tool("Pinsel")
    _step("brush_p95_ms", lambda: sorted(frames := editor.page.evaluate(_BRUSH, 120))[int(0.95 * len(frames))])
    _settle(editor)
    editor.tool("Gemeinde")
    _step("municipality_painted_ms", lambda: editor.page.evaluate(_PAINTED, count // 3))
    _settle(editor)
    _say(wire_kB=max(sent, default=0) / 1000)


def _acknowledged(editor: EditorPage, count: int) -> list[float]:
    times = []
    for i in range(ACKNOWLEDGED):
        _settle(editor)
        times.append(editor.page.evaluate(_ACKNOWLEDGED, (i * 37 + 5) % count))
    return times


def _settle(editor: EditorPage) -> None:
    idle = "e.log.pending.length === 0 && !e.log.sending"
    wait_for(lambda: bool(editor.js(idle)), "all edits to be acknowledged", seconds=_PATIENCE_MS / 1000)


def _folium(browser: Browser, grid: str) -> None:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAUMWERK_GRID": grid}
    script = Path(__file__).parent / "peers" / "folium_page.py"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    flags = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with subprocess.Popen([*command, *flags], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _folium_steps(browser, f"http://localhost:{port}")
        finally:
            process.terminate()


def _folium_steps(browser: Browser, address: str) -> None:
    _say(step="setup")
    page = browser.new_page(viewport={"width": 1440, "height": 950})
    page.set_default_timeout(_PATIENCE_MS)
    page.route(re.compile("^https://"), _from_package)
    wait_for(lambda: _opens(page, address), "the comparison page", seconds=_PATIENCE_MS / 1000)
    page.wait_for_selector("text=bereit")
    _whole_map(page)
    _step("folium_first_s", lambda: _folium_first(page, address))
    numbers = range(1, FOLIUM_CLICKS + 1)
    _step("folium_click_s", lambda: statistics.median(_folium_click(page, number) for number in numbers))


def _folium_first(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    _whole_map(page)
    return time.perf_counter() - start


def _folium_click(page: Page, number: int) -> float:
    start = time.perf_counter()
    _paths(page).nth(number * 3).click(force=True)
    page.wait_for_selector(f"text=Klick {number} fertig")
    _whole_map(page)
    return time.perf_counter() - start


def _from_package(route: Route) -> None:
    """st_folium fetches Leaflet from a CDN; here it gets the installed copy, so that no network is measured."""
    name = Path(route.request.url).name
    path = Path(leaflet.BASE_DIR) / name
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")


def _opens(page: Page, address: str) -> bool:
    try:
        page.goto(address)
    except Exception:  # noqa: BLE001 - the server is not up yet, whatever the browser calls that
        return False
    return True


def _whole_map(page: Page) -> None:
    _paths(page).first.wait_for(state="attached")
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


def _paths(page: Page) -> Locator:
    """The shapes in the frame of st_folium; asking the page waits for its events, sleeping would not."""
    return page.frame_locator("iframe[src*='streamlit_folium']").locator("path.leaflet-interactive")


if __name__ == "__main__":
    main()
