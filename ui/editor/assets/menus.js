// Dialogs: help, name, layers, what can be done with a region, remarks. Native dialogs keep focus and Escape.
import { element } from "./map_parts.js";
import { fill } from "./format.js";

export class Menus {
  constructor(editor, root, text) {
    this.editor = editor;
    this.text = text;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "rw-dialog";
    root.append(this.dialog);
  }

  open(title, parts) {
    const head = element("h2", title);
    head.id = "rw-dialog-title";
    this.dialog.setAttribute("aria-labelledby", head.id);
    const close = this.button(this.text.close, () => this.dialog.close());
    const foot = element("div", "", "rw-dialog-foot");
    foot.append(close);
    this.dialog.replaceChildren(head, ...parts, foot);
    if (!this.dialog.open) this.dialog.showModal();
    return foot;
  }

  button(label, act, primary = false) {
    const made = element("button", label, primary ? "rw-primary" : "");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  help() {
    const table = element("table", "");
    for (const [key, meaning] of this.text.keys) {
      const row = element("tr", "");
      const head = element("th", key);
      head.scope = "row";
      row.append(head, element("td", meaning));
      table.append(row);
    }
    this.open(this.text.help, [element("p", this.text.help_intro), table]);
  }

  // A link to this plan, to work on or only to look at.
  share() {
    const links = [[this.text.share_edit, false], [this.text.share_view, true]].filter(([, look]) => look || !this.editor.data.readOnly);
    this.open(this.text.share, links.map(([label, look]) => this.link(label, look)));
  }

  link(label, onlyLook) {
    const address = new URL(location.href);
    address.searchParams.delete("ansehen");
    if (onlyLook) address.searchParams.set("ansehen", "1");
    const field = this.field(label, "");
    Object.assign(field.input, { readOnly: true, maxLength: 2000, value: address.href });
    const copy = this.button(this.text.copy, async () => {
      field.input.select();
      // The clipboard exists only on localhost and https; an intranet may have neither.
      if (navigator.clipboard) await navigator.clipboard.writeText(address.href);
      else document.execCommand("copy");
      copy.textContent = this.text.copied;
    });
    field.label.className = "rw-link";
    field.label.append(copy);
    return field.label;
  }

  name(then) {
    const field = this.field(this.text.your_name, this.editor.author);
    const take = () => {
      if (!field.input.value.trim()) return;
      this.dialog.close();
      then(field.input.value.trim());
    };
    field.input.addEventListener("keydown", (event) => event.key === "Enter" && take());
    const foot = this.open(this.text.who, [element("p", this.text.why_name), field.label]);
    foot.prepend(this.button(this.text.go, take, true));
    field.input.focus();
  }

  field(name, value, tag = "input") {
    const label = element("label", name);
    const input = element(tag, "");
    input.value = value;
    input.maxLength = tag === "input" ? 60 : 2000;
    label.append(input);
    return { label, input };
  }

  layers() {
    const { painter, data } = this.editor;
    const switches = Object.keys(painter.show).filter((name) => name !== "facilities" || this.editor.facilities.length).map((name) => {
      const label = element("label", "", "rw-check");
      const box = element("input", "");
      box.type = "checkbox";
      box.checked = painter.show[name];
      box.addEventListener("change", () => {
        painter.show[name] = box.checked;
        this.editor.layer.drawAll();
      });
      label.append(box, document.createTextNode(this.text[`layer_${name}`]));
      return label;
    });
    const label = element("label", this.text.colour_by);
    const choose = element("select", "");
    choose.append(Object.assign(element("option", this.text.by_region), { value: "" }));
    for (const { id, name } of data.indicators) choose.append(Object.assign(element("option", name), { value: id }));
    choose.value = painter.indicator?.id ?? "";
    choose.addEventListener("change", () => this.editor.showIndicator(choose.value));
    label.append(choose);
    this.open(this.text.layers, [label, ...switches]);
  }

  region(region) {
    const { editor, text } = this;
    const name = fill(text.region, { region });
    const parts = [];
    if (editor.mayEdit(false)) {
      const field = this.field(text.rename, editor.state.names.get(region) ?? "");
      field.label.append(this.button(text.save, () => this.then(() => editor.rename(region, field.input.value))));
      parts.push(field.label, this.colours(region), this.merge(region));
      const locked = editor.state.locked.has(region);
      parts.push(this.button(locked ? text.unlock : text.lock, () => this.then(() => editor.lock([region], !locked))));
      parts.push(this.button(text.split, () => this.then(() => editor.suggestSplit(region))));
    }
    parts.push(this.button(text.zoom_to, () => this.then(() => editor.zoomToRegion(region))));
    parts.push(this.button(text.add_remark, () => this.remark(region)));
    this.open(name, parts);
  }

  // What is known about one block, and a remark on it: by right click, a long press, or A on the keyboard.
  block(block) {
    if (block < 0) return;
    const { editor, text } = this;
    const [title, ...lines] = editor.blockSentence(block).split("\n");
    const choose = this.button(text.choose_region, () => this.then(() => editor.pickBlock(block)));
    this.open(title, [element("p", lines.filter(Boolean).join(", ")), choose, this.button(text.add_remark, () => this.remark(-1, block))]);
  }

  then(act) {
    this.dialog.close();
    act();
  }

  colours(region) {
    const box = element("div", `${this.text.colour} `, "rw-palette");
    const current = this.editor.state.colours.get(region);
    this.editor.data.palette.forEach((colour, slot) => {
      const made = this.button("", () => this.then(() => this.editor.recolour(region, slot)));
      made.style.background = colour;
      made.setAttribute("aria-label", fill(this.text.colour_slot, { slot: slot + 1 }));
      made.setAttribute("aria-pressed", String(slot === current));
      box.append(made);
    });
    return box;
  }

  merge(region) {
    const label = element("label", this.text.merge);
    const choose = element("select", "");
    for (const other of this.editor.state.regionsBeside(region)) {
      choose.append(Object.assign(element("option", fill(this.text.region, { region: other })), { value: other }));
    }
    label.append(choose, this.button(this.text.merge_now, () => choose.value && this.then(() => this.editor.merge(region, Number(choose.value)))));
    return label;
  }

  remark(region, block = -1) {
    const onBlock = block >= 0 ? fill(this.text.on_block, { block: this.editor.state.ids[block] }) : this.text.on_map;
    const where = region >= 0 ? fill(this.text.on_region, { region }) : onBlock;
    const field = this.field(where, "", "textarea");
    const foot = this.open(this.text.add_remark, [field.label]);
    const keep = () => field.input.value.trim() && this.then(() =>
      this.editor.putRemark({ id: "", region, block, text: field.input.value.trim(), done: false }));
    foot.prepend(this.button(this.text.save, keep, true));
    field.input.focus();
  }
}
