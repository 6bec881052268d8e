"""The table of the editor's benchmark, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TOO_LONG = "> {} s"
BUDGETS = {
    "first_map_s": ("first map, s", "≤ 1.5 at 5,000; ≤ 2.5 at 20,000", 2),
    "payload_kB": ("initial payload, kB", "≤ 500 at 5,000", 0),
    "click_painted_ms": ("click → painted, ms (median of 50)", "≤ 50 at 5,000", 0),
    "brush_p95_ms": ("brush frame p95, ms", "≤ 33", 0),
    "acknowledged_ms": ("edit acknowledged, ms (median)", "≤ 200", 0),
    "municipality_painted_ms": ("a whole municipality painted, ms", "–", 0),
    "wire_kB": ("largest edit on the wire, kB", "≤ 2", 2),
    "folium_first_s": ("st_folium first map, s", "–", 2),
    "folium_click_s": ("st_folium click → recoloured, s", "–", 2),
}


def table(rows: Sequence[Mapping[str, float | str]]) -> list[str]:
    """Markdown lines: one row per measure, one column per size."""
    sizes = [f"{int(row['blocks']):,}" for row in rows]
    lines = [f"| Measure | {' | '.join(sizes)} | Budget |", f"|---|{'--:|' * len(rows)}---|"]
    for key, (name, budget, digits) in BUDGETS.items():
        values = [_written(row.get(key, "–"), digits) for row in rows]
        lines.append(f"| {name} | {' | '.join(values)} | {budget} |")
    return lines


def _written(value: float | str, digits: int) -> str:
    return value if isinstance(value, str) else f"{value:.{digits}f}"


def section(lines: Sequence[str]) -> str:
    """What stands under the heading ``## Editor`` of the page: how it was measured, and the table."""
    return _WORDS + "\n" + "\n".join(lines)


_WORDS = """`python -m benchmarks.editor --write`: headless Chromium, software rendering, 2 shared cores;
synthetic counties with about 48 points per block, simplified to 5 m as the app does it. First map is counted from the
navigation to the first complete drawing, in browsers that keep nothing (median of 3), the county being packed already
on the server; the payload is what comes over the wire for shapes, county and plan; the largest edit is the largest
request of all those sent, among them a whole municipality with a quarter of the blocks. st_folium draws the same shapes
in the same run and redraws them with every click.
"""
