// The plan in the browser: what the server confirmed, what is shown meanwhile, and the figures of every region.
import { bytesOf, int32Of } from "./bytes.js";

export const UNASSIGNED = -1;

export class PlanState {
  constructor(county, plan) {
    this.ids = county.ids;
    this.n = county.ids.length;
    this.residents = int32Of(county.residents);
    this.area = float32Of(county.area);
    this.perimeter = float32Of(county.perimeter);
    this.municipality = int32Of(county.municipality);
    this.municipalities = county.municipalities;
    this.place = int32Of(county.place);
    this.places = county.places;
    this.edges = int32Of(county.edges);
    this.border = float32Of(county.border);
    this.passable = bytesOf(county.passable);
    this.open(plan);
  }

  open(plan) {
    this.confirmed = int32Of(plan.labels);
    this.shown = this.confirmed.slice();
    this.names = new Map(Object.entries(plan.names).map(([r, name]) => [Number(r), name]));
    this.colours = new Map(Object.entries(plan.colours).map(([r, slot]) => [Number(r), slot]));
    this.lockedConfirmed = new Set(plan.locked);
    this.locked = new Set(plan.locked);
    this.highest = plan.highest;
    this.revision = plan.revision;
  }

  // One journal line, ours or another person's.
  apply(entry) {
    if (entry.revision <= this.revision) return;
    const { effect } = entry;
    for (const [, to, runs] of effect.moved ?? []) {
      for (const block of positionsOf(runs)) this.confirmed[block] = to;
      this.highest = Math.max(this.highest, to);
    }
    swap(this.names, effect.names);
    swap(this.colours, effect.colours);
    for (const region of effect.lock ?? []) this.lockedConfirmed.add(region);
    for (const region of effect.unlock ?? []) this.lockedConfirmed.delete(region);
    this.revision = entry.revision;
  }

  // Show the confirmed plan with the operations on top that the server has not answered yet, and above them the
  // blocks under a stroke that has not ended: news arrive every second, and a hand may paint for longer.
  showPending(operations, painted = []) {
    const before = this.shown;
    this.shown = this.confirmed.slice();
    this.locked = new Set(this.lockedConfirmed);
    for (const { kind, payload } of operations) {
      if (kind === "lock") for (const region of payload.regions) this.locked[payload.locked ? "add" : "delete"](region);
      if (kind !== "assign") continue;
      for (const [to, runs] of payload.moves) {
        for (const block of positionsOf(runs)) if (this.mayMove(block, to)) this.shown[block] = to;
      }
    }
    for (const [block, to] of painted) if (this.mayMove(block, to)) this.shown[block] = to;
    const changed = [];
    for (let i = 0; i < this.n; i += 1) if (before[i] !== this.shown[i]) changed.push(i);
    return changed;
  }

  mayMove(block, to) {
    return !this.locked.has(this.shown[block]) && !this.locked.has(to);
  }

  regions() {
    return [...new Set(this.shown)].filter((region) => region !== UNASSIGNED).sort((a, b) => a - b);
  }

  nextRegion() {
    return Math.max(this.highest, ...this.shown) + 1;
  }

  blocksOf(region) {
    const blocks = [];
    for (let i = 0; i < this.n; i += 1) if (this.shown[i] === region) blocks.push(i);
    return blocks;
  }

  // Residents, area, border and pieces of every region; counted anew, which is quicker than keeping books.
  figures() {
    const found = new Map();
    const parent = Int32Array.from({ length: this.n }, (_, i) => i);
    for (let i = 0; i < this.n; i += 1) {
      const figure = found.get(this.shown[i]) ?? { residents: 0, blocks: 0, area: 0, perimeter: 0, pieces: 0 };
      figure.residents += this.residents[i];
      figure.blocks += 1;
      figure.area += this.area[i];
      figure.perimeter += this.perimeter[i];
      found.set(this.shown[i], figure);
    }
    for (let e = 0; e < this.passable.length; e += 1) {
      const [a, b] = [this.edges[2 * e], this.edges[2 * e + 1]];
      if (this.shown[a] !== this.shown[b]) continue;
      found.get(this.shown[a]).perimeter -= 2 * this.border[e];
      if (this.passable[e]) join(parent, a, b);
    }
    for (let i = 0; i < this.n; i += 1) if (parent[i] === i) found.get(this.shown[i]).pieces += 1;
    for (const figure of found.values()) {
      figure.compactness = figure.perimeter > 0 ? (4 * Math.PI * figure.area) / figure.perimeter ** 2 : 0;
    }
    return found;
  }

  neighbours(block) {
    this.around ??= neighbourLists(this.n, this.edges);
    return this.around[block];
  }

  regionsBeside(region) {
    const found = new Set();
    for (let e = 0; e < this.passable.length; e += 1) {
      const [a, b] = [this.shown[this.edges[2 * e]], this.shown[this.edges[2 * e + 1]]];
      if (a === region && b !== region) found.add(b);
      if (b === region && a !== region) found.add(a);
    }
    found.delete(UNASSIGNED);
    return [...found].sort((a, b) => a - b);
  }
}

export function positionsOf(runs) {
  const positions = [];
  for (const run of runs ? runs.split(",") : []) {
    const [first, last] = run.split("-").map(Number);
    for (let i = first; i <= (last ?? first); i += 1) positions.push(i);
  }
  return positions;
}

export function runsOf(positions) {
  const ordered = [...new Set(positions)].sort((a, b) => a - b);
  const runs = [];
  for (let i = 0; i < ordered.length; ) {
    let end = i;
    while (ordered[end + 1] === ordered[end] + 1) end += 1;
    runs.push(end > i ? `${ordered[i]}-${ordered[end]}` : `${ordered[i]}`);
    i = end + 1;
  }
  return runs.join(",");
}

function swap(current, pairs) {
  for (const [region, [, now]] of Object.entries(pairs ?? {})) {
    if (now === "" || now === null) current.delete(Number(region));
    else current.set(Number(region), now);
  }
}

function root(parent, i) {
  let top = i;
  while (parent[top] !== top) {
    parent[top] = parent[parent[top]];
    top = parent[top];
  }
  return top;
}

function join(parent, a, b) {
  const [x, y] = [root(parent, a), root(parent, b)];
  if (x !== y) parent[Math.max(x, y)] = Math.min(x, y);
}

function neighbourLists(n, edges) {
  const lists = Array.from({ length: n }, () => []);
  for (let e = 0; e < edges.length; e += 2) {
    lists[edges[e]].push(edges[e + 1]);
    lists[edges[e + 1]].push(edges[e]);
  }
  return lists;
}

function float32Of(text) {
  return new Float32Array(bytesOf(text).buffer);
}
