// Every stretch of border with the shapes on its two sides, so that the border between any two groups can be drawn.
export function findBorders(shapes) {
  const { xs, ys } = shapes;
  const known = new Map();
  const [from, to, left, right] = [[], [], [], []];
  const names = new Map();
  const name = (p) => {
    const place = xs[p] * 65536 + ys[p];
    let number = names.get(place);
    if (number === undefined) names.set(place, (number = names.size));
    return number;
  };
  for (let shape = 0; shape < shapes.n; shape += 1) {
    for (let ring = shapes.ringStart[shape]; ring < shapes.ringStart[shape + 1]; ring += 1) {
      const [start, end] = [shapes.pointStart[ring], shapes.pointStart[ring + 1]];
      let q = end - 1;
      let nameQ = name(q);
      for (let p = start; p < end; q = p, p += 1) {
        const nameP = name(p);
        const key = nameP < nameQ ? nameP * 4294967296 + nameQ : nameQ * 4294967296 + nameP;
        const stretch = known.get(key);
        if (stretch === undefined) {
          known.set(key, from.length);
          from.push(q);
          to.push(p);
          left.push(shape);
          right.push(-1);
        } else if (left[stretch] !== shape) {
          right[stretch] = shape;
        }
        nameQ = nameP;
      }
    }
  }
  return inRuns(shapes, from, to, left, right);
}

// Stretches that follow each other between the same two shapes, as one run with its box: a tenth as many to look at.
function inRuns(shapes, from, to, left, right) {
  const borders = {
    from: Uint32Array.from(from), to: Uint32Array.from(to), left: Int32Array.from(left), right: Int32Array.from(right),
  };
  const starts = [];
  for (let i = 0; i < from.length; i += 1) {
    if (i === 0 || left[i] !== left[i - 1] || right[i] !== right[i - 1] || from[i] !== to[i - 1]) starts.push(i);
  }
  borders.starts = Uint32Array.from([...starts, from.length]);
  borders.runs = starts.length;
  borders.box = new Uint16Array(4 * starts.length);
  for (let run = 0; run < starts.length; run += 1) borders.box.set(boxOf(shapes, borders, run), 4 * run);
  return borders;
}

function boxOf({ xs, ys }, { from, to, starts }, run) {
  let [west, south, east, north] = [65535, 65535, 0, 0];
  for (let i = starts[run]; i < starts[run + 1]; i += 1) {
    west = Math.min(west, xs[from[i]], xs[to[i]]);
    east = Math.max(east, xs[from[i]], xs[to[i]]);
    south = Math.min(south, ys[from[i]], ys[to[i]]);
    north = Math.max(north, ys[from[i]], ys[to[i]]);
  }
  return [west, south, east, north];
}

function meets(borders, run, [west, south, east, north]) {
  const { box } = borders;
  const b = 4 * run;
  return box[b] <= east && box[b + 2] >= west && box[b + 1] <= north && box[b + 3] >= south;
}

// The path along all runs that ``keep(left, right)`` wants, inside ``area`` where one is given.
export function runPath({ xs, ys }, borders, keep, area = null) {
  const path = new Path2D();
  const { from, to, left, right, starts, runs } = borders;
  for (let run = 0; run < runs; run += 1) {
    const first = starts[run];
    if ((area && !meets(borders, run, area)) || !keep(left[first], right[first])) continue;
    path.moveTo(xs[from[first]], ys[from[first]]);
    for (let i = first; i < starts[run + 1]; i += 1) path.lineTo(xs[to[i]], ys[to[i]]);
  }
  return path;
}

// The path along all borders between different groups; the outer border belongs to it where ``outer`` is set.
export function groupPath(shapes, borders, groups, { outer = true, area = null } = {}) {
  return runPath(shapes, borders, (a, b) => (b < 0 ? outer : groups[a] !== groups[b]), area);
}

// The same runs joined to lines as long as they go: a dashed line keeps its rhythm and every border is drawn once.
export function chainedPath({ xs, ys }, borders, keep) {
  const { from, to, left, right, starts, runs } = borders;
  const place = (point) => xs[point] * 65536 + ys[point];
  const ends = new Map();
  const open = new Set();
  for (let run = 0; run < runs; run += 1) {
    if (!keep(left[starts[run]], right[starts[run]])) continue;
    open.add(run);
    for (const end of [place(from[starts[run]]), place(to[starts[run + 1] - 1])]) {
      if (!ends.has(end)) ends.set(end, []);
      ends.get(end).push(run);
    }
  }
  const path = new Path2D();
  const follow = (start) => {
    let at = start;
    for (let run; (run = (ends.get(at) ?? []).find((r) => open.has(r))) !== undefined; ) {
      open.delete(run);
      const [first, last] = [starts[run], starts[run + 1] - 1];
      const forward = place(from[first]) === at;
      for (let i = first; i <= last; i += 1) {
        const point = forward ? to[i] : from[last - (i - first)];
        path.lineTo(xs[point], ys[point]);
      }
      at = place(forward ? to[last] : from[first]);
    }
  };
  const begin = (at) => {
    path.moveTo(Math.floor(at / 65536), at % 65536);
    follow(at);
  };
  // First where lines end or meet in odd numbers, then the rings that are left.
  for (const [at, runsHere] of ends) if (runsHere.length % 2 && runsHere.some((run) => open.has(run))) begin(at);
  for (const [at, runsHere] of ends) while (runsHere.some((run) => open.has(run))) begin(at);
  return path;
}
