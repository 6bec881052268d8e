// How the editor's map looks: regions or an indicator, borders, warnings, a preview, the keyboard's block.
import { strokeEven } from "./shape_layer.js";
import { findBorders, groupPath, runPath, chainedPath } from "./borders.js";
import { drawLabels, drawEveryLabel, groupAnchors, anchorsInView } from "./labels.js";
import { mixed, themeOf } from "./theme.js";
import { UNASSIGNED } from "./plan_state.js";

export class EditorPainter {
  constructor(editor) {
    this.editor = editor;
    this.show = { labels: true, municipalities: true, barriers: false, places: false, facilities: false };
    this.indicator = null;
    this.marked = [];
    this.preview = null;
    this.cursor = -1;
  }

  mixColours() {
    const { root, data } = this.editor;
    this.theme = themeOf(root);
    const share = this.theme.dark ? 0.62 : 0.72;
    this.colours = data.palette.map((colour) => mixed(colour, this.theme.background, share));
    this.strong = data.palette.map((colour) => mixed(colour, this.theme.background, 1));
    this.empty = this.theme.dark ? "#2c363b" : "#f4f4f2";
    this.line = this.theme.dark ? "#f2f5f3" : "#26323b";
    this.ramp = (this.indicator?.palette ?? []).map((colour) => mixed(colour, this.theme.background, 0.9));
  }

  colourOf(region) {
    return this.colours[(this.editor.state.colours.get(region) ?? region) % this.colours.length];
  }

  fills(context, which) {
    const { shapes, state } = this.editor;
    context.strokeStyle = this.theme.dark ? "rgba(255, 255, 255, 0.16)" : "rgba(255, 255, 255, 0.55)";
    for (const shape of which) {
      const path = shapes.path(shape);
      context.fillStyle = this.fillOf(shape, state.shown[shape]);
      context.fill(path, "evenodd");
      context.stroke(path);
    }
  }

  fillOf(shape, region) {
    const wished = this.preview?.get(shape);
    if (wished !== undefined) return this.strong[(this.editor.state.colours.get(wished) ?? wished) % this.strong.length];
    if (this.indicator) return this.ramp[this.indicator.classes[shape]] ?? this.empty;
    return region === UNASSIGNED ? this.empty : this.colourOf(region);
  }

  // Dashed lines are slow to draw: those that no stroke changes are drawn once per view.
  still(context, layer) {
    const { shapes, state } = this.editor;
    const ratio = layer._ratio;
    if (!this.borders) {
      this.borders = findBorders(shapes);
      const town = state.municipality;
      this.municipal = chainedPath(shapes, this.borders, (a, b) => b < 0 || town[a] !== town[b]);
      this.closed = this.barrierPath();
    }
    if (this.show.municipalities) {
      const colour = this.theme.dark ? "#ffffff" : "#10181d";
      strokeEven(context, this.municipal, { colour, width: 2.2, dash: [7, 4], ratio });
    }
    if (this.show.barriers) strokeEven(context, this.closed, { colour: "#b3261e", width: 3, dash: [3, 3], ratio });
  }

  lines(context, layer, area) {
    const { shapes, state } = this.editor;
    const ratio = layer._ratio;
    const regions = groupPath(shapes, this.borders, state.shown, { area });
    strokeEven(context, regions, { colour: this.line, width: this.indicator ? 2.2 : 1.5, ratio });
    this.outline(context, this.marked, { colour: "#b3261e", width: 3, ratio });
    const active = this.editor.target;
    if (active !== UNASSIGNED) {
      const inside = (block) => block >= 0 && state.shown[block] === active;
      const outline = runPath(shapes, this.borders, (a, b) => inside(a) !== inside(b), area);
      strokeEven(context, outline, { colour: this.theme.background, width: 6, ratio });
      strokeEven(context, outline, { colour: this.theme.text, width: 3.4, ratio });
    }
    if (this.cursor >= 0) {
      strokeEven(context, shapes.path(this.cursor), { colour: this.theme.background, width: 6, ratio });
      strokeEven(context, shapes.path(this.cursor), { colour: this.theme.text, width: 3, dash: [5, 3], ratio });
    }
  }

  outline(context, blocks, style) {
    const path = new Path2D();
    for (const block of blocks) path.addPath(this.editor.shapes.path(block));
    strokeEven(context, path, style);
  }

  barrierPath() {
    const { shapes, state } = this.editor;
    const closed = new Set();
    for (let e = 0; e < state.passable.length; e += 1) {
      if (!state.passable[e]) closed.add(state.edges[2 * e] * state.n + state.edges[2 * e + 1]);
    }
    const barred = (a, b) => a >= 0 && b >= 0 && closed.has(Math.min(a, b) * state.n + Math.max(a, b));
    return chainedPath(shapes, this.borders, barred);
  }

  labels(context, layer) {
    const { shapes, state, figures } = this.editor;
    if (this.show.facilities) this.drawFacilities(context, layer);
    if (this.show.places) this.drawPlaces(context, layer);
    if (!this.show.labels) return;
    const labels = [];
    if (!this.editor.piecesBefore) this.anchors = groupAnchors(shapes, state.shown);
    for (const [region, [x, y]] of anchorsInView(layer, shapes, state.shown, this.anchors)) {
      if (region === UNASSIGNED || !figures.has(region)) continue;
      const lock = state.locked.has(region) ? " ⊘" : "";
      labels.push({ title: `${region}${lock}`, subtitle: this.editor.residentsText(figures.get(region)), x, y });
    }
    drawEveryLabel(context, labels, this.theme);
  }

  drawPlaces(context, layer) {
    const { shapes, state } = this.editor;
    const labels = [];
    for (const [place, [ux, uy]] of groupAnchors(shapes, state.place)) {
      if (place < 0) continue;
      const [x, y] = layer.pixels(ux, uy);
      labels.push({ title: state.places[place], subtitle: "", x, y });
    }
    drawLabels(context, labels, this.theme, 10);
  }

  drawFacilities(context, layer) {
    context.lineWidth = 1.5;
    for (const [wx, wy, kind] of this.editor.facilities) {
      const [x, y] = layer.pixels(...this.editor.shapes.units(wx, wy));
      context.beginPath();
      context.arc(x, y, 3.6, 0, 2 * Math.PI);
      context.fillStyle = this.strong[kind % this.strong.length];
      context.strokeStyle = this.line;
      context.fill();
      context.stroke();
    }
  }
}
