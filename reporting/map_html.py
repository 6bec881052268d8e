"""A map in one file (Karte zum Weitergeben): opens in any browser, without network, years from now."""

from __future__ import annotations

import base64
import html
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import folium
from branca.element import Element
from jinja2 import Environment, PackageLoader
from shapely import set_precision, to_geojson

from regionalization.population_target import PopulationTarget
from reporting.numbers_de import whole
from reporting.region_palette import region_colour
from reporting.text_de import plan_map
from spatial.outlines import Outlines
from spatial.plan import Plan

_LEAFLET_HOME = "https://leafletjs.com"
# A marker would load its picture from beside the file before folium gives it our label; miles mean nothing here.
_SETTINGS = (
    "L.Marker.mergeOptions({icon: L.divIcon({className: 'rw-anchor', iconSize: [0, 0]})});"
    "L.Control.Scale.mergeOptions({imperial: false});"
)
# The file may be opened anywhere: it forbids its own page to ask any host for anything.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">"
)


@dataclass(frozen=True)
class MapRegion:
    """One region as the map shows it: number, name, municipality and residents."""

    region: int
    name: str
    municipality: str
    residents: int


@dataclass(frozen=True, eq=False)
class PlanMap:
    """Everything the map draws.

    Attributes
    ----------
    title : the county, as it is called on screen
    source : source and reference date, shown below the title
    plan : for names and colours
    target : for the signs beside the residents
    regions : one record per region, in the order of ``region_outlines``
    region_outlines, municipality_outlines : shapes in longitude and latitude (EPSG 4326)
    """

    title: str
    source: str
    plan: Plan
    target: PopulationTarget
    regions: tuple[MapRegion, ...]
    region_outlines: Outlines
    municipality_outlines: Outlines


def map_html(content: PlanMap) -> str:
    """The whole page as text; every script, style and shape stands inside it.

    Same content, same bytes: element names are counted, not drawn at random.
    """
    west, south, east, north = _bounds(content.region_outlines)
    drawn = folium.Map(tiles=None, zoom_control=True, control_scale=True)
    drawn.default_js, drawn.default_css = [], []
    drawn.fit_bounds([[south, west], [north, east]], padding=(12, 12))
    _regions(content).add_to(drawn)
    _municipalities(content.municipality_outlines).add_to(drawn)
    for record, shape in zip(content.regions, content.region_outlines.shapes, strict=True):
        _label(record, shape, content.target).add_to(drawn)
    figure: Any = drawn.get_root()
    figure.header.add_child(Element(_assets()), name="assets", index=0)
    figure.header.add_child(Element(f"<title>{_literal(html.escape(content.title))}</title>"), name="title")
    figure.html.add_child(Element(_literal(_panel(content))), name="panel")
    _count_names(figure)
    return str(figure.render()).replace("<html>", '<html lang="de">', 1)


def _literal(markup: str) -> str:
    """Braces in a name are text: folium renders its elements as templates."""
    return markup.replace("{", "&#123;").replace("}", "&#125;")


def _regions(content: PlanMap) -> Any:
    features = [
        {
            "type": "Feature",
            "properties": {
                "text": _tooltip(record, content.target),
                "fill": region_colour(content.plan.colours.get(record.region, record.region)),
            },
            "geometry": json.loads(_geojson(shape)),
        }
        for record, shape in zip(content.regions, content.region_outlines.shapes, strict=True)
    ]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=plan_map.LAYERS["regions"],
        style_function=_region_style,
        highlight_function=_region_highlight,
        tooltip=folium.GeoJsonTooltip(fields=["text"], labels=False, sticky=True),
    )


def _region_style(feature: dict[str, Any]) -> dict[str, Any]:
    return {"fillColor": feature["properties"]["fill"], "fillOpacity": 0.5, "color": "#26323b", "weight": 1.4}


def _region_highlight(_feature: dict[str, Any]) -> dict[str, Any]:
    return {"fillOpacity": 0.75, "weight": 2.5}


def _municipalities(outlines: Outlines) -> Any:
    shapes = [{"type": "Feature", "properties": {}, "geometry": json.loads(_geojson(s))} for s in outlines.shapes]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": shapes},
        name=plan_map.LAYERS["municipalities"],
        style_function=_border_style,
        interactive=False,
    )


def _border_style(_feature: dict[str, Any]) -> dict[str, Any]:
    return {"fill": False, "color": "#10181d", "weight": 2.6, "dashArray": "7 4"}


def _label(record: MapRegion, shape: Any, target: PopulationTarget) -> Any:
    point = shape.representative_point()
    sign = plan_map.band_sign(record.residents, target.minimum, target.maximum)
    mark = "" if sign == "✓" else f" {sign[0]}"
    text = f'<div class="rw-label"><b>{record.region}</b><span>{whole(record.residents)}{mark}</span></div>'
    icon = folium.DivIcon(html=text, icon_size=(0, 0), class_name="rw-anchor")
    return folium.Marker([point.y, point.x], icon=icon, interactive=False)


def _tooltip(record: MapRegion, target: PopulationTarget) -> str:
    name = _literal(html.escape(plan_map.region_name(record.region, record.name)))
    municipality = _literal(html.escape(record.municipality))
    sign = plan_map.band_sign(record.residents, target.minimum, target.maximum)
    return f"<b>{name}</b><br>{municipality}<br>{whole(record.residents)} Einwohner {sign}"


def _panel(content: PlanMap) -> str:
    rows = [
        {
            "colour": region_colour(content.plan.colours.get(r.region, r.region)),
            "name": plan_map.region_name(r.region, r.name),
            "municipality": r.municipality,
            "residents": whole(r.residents),
            "sign": plan_map.band_sign(r.residents, content.target.minimum, content.target.maximum),
        }
        for r in content.regions
    ]
    environment = Environment(loader=PackageLoader("reporting"), autoescape=True)
    return environment.get_template("plan_map_panel.html.j2").render(
        title=content.title,
        source=content.source,
        heading=plan_map.TITLE,
        columns=plan_map.COLUMNS,
        band=plan_map.band(content.target.minimum, content.target.maximum),
        rows=rows,
    )


@cache
def _assets() -> str:
    folder = resources.files("xstatic.pkg.leaflet") / "data"
    styles = re.sub(r"url\(([^)]+)\)", lambda m: _inlined(folder, m[1]), (folder / "leaflet.css").read_text("utf-8"))
    styles = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    script = (folder / "leaflet.js").read_text("utf-8").split("//# sourceMappingURL")[0]
    script = script.replace(_LEAFLET_HOME, "#")
    own = resources.files("reporting").joinpath("templates/plan_map.css").read_text("utf-8")
    # Folium's page is rendered as a Jinja template, so braces of the assets must stay as they are.
    return f"{{% raw %}}{_POLICY}<style>{styles}\n{own}</style><script>{script}\n{_SETTINGS}</script>{{% endraw %}}"


def _inlined(folder: Any, address: str) -> str:
    name = address.strip("'\"")
    if name.startswith("#"):
        return f"url({name})"
    raw = base64.b64encode((folder / name).read_bytes()).decode()
    return f"url(data:image/png;base64,{raw})"


def _geojson(shape: Any) -> str:
    return str(to_geojson(set_precision(shape, 1e-6)))


def _bounds(outlines: Outlines) -> tuple[float, float, float, float]:
    boxes = [shape.bounds for shape in outlines.shapes]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _count_names(root: Any) -> None:
    waiting, number = [root], 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:04d}"
        number += 1
        waiting.extend(element._children.values())
        waiting.extend(
            part for key in ("header", "html", "script") if (part := getattr(element, key, None)) is not None
        )
