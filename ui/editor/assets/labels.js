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

function weightOf(shapes, i) {
  const b = 4 * i;
  return (shapes.box[b + 2] - shapes.box[b] + 1) * (shapes.box[b + 3] - shapes.box[b + 1] + 1);
}
