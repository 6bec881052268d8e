"""How quick the map editor is, beside st_folium in the same run: ``python -m benchmarks.editor``.

Headless Chromium with software rendering; synthetic counties with about 48 points per block, simplified as the app does
it. Writes a table; with ``--write`` into the section „editor" of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright
from xstatic.pkg import leaflet

from benchmarks.editor_table import table, write_section
from tests.browser import FLAGS, chromium_path
from tests.e2e.driving import ROOT, Server, free_port, running, wait_for
from tests.e2e.editor_driver import EditorPage, open_editor

SIZES = {500: (25, 20), 2000: (50, 40), 5000: (100, 50), 20000: (160, 125)}
CLICKS, ACKNOWLEDGED, FOLIUM_CLICKS = 50, 15, 3

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


def main() -> None:
    """Measure all sizes and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    options.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options.add_argument("--no-folium", action="store_true")
    chosen = options.parse_args()
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for blocks in chosen.sizes:
            rows.append(_measured(browser, blocks, folium=not chosen.no_folium))
            print(rows[-1], flush=True)
        browser.close()
    lines = table(rows)
    print("\n".join(lines))
    if chosen.write:
        write_section(ROOT / "docs" / "benchmarks.md", lines)


def _measured(browser: Browser, blocks: int, *, folium: bool) -> dict[str, float]:
    columns, rows = SIZES[blocks]
    grid = f"{columns},{rows},48"
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), RAUMWERK_GRID=grid) as server:
        found = {"blocks": columns * rows, **_ours(browser, server)}
    return {**found, **(_folium(browser, columns, rows) if folium else {})}


def _ours(browser: Browser, server: Server) -> dict[str, float]:
    open_editor(browser, server).page.context.close()  # the county is read and packed once per server
    start = time.perf_counter()
    editor = open_editor(browser, server)
    first_s = time.perf_counter() - start
    sizes = editor.page.evaluate(
        "performance.getEntriesByType('resource').filter(r => r.name.includes('/raumwerk/shapes') || "
        "r.name.endsWith('/county') || r.name.includes('/plan?')).map(r => r.encodedBodySize)"
    )
    shown_s = editor.page.evaluate("performance.getEntriesByName('raumwerk-first-map')[0].startTime") / 1000
    editor.tool("Einzeln")
    count = editor.js("e.state.n")
    editor.js("e.setRestrict(false)")
    step = max(1, count // (CLICKS + 5))
    paints = [editor.page.evaluate(_PAINTED, i * step) for i in range(CLICKS)]
    acknowledged, wire = _acknowledged(editor, count)
    editor.tool("Pinsel")
    frames = editor.page.evaluate(_BRUSH, 120)
    editor.settle()
    editor.page.context.close()
    return {
        "first_map_s": shown_s,
        "page_ready_s": first_s,
        "payload_kB": sum(sizes) / 1000,
        "click_painted_ms": statistics.median(paints),
        "brush_p95_ms": sorted(frames)[int(0.95 * len(frames))],
        "acknowledged_ms": statistics.median(acknowledged),
        "wire_kB": wire,
    }


def _acknowledged(editor: EditorPage, count: int) -> tuple[list[float], float]:
    editor.settle()
    bodies: list[int] = []
    editor.page.on("request", lambda request: bodies.append(len(request.post_data or "")))
    times = []
    for i in range(ACKNOWLEDGED):
        editor.settle()
        times.append(
            editor.page.evaluate(
                """(block) => new Promise((done) => {
                  const e = [...globalThis.__raumwerkEditors.values()][0];
                  const start = performance.now();
                  e.target = e.state.shown[block] === 3 ? 4 : 3;
                  e.paintBlocks([block]);
                  e.finishStroke([block]);
                  const look = () => (e.log.pending.length ? setTimeout(look, 2) : done(performance.now() - start));
                  look();
                })""",
                (i * 37 + 5) % count,
            )
        )
    return times, max(bodies, default=0) / 1000


def _folium(browser: Browser, columns: int, rows: int) -> dict[str, float]:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAUMWERK_GRID": f"{columns},{rows},48"}
    script = Path(__file__).parent / "peers" / "folium_page.py"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    flags = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with subprocess.Popen([*command, *flags], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            return _folium_times(browser, f"http://localhost:{port}")
        finally:
            process.terminate()


def _folium_times(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 950})
    page.route(re.compile("^https://"), _from_package)
    wait_for(lambda: _opens(page, address), "the comparison page")
    page.wait_for_selector("text=bereit", timeout=180_000)
    _whole_map(page)
    start = time.perf_counter()
    page.goto(address)
    _whole_map(page)
    first_s = time.perf_counter() - start
    clicks = []
    for number in range(1, FOLIUM_CLICKS + 1):
        start = time.perf_counter()
        frame = next(f for f in page.frames if "streamlit_folium" in f.url)
        frame.locator("path.leaflet-interactive").nth(number * 3).click(force=True, timeout=120_000)
        page.wait_for_selector(f"text=Klick {number} fertig", timeout=180_000)
        _whole_map(page)
        clicks.append(time.perf_counter() - start)
    page.close()
    return {"folium_first_s": first_s, "folium_click_s": statistics.median(clicks)}


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
    wait_for(lambda: any("streamlit_folium" in f.url for f in page.frames), "the folium frame", seconds=180)
    frame = next(f for f in page.frames if "streamlit_folium" in f.url)
    frame.wait_for_selector("path.leaflet-interactive", state="attached", timeout=180_000)
    frame.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


if __name__ == "__main__":
    main()
