// The map that every page uses to show and to choose (ui/editor/map_view.py).
import { loadLeaflet } from "./leaflet.js";
import { fetchShapes } from "./shapes.js";
import { makeShapeLayer, strokeEven, boundsOf } from "./shape_layer.js";
import { findBorders, groupPath, chainedPath } from "./borders.js";
import { themeOf, onThemeChange, mixed } from "./theme.js";
import { drawEveryLabel, groupAnchors } from "./labels.js";
import { bytesOf, int32Of } from "./bytes.js";
import { makeLegend, makeTooltip, makeControls } from "./map_parts.js";

const NO_FILL = 255;
const KEPT = 6;
// Streamlit mounts a component anew whenever it likes; the maps live on here and are hung into the new place.
const maps = (globalThis.__raumwerkMaps ??= new Map());

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  if (!data) return undefined;
  let map = maps.get(data.key);
  if (!map) {
    map = new MapView(data.key);
    maps.set(data.key, map);
    if (maps.size > KEPT) forgetOldest();
  }
  map.choose = (id) => setStateValue("clicked", id);
  if (map.root.parentElement !== parentElement) parentElement.append(map.root);
  map.show(data);
  return undefined;
}

function forgetOldest() {
  for (const [key, map] of maps) {
    if (maps.size > KEPT && !map.root.isConnected) maps.delete(key);
  }
}

class MapView {
  constructor(key) {
    this.root = document.createElement("div");
    this.root.className = "rw-map";
    this.root.dataset.key = key;
    this.place = document.createElement("div");
    this.place.className = "rw-map-place";
    this.root.append(this.place);
    this.message = document.createElement("div");
    this.message.className = "rw-map-message";
    this.root.append(this.message);
    onThemeChange(this.root, () => this.repaint());
    this.turn = Promise.resolve();
  }

  show(data) {
    this.latest = data;
    this.root.style.height = data.height ? `${data.height}px` : "";
    this.root.classList.toggle("rw-fills-screen", !data.height);
    this.turn = this.turn.then(() => this.draw(this.latest)).catch((error) => {
      console.error(error);
      this.message.textContent = data.text.failed;
    });
  }

  async draw(data) {
    if (this.drawn === data) return;
    if (!this.map) this.message.textContent = data.text.loading;
    const L = await loadLeaflet();
    const wanted = [data.shapes, data.labelShapes || data.shapes, ...data.borders];
    const [shapes, labelShapes, ...borders] = await Promise.all(wanted.map(fetchShapes));
    this.drawn = data;
    this.data = data;
    this.labelShapes = labelShapes;
    this.borderShapes = borders;
    this.fill = bytesOf(data.fill);
    this.groups = data.groups ? int32Of(data.groups) : null;
    this.anchors = null;
    this.labelPoints = null;
    this.makeMap(L, data);
    this.mixColours();
    if (this.shapes === shapes) this.layer.drawAll();
    else this.replaceShapes(L, shapes);
    this.legend.show(data);
    this.place.setAttribute("aria-label", data.description);
    this.message.textContent = "";
  }

  makeMap(L, data) {
    if (this.map) return;
    this.map = L.map(this.place, {
      zoomControl: false, attributionControl: Boolean(data.basemap.tiles), zoomSnap: 0.25, wheelPxPerZoomLevel: 110,
      maxZoom: 19, center: [51, 7], zoom: 9,
    });
    this.place.setAttribute("role", "application");
    if (data.basemap.tiles) {
      this.map.attributionControl.setPrefix(false);
      L.tileLayer(data.basemap.tiles, { attribution: data.basemap.attribution, maxZoom: 19 }).addTo(this.map);
    }
    makeControls(this, data.text);
    this.legend = makeLegend(this.root, data.text);
    this.tooltip = makeTooltip(this.root);
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.tooltip.hide());
    this.map.on("click", (event) => this.click(event));
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(this.root);
  }

  replaceShapes(L, shapes) {
    this.layer?.remove();
    this.shapes = shapes;
    this.borders = null;
    const before = this.bounds;
    this.bounds = boundsOf(L, this.map, shapes);
    // Other shapes of the same county (regions after an edit) must not move the map under the eyes.
    if (!before || !alike(before, this.bounds)) this.showWhole(false);
    this.layer = new (makeShapeLayer(L))(shapes, this);
    this.layer.addTo(this.map);
  }

  showWhole(animate = true) {
    this.map.invalidateSize({ animate: false });
    this.map.fitBounds(this.bounds, { padding: [10, 10], animate });
  }

  repaint() {
    if (!this.layer) return;
    this.mixColours();
    this.layer.drawAll();
  }

  mixColours() {
    this.theme = themeOf(this.root);
    const share = this.data.opaque ? 1 : this.theme.dark ? 0.62 : 0.72;
    this.colours = this.data.palette.map((colour) =>
      colour === "hatched" ? hatch(this.theme) : mixed(colour, this.theme.background, share));
  }

  fills(context, which) {
    context.strokeStyle = this.theme.dark ? "rgba(255, 255, 255, 0.16)" : "rgba(255, 255, 255, 0.55)";
    for (const shape of which) {
      const colour = this.fill[shape];
      const path = this.shapes.path(shape);
      if (colour !== NO_FILL) {
        context.fillStyle = this.colours[colour];
        context.fill(path, "evenodd");
      }
      context.stroke(path);
    }
  }

  lines(context, layer) {
    const ratio = layer._ratio;
    const line = this.theme.dark ? "#f2f5f3" : "#26323b";
    if (this.groups) {
      this.borders ??= findBorders(this.shapes);
      strokeEven(context, groupPath(this.shapes, this.borders, this.groups), { colour: line, width: 1.4, ratio });
    }
    for (const [i, shapes] of this.borderShapes.entries()) {
      const style = i < this.borderShapes.length - 1 ? { width: 1.3 } : { width: 2.2, dash: [7, 4] };
      shapes.outline ??= chainedPath(shapes, findBorders(shapes), () => true);
      const path = new Path2D();
      path.addPath(shapes.outline, this.between(shapes));
      // On colours that are light also on a dark screen a white line alone would vanish: it carries a dark one.
      if (this.theme.dark) strokeEven(context, path, { colour: "#ffffff", width: style.width + 1.4, ratio });
      const dark = this.theme.dark && !this.data.opaque;
      strokeEven(context, path, { colour: dark ? "#ffffff" : "#10181d", ratio, ...style });
    }
    const chosen = this.data.ids.indexOf(this.data.selected);
    if (chosen >= 0) strokeEven(context, this.shapes.path(chosen), { colour: this.theme.primary, width: 4, ratio });
  }

  // From the units of other shapes to those of the filled ones.
  between(other) {
    const { x0, y0, width, height } = this.shapes;
    return new DOMMatrix([
      other.width / width, 0, 0, other.height / height,
      ((other.x0 - x0) / width) * 65535, ((other.y0 - y0) / height) * 65535,
    ]);
  }

  labels(context, layer) {
    const shapes = this.labelShapes;
    if (this.groups) return this.drawGroupLabels(context, layer);
    this.labelPoints ??= this.data.labels.map((_label, i) => shapes.labelPoint(i));
    const labels = this.data.labels.map(([title, subtitle], i) => {
      const [wx, wy] = shapes.world(...this.labelPoints[i]);
      const [x, y] = layer.pixels(...this.shapes.units(wx, wy));
      return { title, subtitle, x, y };
    });
    return drawEveryLabel(context, labels, this.theme);
  }

  drawGroupLabels(context, layer) {
    this.anchors ??= groupAnchors(this.shapes, this.groups);
    const labels = Object.entries(this.data.groupLabels).filter(([group]) => this.anchors.has(Number(group)));
    const placed = labels.map(([group, [title, subtitle]]) => {
      const [x, y] = layer.pixels(...this.anchors.get(Number(group)));
      return { title, subtitle, x, y };
    });
    return drawEveryLabel(context, placed, this.theme);
  }

  shapeAt(event) {
    return this.layer ? this.shapes.at(...this.layer.unitsAt(event.containerPoint)) : -1;
  }

  hover(event) {
    const shape = this.shapeAt(event);
    const text = shape < 0 ? "" : (this.data.tooltips[shape] ?? this.data.groupTooltips[this.groups?.[shape]]);
    if (text) this.tooltip.show(text, event.containerPoint, this.root);
    else this.tooltip.hide();
  }

  click(event) {
    const shape = this.shapeAt(event);
    if (shape >= 0) this.choose(this.data.ids[shape]);
  }
}

function alike(before, now) {
  const size = Math.max(now.getEast() - now.getWest(), now.getNorth() - now.getSouth());
  const corners = [[before.getSouthWest(), now.getSouthWest()], [before.getNorthEast(), now.getNorthEast()]];
  return corners.every(([a, b]) => Math.abs(a.lat - b.lat) < size / 50 && Math.abs(a.lng - b.lng) < size / 50);
}

function hatch(theme) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const context = tile.getContext("2d");
  context.fillStyle = theme.background;
  context.fillRect(0, 0, 8, 8);
  context.strokeStyle = theme.dark ? "#93a3a8" : "#7b8a90";
  context.lineWidth = 1.2;
  for (const shift of [-8, 0, 8]) {
    context.beginPath();
    context.moveTo(shift, 8);
    context.lineTo(shift + 8, 0);
    context.stroke();
  }
  return context.createPattern(tile, "repeat");
}
