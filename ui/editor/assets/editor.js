// The editor: the component's entry, and the one place where its parts meet (ui/editor/editor_view.py).
import { loadLeaflet, ownStyle, appRoot, wait } from "./leaflet.js";
import { fetchShapes } from "./shapes.js";
import { makeShapeLayer, boundsOf } from "./shape_layer.js";
import { onThemeChange } from "./theme.js";
import { makeTooltip, makeControls, element } from "./map_parts.js";
import { PlanState, runsOf, positionsOf, UNASSIGNED } from "./plan_state.js";
import { OperationLog } from "./operation_log.js";
import { Strokes } from "./strokes.js";
import { EditorPainter } from "./editor_painter.js";
import { Toolbar } from "./toolbar.js";
import { RegionList } from "./region_list.js";
import { Notes } from "./notes.js";
import { Menus } from "./menus.js";
import { Keyboard } from "./keyboard.js";
import { whole, fill } from "./format.js";
import { editorActions } from "./editor_actions.js";

const QUIET_MS = 700;
const COUNT_MS = 80; // while painting, bars and totals are counted this often
const editors = (globalThis.__raumwerkEditors ??= new Map());

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  if (!data) return undefined;
  const key = `${data.project}/${data.plan}`;
  let editor = editors.get(key);
  if (!editor) {
    editors.forEach((other) => other.log?.stop());
    editors.clear();
    editor = new Editor(data);
    editors.set(key, editor);
  }
  editor.report = (revision) => setStateValue("revision", revision);
  editor.introduce = () => setStateValue("author", editor.author);
  // Telling the name runs the page again, which would hold up the county that the map waits for.
  if (editor.author && editor.author !== data.author) editor.ready.then(() => editor.introduce());
  if (editor.root.parentElement !== parentElement) parentElement.replaceChildren(editor.root);
  editor.update(data);
  return undefined;
}

export class Editor {
  constructor(data) {
    this.data = data;
    this.text = data.text;
    this.tool = "select";
    this.brush = 2;
    this.restrict = true;
    this.target = UNASSIGNED;
    this.homogeneity = {};
    this.painted = new Map();
    this.facilities = [];
    this.streets = [];
    this.planState = data.state;
    this.author = localStorage.getItem("raumwerk-name") ?? "";
    this.address = new URL(`raumwerk/desk/${data.project}/${data.plan}`, appRoot).href;
    this.build();
    this.ready = this.load().catch((error) => {
      console.error(error);
      this.message.textContent = this.text.failed;
    });
  }

  build() {
    this.root = element("div", "", "rw-editor");
    this.menus = new Menus(this, this.root, this.text);
    this.toolbar = new Toolbar(this, this.root, this.text);
    this.frame = element("div", "", "rw-map rw-edit-map");
    this.place = element("div", "", "rw-map-place");
    this.message = element("div", this.text.loading, "rw-map-message");
    this.frame.append(this.place, this.message);
    this.panel = element("aside", "", "rw-panel");
    this.panel.setAttribute("aria-label", this.text.panel);
    this.panel.tabIndex = 0;
    this.foot = element("div", "", "rw-foot");
    this.live = element("span", "", "rw-live");
    this.live.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.saved = element("span", "", "rw-saved");
    this.foot.append(this.live, this.saved);
    this.bar = element("div", "", "rw-preview-bar");
    this.bar.hidden = true;
    this.frame.append(this.bar);
    this.root.append(this.frame, this.panel, this.foot);
    this.painter = new EditorPainter(this);
    this.list = new RegionList(this, this.panel, this.text);
    this.notes = new Notes(this, this.panel, this.text);
    onThemeChange(this.root, () => this.repaint());
  }

  async load() {
    const log = new OperationLog(this.address, `${this.data.project}-${this.data.plan}`, this);
    const [L, shapes, county, plan] = await Promise.all([
      loadLeaflet(), fetchShapes(this.data.shapes), this.patiently(log, "county"),
      this.patiently(log, `plan?author=${encodeURIComponent(this.author)}`), ownStyle("editor.css"),
    ]);
    this.shapes = shapes;
    this.state = new PlanState(county, plan);
    this.log = log;
    this.target = this.state.regions()[0] ?? UNASSIGNED;
    this.state.showPending(log.pending);
    this.figures = this.state.figures();
    this.makeMap(L);
    this.onNews(plan, []);
    this.message.textContent = "";
    performance.mark("raumwerk-first-map");
    log.start();
    this.fetchAdvice();
    this.fetchRemarks();
    this.fetchLandmarks();
  }

  // The server may have just been started again and open the project only when the page asks for it.
  async patiently(log, path) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await log.ask(path);
      } catch (error) {
        if (attempt > 30) throw error;
        await wait(500);
      }
    }
  }

  makeMap(L) {
    this.painter.mixColours();
    this.map = L.map(this.place, {
      zoomControl: false, attributionControl: Boolean(this.data.basemap.tiles), keyboard: false, zoomSnap: 0.25,
      wheelPxPerZoomLevel: 110, doubleClickZoom: false, maxZoom: 19, center: [51, 7], zoom: 9,
    });
    if (this.data.basemap.tiles) {
      this.map.attributionControl.setPrefix(false);
      L.tileLayer(this.data.basemap.tiles, { attribution: this.data.basemap.attribution, maxZoom: 19 }).addTo(this.map);
      this.frame.classList.add("rw-on-basemap");
    }
    Object.assign(this.place, { tabIndex: 0 });
    this.place.setAttribute("role", "application");
    this.place.setAttribute("aria-label", this.data.description);
    this.bounds = boundsOf(L, this.map, this.shapes);
    this.showWhole(false);
    this.layer = new (makeShapeLayer(L))(this.shapes, this.painter);
    this.layer.addTo(this.map);
    makeControls({ root: this.frame, map: this.map, showWhole: () => this.showWhole() }, this.text);
    this.tooltip = makeTooltip(this.frame);
    this.strokes = new Strokes(this, this.map, this.place);
    this.keyboard = new Keyboard(this, this.place);
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.tooltip.hide());
    this.map.on("click", (event) => this.tool === "select" && this.pickAt(this.layer.unitsAt(event.containerPoint)));
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(this.frame);
    this.setBrush(this.brush);
    this.setTool(this.tool);
  }

  update(data) {
    this.data = { ...data, text: this.text };
    this.planState = data.state;
    if (this.state) this.refresh();
  }

  // ── what the log asks and tells ──
  who() {
    return { author: this.author, revision: this.state.revision };
  }

  onPending(pending) {
    this.saved.textContent = fill(this.text.saving, { count: pending.length });
  }

  onNews(news, answers) {
    const before = this.state.revision;
    for (const entry of news.entries) this.state.apply(entry);
    const changed = this.state.showPending(this.log.pending, this.painted);
    [this.canUndo, this.canRedo, this.planState] = [news.undo, news.redo, news.state];
    const conflicts = JSON.stringify(news.conflicts);
    if (conflicts !== this.knownConflicts) this.notes.showConflicts(news.conflicts);
    this.knownConflicts = conflicts;
    this.saved.textContent = this.log.pending.length ? fill(this.text.saving, { count: this.log.pending.length }) : this.text.saved;
    this.tellOthers(news.entries);
    for (const answer of answers) if (answer.problem) this.say(this.text[`problem_${answer.problem}`]);
    this.tellRefused(news.entries);
    const recoloured = news.entries.some(({ effect }) => effect.colours);
    if (this.state.revision !== before || changed.length) this.changed(changed, recoloured);
    else this.toolbar.show();
    this.root.dataset.revision = this.state.revision;
    this.root.dataset.pending = this.log.pending.length;
  }

  onFault(sentence, count) {
    this.saved.textContent = sentence || fill(this.text.offline, { count });
    this.root.dataset.pending = this.log.pending.length;
  }

  tellOthers(entries) {
    const others = entries.filter((entry) => entry.client !== this.log.client && entry.author !== this.author);
    if (others.length) this.say(fill(this.text.others, { author: others.at(-1).author, count: others.length }));
  }

  tellRefused(entries) {
    for (const { client, kind, effect } of entries) {
      if (client !== this.log.client) continue;
      if (kind === "undo" || kind === "redo") this.say(this.text[kind === "undo" ? "undone" : "redone"]);
      for (const [reason, runs] of effect.refused ?? []) {
        this.say(fill(this.text[`refused_${reason}`] ?? "", { count: positionsOf(runs).length }));
      }
      for (const [wished, given] of Object.entries(effect.renumbered ?? {})) {
        if (this.target === Number(wished)) this.target = given;
      }
    }
  }

  changed(blocks, recoloured) {
    this.figures = this.state.figures();
    if (recoloured) this.layer?.drawAll();
    else if (blocks.length) this.layer?.soon(blocks);
    else this.layer?.labelsSoon();
    this.refresh();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => {
      this.report(this.state.revision);
      this.fetchAdvice();
    }, QUIET_MS);
  }

  refresh() {
    if (!this.figures || !this.layer) return;
    this.toolbar.show();
    this.list.soon();
  }

  repaint() {
    if (!this.layer) return;
    this.painter.mixColours();
    this.layer.drawAll();
    this.refresh();
  }

  async fetchAdvice() {
    const advice = await this.log.ask("warnings").catch(() => null);
    if (!advice) return;
    this.homogeneity = advice.homogeneity;
    this.notes.showWarnings(advice.warnings);
    this.refresh();
  }

  async fetchLandmarks() {
    const found = await this.log.ask("landmarks").catch(() => ({ facilities: [], streets: [] }));
    this.facilities = found.facilities;
    this.streets = found.streets;
    this.toolbar.offer([...this.state.places, ...this.state.municipalities, ...this.streets.map(([name]) => name)]);
  }

  async fetchRemarks() {
    const { remarks } = await this.log.ask("remarks").catch(() => ({ remarks: [] }));
    this.notes.showRemarks(remarks);
  }

  async putRemark(remark) {
    const body = JSON.stringify({ ...remark, author: this.author });
    const { remarks } = await this.log.ask("remarks", { method: "POST", body });
    this.notes.showRemarks(remarks);
    this.say(this.text.remark_kept);
  }

  // ── strokes ──
  mayEdit(ask = true) {
    if (this.planState !== "entwurf" || this.data.readOnly) {
      if (ask) this.say(this.text.problem_state);
      return false;
    }
    if (ask && !this.author) {
      this.askName();
      return false;
    }
    return true;
  }

  askName() {
    this.menus.name((name) => {
      this.author = name;
      localStorage.setItem("raumwerk-name", name);
      this.introduce();
      this.say(fill(this.text.hello, { name }));
    });
  }

  paintBlocks(blocks) {
    this.piecesBefore ??= new Map([...this.figures].map(([region, figure]) => [region, figure.pieces]));
    const movable = blocks.filter((block) => this.state.mayMove(block, this.target));
    this.refusedHere = (this.refusedHere ?? 0) + blocks.length - movable.length;
    for (const block of movable) {
      this.state.shown[block] = this.target;
      this.painted.set(block, this.target);
    }
    this.layer.soon(movable);
    this.counting ??= setTimeout(() => this.count(), COUNT_MS);
  }

  // Not in every frame: nobody reads a bar that fast, and the colours should follow the hand.
  count() {
    clearTimeout(this.counting);
    this.counting = null;
    this.figures = this.state.figures();
    this.list.soon();
  }

  finishStroke(blocks) {
    if (this.counting) this.count();
    this.painted.clear();
    const before = this.piecesBefore;
    const refused = this.refusedHere ?? 0;
    this.piecesBefore = null;
    this.refusedHere = 0;
    const moved = blocks.filter((block) => this.state.shown[block] === this.target && this.state.confirmed[block] !== this.target);
    if (moved.length) this.assign(moved, this.target);
    if (refused) this.say(fill(this.text.refused_locked, { count: refused }));
    else if (moved.length) this.say(this.strokeSentence(moved, before));
  }

  strokeSentence(moved, before) {
    const broken = [...this.figures].find(([region, { pieces }]) => region >= 0 && pieces > Math.max(1, before?.get(region) ?? 1));
    if (broken) return fill(this.text.breaks, { region: broken[0], pieces: broken[1].pieces });
    const residents = moved.reduce((sum, block) => sum + this.state.residents[block], 0);
    const total = this.figures.get(this.target)?.residents ?? 0;
    return fill(this.text.moved, { count: moved.length, residents: whole(residents), region: this.target, total: whole(total) });
  }

  dropStroke() {
    this.painted.clear();
    this.piecesBefore = null;
    this.layer.soon(this.state.showPending(this.log.pending));
    this.figures = this.state.figures();
    this.list.show();
  }

  assign(blocks, region) {
    const fresh = region > this.state.highest ? { new: [region] } : {};
    this.send("assign", { moves: [[region, runsOf(blocks)]], ...fresh });
  }

  send(kind, payload) {
    this.log.add(kind, payload, this.state.revision);
    const changed = this.state.showPending(this.log.pending);
    if (changed.length) {
      this.layer.soon(changed);
      this.figures = this.state.figures();
    }
    this.refresh();
  }
}

Object.assign(Editor.prototype, editorActions);
