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
  return { from: Uint32Array.from(from), to: Uint32Array.from(to), left: Int32Array.from(left), right: Int32Array.from(right) };
}

// The path along all borders between different groups; the outer border belongs to it where ``outer`` is set.
export function groupPath(shapes, borders, groups, outer = true) {
  const path = new Path2D();
  const { xs, ys } = shapes;
  const { from, to, left, right } = borders;
  for (let i = 0; i < from.length; i += 1) {
    const other = right[i];
    if (other < 0 ? outer : groups[left[i]] !== groups[other]) {
      path.moveTo(xs[from[i]], ys[from[i]]);
      path.lineTo(xs[to[i]], ys[to[i]]);
    }
  }
  return path;
}
