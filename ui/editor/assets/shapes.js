// Shapes as they come over the wire (ui/editor/shape_bytes.py): decoded once, kept for all maps of the page.
import { appRoot, wait } from "./leaflet.js";

const MAGIC = 0x31535752;
const GRID = 64;
const SCANS = 24; // lines tried for the widest part of a shape
const STEPS = 65535;
const kept = new Map();

export function fetchShapes(key) {
  if (!kept.has(key)) {
    kept.set(key, load(key).catch((error) => {
      kept.delete(key);
      throw error;
    }));
  }
  return kept.get(key);
}

// After a restart the server knows the shapes again as soon as the page has run once more.
async function load(key) {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(new URL(`raumwerk/shapes/${key}`, appRoot)).catch(() => null);
    if (answer?.ok) return new Shapes(await answer.arrayBuffer());
    if (attempt >= 20) throw new Error("shapes");
    await wait(300 * (attempt + 1));
  }
}

export class Shapes {
  constructor(buffer) {
    const head = new DataView(buffer);
    if (head.getUint32(0, true) !== MAGIC) throw new Error("no shapes");
    const [n, rings, points] = [4, 8, 12].map((at) => head.getUint32(at, true));
    [this.x0, this.y0, this.width, this.height] = [16, 24, 32, 40].map((at) => head.getFloat64(at, true));
    this.n = n;
    this.ringStart = starts(new Uint32Array(buffer, 48, n));
    this.pointStart = starts(new Uint32Array(buffer, 48 + 4 * n, rings));
    const at = 48 + 4 * (n + rings);
    this.xs = summed(new Uint16Array(buffer, at, points));
    this.ys = summed(new Uint16Array(buffer, at + 2 * points, points));
    this.paths = new Array(n).fill(null);
    this.measure();
  }

  measure() {
    const { n, xs, ys } = this;
    this.box = new Uint16Array(4 * n);
    this.middle = new Float32Array(2 * n);
    this.cells = Array.from({ length: GRID * GRID }, () => []);
    for (let shape = 0; shape < n; shape += 1) {
      const [from, to] = this.points(shape);
      let [west, south, east, north] = [STEPS, STEPS, 0, 0];
      for (let p = from; p < to; p += 1) {
        if (xs[p] < west) west = xs[p];
        if (xs[p] > east) east = xs[p];
        if (ys[p] < south) south = ys[p];
        if (ys[p] > north) north = ys[p];
      }
      this.box.set([west, south, east, north], 4 * shape);
      this.middle.set(this.centre(shape, (west + east) / 2, (south + north) / 2), 2 * shape);
      this.index(shape, west, south, east, north);
    }
  }

  index(shape, west, south, east, north) {
    const cell = (value) => Math.min(GRID - 1, Math.floor((value * GRID) / STEPS));
    for (let y = cell(south); y <= cell(north); y += 1) {
      for (let x = cell(west); x <= cell(east); x += 1) this.cells[y * GRID + x].push(shape);
    }
  }

  points(shape) {
    return [this.pointStart[this.ringStart[shape]], this.pointStart[this.ringStart[shape + 1]]];
  }

  // Centroid of the largest ring; of a very thin one the middle of its box.
  centre(shape, middleX, middleY) {
    let [best, x, y] = [0, middleX, middleY];
    for (let ring = this.ringStart[shape]; ring < this.ringStart[shape + 1]; ring += 1) {
      const [from, to] = [this.pointStart[ring], this.pointStart[ring + 1]];
      let [area, sumX, sumY] = [0, 0, 0];
      for (let p = from, q = to - 1; p < to; q = p, p += 1) {
        const cross = this.xs[q] * this.ys[p] - this.xs[p] * this.ys[q];
        area += cross;
        sumX += (this.xs[q] + this.xs[p]) * cross;
        sumY += (this.ys[q] + this.ys[p]) * cross;
      }
      if (Math.abs(area) > best) [best, x, y] = [Math.abs(area), sumX / (3 * area), sumY / (3 * area)];
    }
    return [x, y];
  }

  // Where a label has most room: the middle of a span far from every corner, so also inside a ring around a town.
  labelPoint(shape) {
    const [south, north] = [this.box[4 * shape + 1], this.box[4 * shape + 3]];
    let best = [-1, this.middle[2 * shape], this.middle[2 * shape + 1]];
    for (let row = 1; row < SCANS; row += 1) {
      const level = south + ((north - south) * row) / SCANS + 0.5;
      const cuts = this.cuts(shape, level);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const x = (cuts[i] + cuts[i + 1]) / 2;
        const room = Math.min((cuts[i + 1] - cuts[i]) / 2, this.nearestCorner(shape, x, level));
        if (room > best[0]) best = [room, x, level];
      }
    }
    return best.slice(1);
  }

  nearestCorner(shape, x, y) {
    const [from, to] = this.points(shape);
    let nearest = Infinity;
    for (let p = from; p < to; p += 1) nearest = Math.min(nearest, Math.hypot(this.xs[p] - x, this.ys[p] - y));
    return nearest;
  }

  // Where a horizontal line enters and leaves a shape, from west to east.
  cuts(shape, level) {
    const [from, to] = [this.ringStart[shape], this.ringStart[shape + 1]];
    const found = [];
    for (let ring = from; ring < to; ring += 1) {
      const [first, last] = [this.pointStart[ring], this.pointStart[ring + 1]];
      for (let p = first, q = last - 1; p < last; q = p, p += 1) {
        const [py, qy] = [this.ys[p], this.ys[q]];
        if (py > level !== qy > level) found.push(((this.xs[q] - this.xs[p]) * (level - py)) / (qy - py) + this.xs[p]);
      }
    }
    return found.sort((a, b) => a - b);
  }

  path(shape) {
    if (this.paths[shape]) return this.paths[shape];
    const path = new Path2D();
    for (let ring = this.ringStart[shape]; ring < this.ringStart[shape + 1]; ring += 1) {
      const [from, to] = [this.pointStart[ring], this.pointStart[ring + 1]];
      path.moveTo(this.xs[from], this.ys[from]);
      for (let p = from + 1; p < to; p += 1) path.lineTo(this.xs[p], this.ys[p]);
      path.closePath();
    }
    this.paths[shape] = path;
    return path;
  }

  // World pixels at zoom 0 to the units of the shapes.
  units(x, y) {
    return [((x - this.x0) / this.width) * STEPS, ((y - this.y0) / this.height) * STEPS];
  }

  world(x, y) {
    return [this.x0 + (x / STEPS) * this.width, this.y0 + (y / STEPS) * this.height];
  }

  at(x, y) {
    const cell = this.cellOf(x, y);
    if (!cell) return -1;
    return cell.find((shape) => this.inBox(shape, x, y) && this.contains(shape, x, y)) ?? -1;
  }

  cellOf(x, y) {
    if (x < 0 || y < 0 || x > STEPS || y > STEPS) return null;
    const [column, row] = [x, y].map((value) => Math.min(GRID - 1, Math.floor((value * GRID) / STEPS)));
    return this.cells[row * GRID + column];
  }

  inBox(shape, x, y) {
    const b = 4 * shape;
    return x >= this.box[b] && y >= this.box[b + 1] && x <= this.box[b + 2] && y <= this.box[b + 3];
  }

  contains(shape, x, y) {
    let inside = false;
    for (let ring = this.ringStart[shape]; ring < this.ringStart[shape + 1]; ring += 1) {
      const [from, to] = [this.pointStart[ring], this.pointStart[ring + 1]];
      for (let p = from, q = to - 1; p < to; q = p, p += 1) {
        const [py, qy] = [this.ys[p], this.ys[q]];
        if (py > y !== qy > y && x < ((this.xs[q] - this.xs[p]) * (y - py)) / (qy - py) + this.xs[p]) inside = !inside;
      }
    }
    return inside;
  }

  // Shapes whose box meets the box given, in their order.
  near(west, south, east, north) {
    const cell = (value) => Math.max(0, Math.min(GRID - 1, Math.floor((value * GRID) / STEPS)));
    const found = new Set();
    for (let y = cell(south); y <= cell(north); y += 1) {
      for (let x = cell(west); x <= cell(east); x += 1) {
        for (const shape of this.cells[y * GRID + x]) {
          const b = 4 * shape;
          const apart = this.box[b] > east || this.box[b + 2] < west || this.box[b + 1] > north || this.box[b + 3] < south;
          if (!apart) found.add(shape);
        }
      }
    }
    return found;
  }
}

function starts(counts) {
  const sums = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) sums[i + 1] = sums[i] + counts[i];
  return sums;
}

function summed(steps) {
  const values = new Uint16Array(steps.length);
  let value = 0;
  for (let i = 0; i < steps.length; i += 1) {
    value = (value + steps[i]) & 0xffff;
    values[i] = value;
  }
  return values;
}
