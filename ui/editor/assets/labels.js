// Labels on the map: two short lines with a halo; where two would overlap, the earlier one in the list stays and the
// later one keeps its number alone, if there is room for that.
export function drawLabels(context, labels, theme, size = 12) {
  const taken = [];
  const drawn = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const full of labels) {
    const wish = [full, { ...full, subtitle: "" }].find((label) => isFree(measured(context, label, size), taken));
    if (!wish) continue;
    taken.push(measured(context, wish, size));
    drawn.push(wish);
    write(context, wish.title, wish.x, wish.y - (wish.subtitle ? size * 0.55 : 0), `700 ${size + 1}px sans-serif`, theme);
    if (wish.subtitle) write(context, wish.subtitle, wish.x, wish.y + size * 0.65, `500 ${size - 1}px sans-serif`, theme);
  }
  return drawn;
}

// The same, but no label stays away: where two lines find no room it is the first one, smaller, or beside its place.
export function drawEveryLabel(context, labels, theme, size = 12) {
  const taken = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of labels) {
    const { wish, box, small } = roomFor(context, label, size, taken);
    taken.push(box);
    const up = wish.subtitle ? small * 0.55 : 0;
    write(context, wish.title, wish.x, wish.y - up, `700 ${small + 1}px sans-serif`, theme);
    if (wish.subtitle) write(context, wish.subtitle, wish.x, wish.y + small * 0.65, `500 ${small - 1}px sans-serif`, theme);
  }
}

function roomFor(context, label, size, taken) {
  const short = { ...label, subtitle: "" };
  const beside = [[0, -1], [0, 1], [-1, 0], [1, 0]].map(([dx, dy]) => ({ ...short, x: label.x + 12 * dx, y: label.y + 10 * dy }));
  const wishes = [[label, size], [short, size], [short, size - 3], ...beside.map((wish) => [wish, size - 3])];
  let last = null;
  for (const [wish, small] of wishes) {
    const found = { wish, small, box: measured(context, wish, small) };
    if (!taken.some((other) => overlap(found.box, other))) return found;
    last ??= small < size ? found : null;
  }
  return last;
}

function measured(context, label, size) {
  context.font = `700 ${size + 1}px sans-serif`;
  const width = Math.max(context.measureText(label.title).width, (label.subtitle?.length ?? 0) * size * 0.55) + 6;
  const height = label.subtitle ? size * 2.6 : size * 1.5;
  return [label.x - width / 2, label.y - height / 2, label.x + width / 2, label.y + height / 2];
}

function isFree(box, taken) {
  return !taken.some((other) => overlap(box, other));
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function write(context, text, x, y, font, theme) {
  context.font = font;
  context.lineWidth = 3.5;
  context.strokeStyle = theme.dark ? "rgba(12, 18, 22, 0.85)" : "rgba(255, 255, 255, 0.9)";
  context.strokeText(text, x, y);
  context.fillStyle = theme.text;
  context.fillText(text, x, y);
}

// Where the label of a group stands: in the shape nearest to the middle of all its shapes.
export function groupAnchors(shapes, groups) {
  const sums = new Map();
  for (let i = 0; i < shapes.n; i += 1) {
    const sum = sums.get(groups[i]) ?? [0, 0, 0];
    const weight = weightOf(shapes, i);
    sum[0] += shapes.middle[2 * i] * weight;
    sum[1] += shapes.middle[2 * i + 1] * weight;
    sum[2] += weight;
    sums.set(groups[i], sum);
  }
  const best = new Map();
  for (let i = 0; i < shapes.n; i += 1) {
    const [x, y, weight] = sums.get(groups[i]);
    const [dx, dy] = [shapes.middle[2 * i] - x / weight, shapes.middle[2 * i + 1] - y / weight];
    const distance = dx * dx + dy * dy;
    const known = best.get(groups[i]);
    if (!known || distance < known[0]) best.set(groups[i], [distance, shapes.middle[2 * i], shapes.middle[2 * i + 1]]);
  }
  return new Map([...best].map(([group, [, x, y]]) => [group, [x, y]]));
}

// Where labels stand in pixels: a group whose middle is out of the window has its label in the part that is seen.
export function anchorsInView(layer, shapes, groups, anchors) {
  const [west, north, east, south] = layer.window();
  const within = ([x, y]) => x > west && x < east && y > north && y < south;
  const placed = new Map();
  const hidden = new Map();
  for (const [group, point] of anchors) {
    const pixel = layer.pixels(...point);
    placed.set(group, pixel);
    if (!within(pixel)) hidden.set(group, Infinity);
  }
  if (!hidden.size) return placed;
  for (const shape of layer.visible()) {
    if (!hidden.has(groups[shape])) continue;
    const pixel = layer.pixels(shapes.middle[2 * shape], shapes.middle[2 * shape + 1]);
    const far = Math.hypot(pixel[0] - (west + east) / 2, pixel[1] - (north + south) / 2);
    if (!within(pixel) || far >= hidden.get(groups[shape])) continue;
    hidden.set(groups[shape], far);
    placed.set(groups[shape], pixel);
  }
  return placed;
}

function weightOf(shapes, i) {
  const b = 4 * i;
  return (shapes.box[b + 2] - shapes.box[b] + 1) * (shapes.box[b + 3] - shapes.box[b + 1] + 1);
}
