// What a person can do beside painting: choose, find, lock, merge, split, mend, undo. Mixed into the editor.
import { positionsOf, runsOf, UNASSIGNED } from "./plan_state.js";
import { BRUSHES, TOOLS } from "./strokes.js";
import { bytesOf } from "./bytes.js";
import { element, makeLegend } from "./map_parts.js";
import { whole, fill } from "./format.js";

export const editorActions = {
  setTool(tool) {
    if (!TOOLS.includes(tool)) return;
    this.tool = tool;
    this.strokes.settle();
    this.toolbar.show();
    this.say(fill(this.text.tool_now, { tool: this.text[`tool_${tool}`] }));
  },

  setBrush(size) {
    this.brush = Math.max(0, Math.min(BRUSHES.length - 1, size));
    this.strokes.showBrush();
    this.toolbar.show();
  },

  setRestrict(on) {
    this.restrict = on;
    this.toolbar.show();
    this.say(on ? this.text.restrict_on : this.text.restrict_off);
  },

  setTarget(region) {
    this.target = region;
    this.layer.drawLines();
    this.list.show();
    const figure = this.figures.get(region);
    this.say(fill(this.text.target, { region, residents: whole(figure?.residents ?? 0) }));
  },

  nextTarget(by) {
    const regions = this.state.regions();
    const place = (regions.indexOf(this.target) + by + regions.length) % regions.length;
    this.setTarget(regions[place]);
  },

  pickAt([x, y]) {
    this.pickBlock(this.shapes.at(x, y));
  },

  pickBlock(block) {
    if (block >= 0 && this.state.shown[block] !== UNASSIGNED) this.setTarget(this.state.shown[block]);
  },

  newRegion() {
    if (!this.mayEdit()) return;
    this.target = this.state.nextRegion();
    if (this.tool === "select") this.setTool("brush");
    this.list.show();
    this.layer.drawLines();
    this.say(fill(this.text.new_ready, { region: this.target }));
  },

  undo() {
    if (this.mayEdit()) this.send("undo", {});
  },

  redo() {
    if (this.mayEdit()) this.send("redo", {});
  },

  rename(region, name) {
    if (this.mayEdit()) this.send("name", { region, name });
  },

  recolour(region, slot) {
    if (this.mayEdit()) this.send("colour", { region, slot });
  },

  lock(regions, locked) {
    if (!this.mayEdit()) return;
    this.send("lock", { regions: regions.filter((region) => region >= 0), locked });
    this.say(fill(locked ? this.text.locked : this.text.unlocked, { regions: regions.join(", ") }));
  },

  lockAll() {
    const { locked } = this.state;
    this.lock(locked.size ? [...locked] : this.state.regions(), locked.size === 0);
  },

  merge(region, other) {
    if (this.mayEdit()) this.assign(this.state.blocksOf(other), region);
  },

  decide(conflict, take) {
    if (this.mayEdit()) this.send("decide", { conflicts: [conflict], take });
  },

  async suggestSplit(region) {
    if (!this.mayEdit()) return;
    const { blocks } = await this.log.ask(`split?region=${region}`);
    const leaving = positionsOf(blocks);
    if (!leaving.length) {
      this.say(fill(this.text.no_split, { region }));
      return;
    }
    const fresh = this.state.nextRegion();
    const residents = leaving.reduce((sum, block) => sum + this.state.residents[block], 0);
    this.showPreview(leaving.map((block) => [block, fresh]), fill(this.text.split_preview, { region, fresh, residents: whole(residents) }));
  },

  async suggestRepair() {
    if (!this.mayEdit()) return;
    this.say(this.text.thinking);
    const { repairs } = await this.log.ask("repairs");
    if (!repairs.length) {
      this.say(this.text.no_repair);
      return;
    }
    this.offerRepair(repairs, 0);
  },

  offerRepair(repairs, place) {
    const { moves, sentence } = repairs[place];
    const pairs = moves.flatMap(([region, runs]) => positionsOf(runs).map((block) => [block, region]));
    const other = repairs.length > 1 ? () => this.offerRepair(repairs, (place + 1) % repairs.length) : null;
    this.showPreview(pairs, `${sentence} (${place + 1}/${repairs.length})`, other);
  },

  // A preview is shown in full colour and taken or dropped as a whole.
  showPreview(pairs, sentence, other = null) {
    this.painter.preview = new Map(pairs);
    this.layer.drawAll();
    this.bar.hidden = false;
    this.zoomToBlocks(pairs.map(([block]) => block));
    const make = (label, act, primary) => {
      const made = element("button", label, primary ? "rw-primary" : "");
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    };
    const take = make(this.text.take, () => this.takePreview(), true);
    const parts = [element("span", sentence), take, make(this.text.drop, () => this.dropPreview())];
    if (other) parts.push(make(this.text.other_repair, other));
    this.bar.replaceChildren(...parts);
    take.focus();
    this.say(sentence);
  },

  takePreview() {
    const byRegion = new Map();
    for (const [block, region] of this.painter.preview) byRegion.set(region, [...(byRegion.get(region) ?? []), block]);
    const fresh = [...byRegion.keys()].filter((region) => region > this.state.highest);
    this.dropPreview();
    const moves = [...byRegion].map(([region, blocks]) => [region, runsOf(blocks)]);
    this.send("assign", { moves, ...(fresh.length ? { new: fresh } : {}) });
    this.say(this.text.taken);
  },

  dropPreview() {
    this.painter.preview = null;
    this.bar.hidden = true;
    this.mark([]);
    this.layer.drawAll();
    this.place.focus();
  },

  mark(blocks, zoom = false) {
    this.painter.marked = blocks;
    this.layer.drawLines();
    if (zoom && blocks.length) this.zoomToBlocks(blocks);
  },

  zoomToRegion(region) {
    const blocks = this.state.blocksOf(region);
    if (blocks.length) this.zoomToBlocks(blocks);
  },

  zoomToBlocks(blocks) {
    const { box } = this.shapes;
    let [west, south, east, north] = [65535, 65535, 0, 0];
    for (const block of blocks) {
      west = Math.min(west, box[4 * block]);
      south = Math.min(south, box[4 * block + 1]);
      east = Math.max(east, box[4 * block + 2]);
      north = Math.max(north, box[4 * block + 3]);
    }
    const corner = (x, y) => this.map.unproject(this.shapes.world(x, y), 0);
    const corners = [corner(west, south), corner(east, north)];
    this.map.fitBounds(corners, { paddingTopLeft: [60, this.bar.hidden ? 60 : 110], paddingBottomRight: [60, 60], maxZoom: Math.max(this.map.getZoom(), 14.5), animate: false });
  },

  showWhole(animate = true) {
    this.map.invalidateSize({ animate: false });
    this.map.fitBounds(this.bounds, { padding: [10, 10], animate });
  },

  findPlace(name) {
    const wanted = name.trim().toLocaleLowerCase("de");
    if (!wanted) return;
    const { state } = this;
    const named = (street) => street.toLocaleLowerCase("de");
    const street = this.streets.find(([s]) => named(s) === wanted) ?? this.streets.find(([s]) => named(s).startsWith(wanted));
    const places = [[state.places, state.place], [state.municipalities, state.municipality]];
    let blocks = [];
    for (const [names, codes] of places) {
      const exact = names.findIndex((n) => n.toLocaleLowerCase("de") === wanted);
      const code = exact >= 0 ? exact : names.findIndex((n) => n.toLocaleLowerCase("de").startsWith(wanted));
      if (!blocks.length && code >= 0) blocks = indices(codes, code);
    }
    if (street && !blocks.length) blocks = [this.shapes.at(...this.shapes.units(street[1], street[2]))].filter((block) => block >= 0);
    if (!blocks.length) blocks = [state.ids.indexOf(name.trim())].filter((block) => block >= 0);
    if (!blocks.length) {
      this.say(fill(this.text.not_found, { name }));
      return;
    }
    this.mark(blocks, true);
    this.painter.cursor = blocks[0];
    this.say(fill(this.text.found, { name, region: state.shown[blocks[0]] }));
  },

  showIndicator(id) {
    const chosen = this.data.indicators.find((indicator) => indicator.id === id);
    this.painter.indicator = chosen ? { ...chosen, classes: bytesOf(chosen.classes) } : null;
    this.legend ??= makeLegend(this.frame, this.text);
    this.legend.show({ legend: chosen?.legend ?? [], legendTitle: chosen?.name ?? "", palette: chosen?.palette ?? [] });
    this.repaint();
  },

  blockAtCentre() {
    const size = this.map.getSize();
    const block = this.shapes.at(...this.layer.unitsAt(size.divideBy(2)));
    return block >= 0 ? block : 0;
  },

  showCursor() {
    const block = this.painter.cursor;
    const { shapes } = this;
    const middle = this.map.unproject(shapes.world(shapes.middle[2 * block], shapes.middle[2 * block + 1]), 0);
    this.map.panInside(middle, { padding: [80, 80], animate: false });
    this.layer.drawLines();
    this.say(this.blockSentence(block));
  },

  blockSentence(block) {
    const { state } = this;
    const region = state.shown[block];
    return fill(region === UNASSIGNED ? this.text.block_loose : this.text.block, {
      id: state.ids[block], residents: this.data.readOnly ? "." : whole(state.residents[block]), region,
      municipality: state.municipalities[state.municipality[block]], place: state.places[state.place[block]] ?? "",
      total: whole(this.figures.get(region)?.residents ?? 0),
    });
  },

  residentsText(figure) {
    if (!figure) return "";
    const { minimum, maximum } = this.data;
    const sign = figure.residents < minimum ? " ▼" : figure.residents > maximum ? " ▲" : "";
    return `${whole(figure.residents)}${sign}${figure.pieces > 1 ? " ⚠" : ""}`;
  },

  hover(event) {
    if (this.strokes.stroke) return;
    const block = this.shapes.at(...this.layer.unitsAt(event.containerPoint));
    if (block < 0) this.tooltip.hide();
    else this.tooltip.show(this.blockSentence(block), event.containerPoint, this.frame);
  },

  say(sentence) {
    if (!sentence) return;
    this.live.textContent = sentence;
  },
};

function indices(codes, code) {
  const found = [];
  for (let i = 0; i < codes.length; i += 1) if (codes[i] === code) found.push(i);
  return found;
}
