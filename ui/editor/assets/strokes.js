// The painting tools: which blocks a pointer, a rectangle or a lasso takes.
export const TOOLS = ["select", "single", "brush", "rectangle", "lasso", "municipality", "place"];
export const BRUSHES = [8, 16, 28, 45, 70];
const PAINTING = new Set(["single", "brush", "municipality", "place"]);

export class Strokes {
  constructor(editor, map, element) {
    this.editor = editor;
    this.map = map;
    this.element = element;
    this.pointers = new Set();
    this.stroke = null;
    this.space = false;
    this.circle = document.createElement("div");
    this.circle.className = "rw-brush";
    this.shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.shape.setAttribute("class", "rw-lasso");
    this.outline = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
    this.shape.append(this.outline);
    element.append(this.circle, this.shape);
    const listen = (name, act) => element.addEventListener(name, (event) => act.call(this, event));
    map.on("contextmenu", (event) => editor.menus.block(editor.shapes.at(...editor.layer.unitsAt(event.containerPoint))));
    listen("pointerdown", this.down);
    listen("pointermove", this.moved);
    listen("pointerup", this.up);
    listen("pointercancel", this.cancel);
    listen("pointerleave", this.left);
  }

  get tool() {
    return this.editor.tool;
  }

  // The map may be dragged with the selecting tool, with the space bar held, and never while painting.
  settle() {
    const drag = this.tool === "select" || this.space;
    if (drag) this.map.dragging.enable();
    else this.map.dragging.disable();
    this.map.boxZoom.disable();
    this.element.classList.toggle("rw-painting", !drag);
    this.circle.hidden = drag || this.tool !== "brush";
  }

  down(event) {
    this.editor.tooltip.hide();
    this.pointers.add(event.pointerId);
    if (this.pointers.size > 1) {
      this.cancel(event, false);
      return;
    }
    if (this.tool === "select" || this.space || event.button > 0 || event.target.closest("button")) return;
    if (event.altKey) {
      this.editor.pickAt(this.unitsOf(event));
      return;
    }
    if (!this.editor.mayEdit()) return;
    this.element.setPointerCapture(event.pointerId);
    this.stroke = { points: [this.pointOf(event)], blocks: new Set(), within: this.within(event) };
    if (PAINTING.has(this.tool)) this.paint([this.pointOf(event)]);
  }

  moved(event) {
    const point = this.pointOf(event);
    this.circle.style.transform = `translate(${point.x}px, ${point.y}px)`;
    if (!this.stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length ? events : [event]).map((e) => this.pointOf(e));
    if (PAINTING.has(this.tool)) this.paint(between(this.stroke.points.at(-1), points, this.step()));
    this.stroke.points.push(...points);
    if (this.tool === "rectangle" || this.tool === "lasso") this.drawOutline();
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    const { stroke } = this;
    this.stroke = null;
    this.outline.setAttribute("points", "");
    if (!stroke) return;
    if (this.tool === "rectangle" || this.tool === "lasso") this.take(stroke, this.enclosed(this.corners(stroke)));
    this.editor.finishStroke([...stroke.blocks]);
  }

  cancel(event, forget = true) {
    if (forget) this.pointers.delete(event.pointerId);
    this.outline.setAttribute("points", "");
    if (this.stroke) this.editor.dropStroke();
    this.stroke = null;
  }

  left(event) {
    this.circle.style.transform = "translate(-999px, -999px)";
    if (!this.stroke) this.pointers.delete(event.pointerId);
  }

  paint(points) {
    for (const point of points) this.take(this.stroke, this.blocksAt(point));
  }

  take(stroke, blocks) {
    const fresh = [];
    for (const block of blocks) {
      if (stroke.blocks.has(block) || !this.allowed(stroke, block)) continue;
      stroke.blocks.add(block);
      fresh.push(block);
    }
    if (fresh.length) this.editor.paintBlocks(fresh);
  }

  allowed(stroke, block) {
    return stroke.within === null || this.editor.state.municipality[block] === stroke.within;
  }

  // With the restriction on, a stroke stays in the municipality where it began.
  within(event) {
    if (!this.editor.restrict) return null;
    const block = this.editor.shapes.at(...this.unitsOf(event));
    return block < 0 ? null : this.editor.state.municipality[block];
  }

  blocksAt(point) {
    const { shapes } = this.editor;
    const [x, y] = this.editor.layer.unitsAt(point);
    if (this.tool === "brush") return this.inCircle(x, y);
    const block = shapes.at(x, y);
    return block < 0 ? [] : this.unitOf(block);
  }

  // What a tool takes at once: the block, its municipality or its place.
  unitOf(block) {
    const { state } = this.editor;
    if (this.tool === "municipality") return alike(state.municipality, block);
    if (this.tool === "place" && state.place[block] >= 0) return alike(state.place, block);
    return [block];
  }

  inCircle(x, y) {
    const { shapes, layer } = this.editor;
    const radius = BRUSHES[this.editor.brush];
    const [rx, ry] = [radius / layer.sx, radius / layer.sy];
    const close = (px, py) => ((px - x) / rx) ** 2 + ((py - y) / ry) ** 2 <= 1;
    const found = [];
    for (const shape of shapes.near(x - rx, y - ry, x + rx, y + ry)) {
      const middle = close(shapes.middle[2 * shape], shapes.middle[2 * shape + 1]);
      if (middle || (shapes.inBox(shape, x, y) && shapes.contains(shape, x, y))) found.push(shape);
    }
    return found;
  }

  enclosed(corners) {
    const { shapes, layer } = this.editor;
    const outline = corners.map((corner) => layer.unitsAt(corner));
    const [xs, ys] = [outline.map((p) => p[0]), outline.map((p) => p[1])];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return [...shapes.near(...box)].filter((s) => inside(outline, shapes.middle[2 * s], shapes.middle[2 * s + 1]));
  }

  corners(stroke) {
    if (this.tool === "lasso") return stroke.points;
    const [a, b] = [stroke.points[0], stroke.points.at(-1)];
    const at = (x, y) => Object.assign(a.clone(), { x, y });
    return [a, at(b.x, a.y), b, at(a.x, b.y)];
  }

  drawOutline() {
    this.outline.setAttribute("points", this.corners(this.stroke).map((p) => `${p.x},${p.y}`).join(" "));
  }

  step() {
    return this.tool === "brush" ? Math.max(3, BRUSHES[this.editor.brush] / 2) : 4;
  }

  pointOf(event) {
    return this.map.mouseEventToContainerPoint(event);
  }

  unitsOf(event) {
    return this.editor.layer.unitsAt(this.pointOf(event));
  }

  showBrush() {
    const side = 2 * BRUSHES[this.editor.brush];
    Object.assign(this.circle.style, { width: `${side}px`, height: `${side}px`, margin: `${-side / 2}px` });
  }
}

function between(from, points, step) {
  const all = [];
  let last = from;
  for (const point of points) {
    const count = Math.ceil(last.distanceTo(point) / step);
    for (let i = 1; i <= count; i += 1) all.push(last.add(point.subtract(last).multiplyBy(i / count)));
    last = point;
  }
  return all;
}

function alike(codes, block) {
  const found = [];
  for (let i = 0; i < codes.length; i += 1) if (codes[i] === codes[block]) found.push(i);
  return found;
}

function inside(outline, x, y) {
  let within = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [outline[i], outline[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}
