// Warnings of the engine, conflicts between people, and comments: each with a way to its place on the map.
import { element } from "./map_parts.js";
import { positionsOf } from "./plan_state.js";
import { fill } from "./format.js";

export class Notes {
  constructor(editor, root, text) {
    this.editor = editor;
    this.text = text;
    this.rows = [];
    this.at = -1;
    this.conflicts = element("section", "", "rw-conflicts");
    const head = element("div", "", "rw-list-head");
    this.title = element("h3", text.warnings);
    this.mend = element("button", text.repair);
    this.mend.type = "button";
    this.mend.addEventListener("click", () => editor.suggestRepair());
    head.append(this.title, this.mend, this.step("‹", text.previous, -1), this.step("›", text.next, 1));
    this.list = element("ol", "", "rw-warnings");
    this.remarks = element("section", "", "rw-remarks");
    root.append(this.conflicts, head, this.list, this.remarks);
  }

  step(sign, name, by) {
    const made = element("button", sign);
    made.type = "button";
    made.setAttribute("aria-label", name);
    made.title = name;
    made.addEventListener("click", () => this.go(by));
    return made;
  }

  go(by) {
    if (!this.rows.length) return;
    this.at = (this.at + by + this.rows.length) % this.rows.length;
    this.open(this.at);
  }

  open(place) {
    this.at = place;
    const row = this.rows[place];
    [...this.list.children].forEach((item, i) => item.classList.toggle("rw-here", i === place));
    const blocks = positionsOf(row.blocks);
    this.editor.mark(blocks.length ? blocks : this.editor.state.blocksOf(row.region), true);
    this.editor.say(row.sentence);
  }

  showWarnings(rows) {
    this.rows = rows;
    this.at = Math.min(this.at, rows.length - 1);
    this.title.textContent = `${this.text.warnings} (${rows.length})`;
    this.mend.disabled = !rows.length || !this.editor.mayEdit(false);
    this.list.replaceChildren(...rows.map((row, i) => this.warning(row, i)));
    if (!rows.length) this.list.append(element("li", this.text.no_warnings));
  }

  warning(row, place) {
    const item = element("li", "");
    const show = element("button", `${row.unavoidable ? "ℹ" : "⚠"} ${row.sentence}`);
    show.type = "button";
    show.addEventListener("click", () => this.open(place));
    item.append(show);
    return item;
  }

  showConflicts(conflicts) {
    this.conflicts.replaceChildren();
    if (!conflicts.length) return;
    this.conflicts.append(element("h3", this.text.conflicts));
    for (const conflict of conflicts) {
      const values = { block: this.editor.state.ids[conflict.block], ...conflict };
      const box = element("div", fill(this.text.conflict, values), "rw-conflict");
      for (const [take, label] of [["mine", this.text.take_mine], ["theirs", this.text.take_theirs]]) {
        const choose = element("button", fill(label, values));
        choose.type = "button";
        choose.addEventListener("click", () => this.editor.decide(conflict.id, take));
        box.append(choose);
      }
      box.addEventListener("mouseenter", () => this.editor.mark([conflict.block]));
      this.conflicts.append(box);
    }
  }

  showRemarks(remarks) {
    this.remarks.replaceChildren(element("h3", `${this.text.remarks} (${remarks.filter((r) => !r.done).length})`));
    for (const remark of remarks) {
      const item = element("article", "", remark.done ? "rw-remark rw-done" : "rw-remark");
      const where = remark.region >= 0 ? fill(this.text.on_region, remark) : fill(this.text.on_block, { block: this.editor.state.ids[remark.block] });
      const show = element("button", `${where}: ${remark.text}`);
      show.type = "button";
      show.addEventListener("click", () =>
        this.editor.mark(remark.region >= 0 ? this.editor.state.blocksOf(remark.region) : [remark.block], true));
      const done = element("button", remark.done ? this.text.reopen : this.text.done);
      done.type = "button";
      done.addEventListener("click", () => this.editor.putRemark({ ...remark, done: !remark.done }));
      item.append(show, element("small", `${remark.author}, ${remark.at.slice(0, 10)}`), done);
      this.remarks.append(item);
    }
    const add = element("button", this.text.add_remark);
    add.type = "button";
    add.addEventListener("click", () => this.editor.menus.remark(this.editor.target));
    this.remarks.append(add);
  }
}
