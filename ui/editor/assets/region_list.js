// The live list of regions: residents as a bar in the band, with the ideal line; a click paints with that region.
import { element } from "./map_parts.js";
import { whole, signed, decimal, fill } from "./format.js";

const SOON_MS = 25;
const SCALE = 1.35; // the bar ends at this multiple of the maximum

export class RegionList {
  constructor(editor, root, text) {
    this.editor = editor;
    this.text = text;
    this.sort = "number";
    this.rows = new Map();
    const head = element("div", "", "rw-list-head");
    head.append(element("h3", text.regions));
    this.sorting = element("select", "");
    this.sorting.setAttribute("aria-label", text.sort);
    for (const key of ["number", "deviation", "residents"]) {
      this.sorting.append(Object.assign(element("option", text[`sort_${key}`]), { value: key }));
    }
    this.sorting.addEventListener("change", () => {
      this.sort = this.sorting.value;
      this.show();
    });
    this.fresh = this.button(text.new_region, () => editor.newRegion());
    this.lockAll = this.button(text.lock_all, () => editor.lockAll());
    head.append(this.sorting, this.fresh, this.lockAll);
    this.totals = element("p", "", "rw-totals");
    this.list = element("ul", "", "rw-regions");
    root.append(head, this.totals, this.list);
  }

  button(label, act) {
    const made = element("button", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // After the frame that is being painted, and once for all who ask meanwhile.
  soon() {
    this.waiting ??= setTimeout(() => this.show(), SOON_MS);
  }

  show() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const { state, figures, data } = this.editor;
    const regions = this.sorted([...figures.keys()].filter((region) => region >= 0));
    if (this.editor.target >= 0 && !figures.has(this.editor.target)) regions.push(this.editor.target);
    const present = new Set(regions);
    for (const [region, row] of this.rows) {
      if (!present.has(region)) {
        row.item.remove();
        this.rows.delete(region);
      }
    }
    regions.forEach((region, place) => {
      const row = this.rows.get(region) ?? this.row(region);
      if (this.list.children[place] !== row.item) this.list.insertBefore(row.item, this.list.children[place] ?? null);
      this.fillRow(row, region, figures.get(region) ?? { residents: 0, pieces: 0, compactness: 0 });
    });
    this.lockAll.textContent = state.locked.size ? this.text.unlock_all : this.text.lock_all;
    this.fresh.disabled = this.lockAll.disabled = !this.editor.mayEdit(false);
    const inBand = regions.filter((r) => this.sign(figures.get(r)?.residents ?? 0) === "").length;
    const loose = figures.get(-1)?.blocks ?? 0;
    const compact = regions.reduce((sum, r) => sum + (figures.get(r)?.compactness ?? 0), 0) / Math.max(1, regions.length);
    const values = { regions: whole(regions.length), in_band: whole(inBand), loose: whole(loose), compact: decimal(compact) };
    this.totals.textContent = fill(this.text.totals, { ...values, minimum: whole(data.minimum), maximum: whole(data.maximum) });
  }

  sorted(regions) {
    const { figures, data } = this.editor;
    const size = (region) => figures.get(region).residents;
    if (this.sort === "deviation") {
      return regions.sort((a, b) => Math.abs(size(b) - data.target) - Math.abs(size(a) - data.target) || a - b);
    }
    return regions.sort(this.sort === "residents" ? (a, b) => size(b) - size(a) || a - b : (a, b) => a - b);
  }

  row(region) {
    const item = element("li", "");
    const choose = element("button", "", "rw-region");
    choose.type = "button";
    choose.addEventListener("click", () => this.editor.setTarget(region));
    choose.addEventListener("dblclick", () => this.editor.zoomToRegion(region));
    const parts = { swatch: element("i", ""), name: element("b", ""), residents: element("span", ""), bar: element("span", "", "rw-bar") };
    parts.level = element("i", "", "rw-level");
    parts.bar.append(element("i", "", "rw-band"), parts.level, element("i", "", "rw-ideal"));
    choose.append(parts.swatch, parts.name, parts.residents, parts.bar);
    const more = element("button", "⋯", "rw-more");
    more.type = "button";
    more.addEventListener("click", () => this.editor.menus.region(region, more));
    item.append(choose, more);
    const row = { item, choose, more, ...parts };
    this.rows.set(region, row);
    const { data } = this.editor;
    const share = (value) => `${(100 * value) / (data.maximum * SCALE)}%`;
    const [band, , ideal] = parts.bar.children;
    Object.assign(band.style, { left: share(data.minimum), width: share(data.maximum - data.minimum) });
    ideal.style.left = share(data.target);
    return row;
  }

  fillRow(row, region, figure) {
    const { state, painter, data } = this.editor;
    const sign = this.sign(figure.residents);
    const name = `${region}${state.names.has(region) ? ` ${state.names.get(region)}` : ""}`;
    const lock = state.locked.has(region) ? " ⊘" : "";
    const pieces = figure.pieces > 1 ? ` ⚠ ${figure.pieces}` : "";
    const swatch = painter.strong[(state.colours.get(region) ?? region) % painter.strong.length];
    const alike = this.editor.homogeneity[region];
    const pressed = String(region === this.editor.target);
    const { residents, blocks, compactness } = figure;
    const content = [name, lock, pieces, residents, blocks, compactness, swatch, alike, pressed].join("|");
    if (row.content === content) return; // most rows stay as they are while one region is painted
    row.content = content;
    row.name.textContent = `${name}${lock}${pieces}`;
    row.residents.textContent = `${whole(figure.residents)} ${sign}`;
    row.swatch.style.background = swatch;
    row.level.style.width = `${Math.min(100, (100 * figure.residents) / (data.maximum * SCALE))}%`;
    row.level.dataset.sign = sign;
    row.choose.setAttribute("aria-pressed", pressed);
    const homogeneity = alike === undefined ? "" : fill(this.text.homogeneity, { value: decimal(alike) });
    row.choose.title = fill(this.text.region_row, {
      name, residents: whole(figure.residents), difference: signed(figure.residents - data.target),
      pieces: whole(figure.pieces), compactness: decimal(figure.compactness), homogeneity, blocks: whole(figure.blocks ?? 0),
    });
    row.more.setAttribute("aria-label", fill(this.text.region_menu, { name }));
  }

  sign(residents) {
    const { data } = this.editor;
    if (residents < data.minimum) return "▼";
    return residents > data.maximum ? "▲" : "";
  }
}
