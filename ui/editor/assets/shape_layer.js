// A Leaflet layer that draws all shapes on four canvases: fills, lines that stay, lines that change, labels.
// Leaflet's own vector layer would rebuild every polygon on zoom and cannot draw borders between changing regions.
const STEPS = 65535;
const MARGIN = 8; // pixels around changed shapes that their lines may touch
const LABELS_MS = 100; // while painting, labels are written this often

export function makeShapeLayer(L) {
  return L.Renderer.extend({
    initialize(shapes, painter) {
      this._shapes = shapes;
      this._painter = painter;
      this._layers = {};
      L.Renderer.prototype.initialize.call(this, { padding: 0.25 });
    },

    _initContainer() {
      this._container = L.DomUtil.create("div", "rw-canvases");
      this._fills = L.DomUtil.create("canvas", "rw-fills", this._container);
      this._still = L.DomUtil.create("canvas", "rw-still", this._container);
      this._lines = L.DomUtil.create("canvas", "rw-lines", this._container);
      this._labels = L.DomUtil.create("canvas", "rw-labels", this._container);
    },

    _destroyContainer() {
      clearTimeout(this._later);
      cancelAnimationFrame(this._frame);
      this._container.remove();
      delete this._container;
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      for (const canvas of [this._fills, this._still, this._lines, this._labels]) {
        if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
          canvas.width = Math.round(size.x * ratio);
          canvas.height = Math.round(size.y * ratio);
          canvas.style.width = `${size.x}px`;
          canvas.style.height = `${size.y}px`;
        }
      }
      this._ratio = ratio;
      this._place();
      this.drawAll();
      this.fire("update");
    },

    // Shape units to pixels of the canvas.
    _place() {
      const scale = this._map.getZoomScale(this._map.getZoom(), 0);
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      const { x0, y0, width, height } = this._shapes;
      this.sx = (width * scale) / STEPS;
      this.sy = (height * scale) / STEPS;
      this.tx = x0 * scale - origin.x;
      this.ty = y0 * scale - origin.y;
    },

    _context(canvas, inUnits = true) {
      const context = canvas.getContext("2d");
      const r = this._ratio;
      if (inUnits) context.setTransform(this.sx * r, 0, 0, this.sy * r, this.tx * r, this.ty * r);
      else context.setTransform(r, 0, 0, r, 0, 0);
      return context;
    },

    visible() {
      const box = [-this.tx / this.sx, -this.ty / this.sy];
      const size = this._bounds.getSize();
      return this._shapes.near(box[0], box[1], box[0] + size.x / this.sx, box[1] + size.y / this.sy);
    },

    drawAll() {
      if (!this._map) return;
      const context = this._context(this._fills, false);
      context.clearRect(0, 0, this._fills.width, this._fills.height);
      this.drawShapes(this.visible());
      this._context(this._still, false).clearRect(0, 0, this._still.width, this._still.height);
      this._painter.still?.(this._context(this._still), this);
      this.drawLines();
      this.drawLabels();
    },

    drawShapes(which) {
      if (!this._map) return;
      const context = this._context(this._fills);
      context.lineWidth = 0.5 / this.sx;
      this._painter.fills(context, which, this);
    },

    // Everywhere, or only where the shapes given have changed.
    drawLines(which = null) {
      if (!this._map) return;
      const context = this._context(this._lines, false);
      const [x, y, right, bottom] = which ? this._pixelBox(which) : [0, 0, this._lines.width, this._lines.height];
      if (right <= x || bottom <= y) return;
      context.save();
      context.beginPath();
      context.rect(x, y, right - x, bottom - y);
      context.clip();
      context.clearRect(x, y, right - x, bottom - y);
      const corner = (px, py) => [(px - this.tx) / this.sx, (py - this.ty) / this.sy];
      const area = [...corner(x - MARGIN, y - MARGIN), ...corner(right + MARGIN, bottom + MARGIN)];
      this._painter.lines(this._context(this._lines), this, area);
      context.restore();
      this.labelsSoon();
    },

    // The box of shapes in whole pixels of the screen, with room for their lines.
    _pixelBox(which) {
      const { box } = this._shapes;
      let [west, south, east, north] = [STEPS, STEPS, 0, 0];
      for (const shape of which) {
        west = Math.min(west, box[4 * shape]);
        south = Math.min(south, box[4 * shape + 1]);
        east = Math.max(east, box[4 * shape + 2]);
        north = Math.max(north, box[4 * shape + 3]);
      }
      const [x, y] = this.pixels(west, south).map((value) => Math.max(0, Math.floor(value) - MARGIN));
      const [right, bottom] = this.pixels(east, north).map((value) => Math.ceil(value) + MARGIN);
      return [x, y, Math.min(right, this._lines.width), Math.min(bottom, this._lines.height)];
    },

    drawLabels() {
      clearTimeout(this._later);
      this._later = null;
      if (!this._map) return;
      const context = this._context(this._labels, false);
      context.clearRect(0, 0, this._labels.width, this._labels.height);
      this._painter.labels(context, this);
    },

    // Text with a halo is the slowest thing to draw: it follows a moment after the colours.
    labelsSoon() {
      this._later ??= setTimeout(() => this.drawLabels(), LABELS_MS);
    },

    // What the window shows of the canvases, in their pixels.
    window() {
      const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
      const size = this._map.getSize();
      return [corner.x, corner.y, corner.x + size.x, corner.y + size.y];
    },

    // Draws once per frame, however often it is asked for.
    soon(shapes) {
      this._waiting ??= new Set();
      for (const shape of shapes) this._waiting.add(shape);
      this._frame ??= requestAnimationFrame(() => {
        this._frame = null;
        const which = this._waiting;
        this._waiting = new Set();
        this.drawShapes(which);
        if (which.size) this.drawLines(which);
      });
    },

    pixels(x, y) {
      return [x * this.sx + this.tx, y * this.sy + this.ty];
    },

    unitsAt(containerPoint) {
      const layer = this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min);
      return [(layer.x - this.tx) / this.sx, (layer.y - this.ty) / this.sy];
    },
  });
}

// Stroke a path that is given in shape units with a line of even width in pixels.
export function strokeEven(context, path, style) {
  const units = new Path2D();
  units.addPath(path, context.getTransform());
  context.save();
  const ratio = style.ratio ?? 1;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.strokeStyle = style.colour;
  context.lineWidth = style.width * ratio;
  context.lineJoin = "round";
  context.setLineDash((style.dash ?? []).map((length) => length * ratio));
  context.stroke(units);
  context.restore();
}

export function boundsOf(L, map, shapes) {
  const corner = (x, y) => map.unproject(L.point(x, y), 0);
  return L.latLngBounds(corner(shapes.x0, shapes.y0), corner(shapes.x0 + shapes.width, shapes.y0 + shapes.height));
}
