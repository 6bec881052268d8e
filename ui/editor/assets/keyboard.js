// Everything the mouse can do, by keyboard: a block cursor moved with the arrows, and one letter per tool.
const TOOL_KEYS = { v: "select", e: "single", b: "brush", r: "rectangle", l: "lasso", g: "municipality", o: "place" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keyboard {
  constructor(editor, place) {
    this.editor = editor;
    this.place = place;
    place.addEventListener("keydown", (event) => this.down(event), true);
    place.addEventListener("keyup", (event) => event.key === " " && this.space(false));
    place.addEventListener("blur", () => this.space(false));
  }

  space(held) {
    if (this.editor.strokes.space === held) return;
    this.editor.strokes.space = held;
    this.editor.strokes.settle();
  }

  down(event) {
    const { editor } = this;
    if (event.target.closest("dialog, input, textarea, select")) return;
    const act = this.action(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act.call(editor);
  }

  action(event) {
    const { editor } = this;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    // On a German keyboard the brackets need AltGr, which Windows reports as Strg and Alt.
    if ((event.ctrlKey && !event.altKey) || event.metaKey) {
      if (key === "z") return event.shiftKey ? editor.redo : editor.undo;
      return key === "y" ? editor.redo : null;
    }
    const onButton = event.target.closest("button") !== null;
    if (key in ARROWS && !onButton) return () => this.move(...ARROWS[key]);
    if (TOOL_KEYS[key]) return () => editor.setTool(TOOL_KEYS[key]);
    const single = {
      "[": () => editor.setBrush(editor.brush - 1),
      "]": () => editor.setBrush(editor.brush + 1),
      "+": () => editor.map.zoomIn(1),
      "-": () => editor.map.zoomOut(1),
      "0": () => editor.showWhole(),
      "?": () => editor.menus.help(),
      h: () => editor.setRestrict(!editor.restrict),
      a: () => editor.menus.block(editor.painter.cursor),
      n: () => editor.newRegion(),
      i: () => editor.pickBlock(editor.painter.cursor),
      s: () => editor.lock([editor.target], !editor.state.locked.has(editor.target)),
      w: () => editor.notes.go(event.shiftKey ? -1 : 1),
      z: () => editor.zoomToRegion(editor.target),
      f: () => editor.toolbar.find.focus(),
      ",": () => editor.nextTarget(-1),
      ".": () => editor.nextTarget(1),
      Escape: () => editor.dropPreview(),
    };
    if (!onButton) {
      single.Enter = () => this.paint();
      single[" "] = () => this.space(true);
    }
    return single[key] ?? null;
  }

  // To the neighbour that lies most in the direction of the arrow.
  move(dx, dy) {
    const { editor } = this;
    const { shapes, state, painter } = editor;
    if (painter.cursor < 0) painter.cursor = editor.blockAtCentre();
    else {
      const [x, y] = shapes.world(shapes.middle[2 * painter.cursor], shapes.middle[2 * painter.cursor + 1]);
      let [best, found] = [0.3, painter.cursor];
      for (const other of state.neighbours(painter.cursor)) {
        const [ox, oy] = shapes.world(shapes.middle[2 * other], shapes.middle[2 * other + 1]);
        const length = Math.hypot(ox - x, oy - y) || 1;
        const along = ((ox - x) * dx + (oy - y) * dy) / length;
        if (along > best) [best, found] = [along, other];
      }
      painter.cursor = found;
    }
    editor.showCursor();
  }

  paint() {
    const { editor } = this;
    if (editor.painter.preview) return editor.takePreview();
    if (editor.painter.cursor < 0 || !editor.mayEdit()) return undefined;
    const blocks = editor.tool === "select" ? [editor.painter.cursor] : editor.strokes.unitOf(editor.painter.cursor);
    editor.paintBlocks(blocks);
    editor.finishStroke(blocks);
    return editor.showCursor();
  }
}
