"""The profile of one Sozialraum on one A4 page: map, key figures, change, strengths and needs, sources."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader

from reporting.text_de import indicator_rooms as text
from spatial.outlines import Outlines

_MAP_PIXELS = 260
_RADAR_PIXELS = 250
_RADAR_MARGIN = 80  # room for the labels on both sides
_STYLE = (
    ".area{fill:#e7ece9;stroke:#9aa7a3;stroke-width:.7}.here{fill:#1c6b73;stroke:#162026;stroke-width:1.2}"
    ".ring{fill:none;stroke:#c3ccc9;stroke-width:.7}.county{fill:none;stroke:#55636a;stroke-dasharray:3 2}"
    ".shape{fill:#1c6b73;fill-opacity:.25;stroke:#1c6b73;stroke-width:1.6}"
    "text{font:13px system-ui,'DejaVu Sans',sans-serif;fill:#162026}"
)
_ON_DARK = {"#c3ccc9": "#4a5960", "#55636a": "#aab6b3", "#1c6b73": "#54b3ba", "#162026": "#e6ecea"}
RADAR_RANGE = 2.5  # standard deviations from the middle to the edge, each way

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class ProfileRow:
    """One key figure, printed: the region with its interval beside municipality and county.

    ``mark`` is ``"better"``, ``"worse"`` or empty; it is shown as a sign and a word, not only as a colour.
    """

    name: str
    unit: str
    value: str
    interval: str
    municipality: str
    county: str
    verdict: str
    change: str
    mark: str = ""


@dataclass(frozen=True, eq=False)
class RegionProfile:
    """Everything on the page; all texts are ready to print.

    Attributes
    ----------
    title, subtitle : name of the region; municipality, residents, date
    audience : for whom the page is
    rows : key figures in reading order
    strengths, needs : sentences
    radar : (label, distance from the county mean in standard deviations, outside = unfavourable)
    trends : sentences about the change over time
    notes : validity, outside values, method, signs
    sources : one line per source
    region : id of the region in ``outlines``
    outlines : shapes of all regions, EPSG 4326
    """

    title: str
    subtitle: str
    audience: str
    rows: tuple[ProfileRow, ...]
    strengths: tuple[str, ...]
    needs: tuple[str, ...]
    radar: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    region: str
    outlines: Outlines
    trends: tuple[str, ...] = ()


def profile_html(profile: RegionProfile, *, whole_page: bool = True) -> str:
    """The profile as HTML that prints on one A4 page; nothing is loaded from anywhere.

    Parameters
    ----------
    whole_page : a complete document to hand on, or the part to be put on a screen
    """
    environment = Environment(loader=PackageLoader("reporting"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("region_profile.html.j2").render(
        profile=profile,
        text=text,
        map=_picture(_map_svg(profile)),
        radar=radar_picture(profile.radar),
        whole_page=whole_page,
        signs={"better": "▲", "worse": "▼"},
        words={"better": text.BETTER, "worse": text.WORSE},
    )


def map_rings(profile: RegionProfile) -> tuple[list[tuple[bool, list[Ring]]], tuple[float, float]]:
    """All regions as rings of points in a box that starts at 0, 0 (top left), simplified, and the size of that box.

    Returns
    -------
    One entry per region: whether it is the one of the profile, and its rings; then width and height
    """
    shapes = [shape.simplify(0.0012) for shape in profile.outlines.shapes]
    west, south, east, north = _box(shapes)
    stretch = math.cos(math.radians((south + north) / 2))
    scale = _MAP_PIXELS / max((east - west) * stretch, north - south)
    rings = [
        (key == profile.region, _rings(shape, origin=(west, north), scale=(stretch * scale, scale)))
        for key, shape in zip(profile.outlines.ids, shapes, strict=True)
    ]
    return rings, ((east - west) * stretch * scale, (north - south) * scale)


def _map_svg(profile: RegionProfile) -> str:
    """All regions with the one of the profile filled; drawn from simplified shapes."""
    regions, (width, height) = map_rings(profile)
    drawn = "".join(
        f'<path d="{_path(rings)}" class="{"here" if here else "area"}"/>'
        for here, rings in sorted(regions, key=lambda entry: entry[0])
    )
    return _svg(drawn, width=width, height=height)


def _svg(drawn: str, *, width: float, height: float) -> str:
    box = f"0 0 {width:.0f} {height:.0f}"
    size = f'width="{width:.0f}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size}><style>{_STYLE}</style>{drawn}</svg>'


def radar_picture(axes: Sequence[tuple[str, float]], *, dark: bool = False) -> str:
    """A radar as an address that needs no file; empty with fewer than three axes. ``dark``: for a dark screen."""
    svg = _radar_svg(axes)
    for on_paper, on_dark in _ON_DARK.items() if dark else ():
        svg = svg.replace(on_paper, on_dark)
    return _picture(svg)


def _picture(svg: str) -> str:
    """A drawing as an address that needs no file; screens that strip drawings from markup keep pictures."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" if svg else ""


def _box(shapes: Sequence[Any]) -> tuple[float, float, float, float]:
    bounds = [shape.bounds for shape in shapes]
    return min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)


def _rings(shape: Any, *, origin: tuple[float, float], scale: tuple[float, float]) -> list[Ring]:
    return [
        [((x - origin[0]) * scale[0], (origin[1] - y) * scale[1]) for x, y in ring.coords]
        for polygon in getattr(shape, "geoms", [shape])
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def _path(rings: Sequence[Ring]) -> str:
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)


def _radar_svg(axes: Sequence[tuple[str, float]]) -> str:
    """A radar of standardised distances; the middle ring is the county."""
    if len(axes) < 3:
        return ""
    centre, radius = _RADAR_PIXELS / 2, _RADAR_PIXELS / 2 - 44
    angles = [2 * math.pi * i / len(axes) - math.pi / 2 for i in range(len(axes))]

    def point(angle: float, part: float) -> str:
        return f"{centre + radius * part * math.cos(angle):.1f},{centre + radius * part * math.sin(angle):.1f}"

    rings = "".join(
        f'<polygon class="{name}" points="{" ".join(point(a, part) for a in angles)}"/>'
        for part, name in ((1.0, "ring"), (0.5, "county"))
    )
    spokes = "".join(f'<line class="ring" x1="{centre}" y1="{centre}" x2="{x}" y2="{y}"/>' for x, y in
                     (point(a, 1.0).split(",") for a in angles))  # fmt: skip
    parts = [0.5 + max(-1.0, min(1.0, z / RADAR_RANGE)) / 2 for _, z in axes]
    shape = " ".join(point(a, p) for a, p in zip(angles, parts, strict=True))
    labels = "".join(_radar_label(name, a, centre, radius) for (name, _), a in zip(axes, angles, strict=True))
    drawn = f'{rings}{spokes}<polygon class="shape" points="{shape}"/>{labels}'
    shifted = f'<g transform="translate({_RADAR_MARGIN} -24)">{drawn}</g>'
    return _svg(shifted, width=_RADAR_PIXELS + 2 * _RADAR_MARGIN, height=_RADAR_PIXELS - 48)


def _radar_label(name: str, angle: float, centre: float, radius: float) -> str:
    x, y = centre + (radius + 9) * math.cos(angle), centre + (radius + 9) * math.sin(angle) + 3
    anchor = "middle" if abs(math.cos(angle)) < 0.25 else "start" if math.cos(angle) > 0 else "end"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(name)}</text>'
