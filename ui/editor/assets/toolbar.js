// The row of tools above the map.
import { element } from "./map_parts.js";
import { TOOLS, BRUSHES } from "./strokes.js";

const SIGNS = { select: "✥", single: "●", brush: "◉", rectangle: "▭", lasso: "◌", municipality: "⌂", place: "▣" };
const KEYS = { select: "v", single: "e", brush: "b", rectangle: "r", lasso: "l", municipality: "g", place: "o" };

export class Toolbar {
  constructor(editor, root, text) {
    this.editor = editor;
    this.text = text;
    this.bar = element("div", "", "rw-toolbar");
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", text.tools);
    this.tools = new Map(TOOLS.map((tool) => [tool, this.tool(tool)]));
    this.group([...this.tools.values()]);
    this.smaller = this.act("−", text.brush_smaller, () => editor.setBrush(editor.brush - 1), "[");
    this.larger = this.act("+", text.brush_larger, () => editor.setBrush(editor.brush + 1), "]");
    this.size = element("span", "", "rw-size");
    this.group([this.smaller, this.size, this.larger]);
    this.restrict = this.toggle(text.restrict, () => editor.setRestrict(!editor.restrict), "h");
    this.group([this.restrict]);
    this.undo = this.act("↶", text.undo, () => editor.undo(), "Strg+Z");
    this.redo = this.act("↷", text.redo, () => editor.redo(), "Strg+Y");
    this.group([this.undo, this.redo]);
    this.layers = this.act(text.layers, text.layers, () => editor.menus.layers(this.layers));
    this.help = this.act("?", text.help, () => editor.menus.help(), "?");
    this.share = this.act(text.share, text.share, () => editor.menus.share());
    this.group([this.search(), this.layers, this.share, this.help]);
    root.append(this.bar);
  }

  group(buttons) {
    const box = element("div", "", "rw-group");
    box.append(...buttons);
    this.bar.append(box);
  }

  tool(tool) {
    const name = this.text[`tool_${tool}`];
    return this.act(`${SIGNS[tool]} ${name}`, name, () => this.editor.setTool(tool), KEYS[tool]);
  }

  toggle(name, act, key) {
    const made = this.act(name, name, act, key);
    made.setAttribute("aria-pressed", "false");
    return made;
  }

  act(label, name, act, key = "") {
    const made = element("button", label);
    made.type = "button";
    made.title = key ? `${name} (${key.length === 1 ? key.toUpperCase() : key})` : name;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  }

  search() {
    this.find = element("input", "");
    this.find.type = "search";
    this.find.placeholder = this.text.find;
    this.find.setAttribute("aria-label", this.text.find);
    this.find.setAttribute("list", "rw-places");
    this.names = element("datalist", "");
    this.names.id = "rw-places";
    this.find.append(this.names);
    this.find.addEventListener("change", () => this.editor.findPlace(this.find.value));
    const box = element("span", "", "rw-find");
    box.append(this.find, this.names);
    return box;
  }

  offer(names) {
    this.names.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  show() {
    const { editor } = this;
    for (const [tool, made] of this.tools) {
      made.setAttribute("aria-pressed", String(tool === editor.tool));
      made.disabled = tool !== "select" && !editor.mayEdit(false);
    }
    this.restrict.setAttribute("aria-pressed", String(editor.restrict));
    this.size.textContent = `⌀ ${2 * BRUSHES[editor.brush]}`;
    this.undo.disabled = !editor.canUndo;
    this.redo.disabled = !editor.canRedo;
  }
}
