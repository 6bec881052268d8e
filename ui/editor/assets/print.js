// On paper every map is as wide as the page, in the light colours, and shows what the screen showed; then all is as before.
const CLASS = "rw-on-paper";

function shown() {
  const views = [...(globalThis.__raumwerkMaps?.values() ?? []), ...(globalThis.__raumwerkEditors?.values() ?? [])];
  return views.filter((view) => view.map && view.layer && view.root.isConnected);
}

function turn(onPaper) {
  for (const view of shown()) {
    const bounds = view.map.getBounds();
    if (onPaper) view.screenView = [view.map.getCenter(), view.map.getZoom()];
    view.root.classList.toggle(CLASS, onPaper);
    view.map.invalidateSize({ animate: false, pan: false });
    if (onPaper) view.map.fitBounds(bounds, { animate: false });
    else if (view.screenView) view.map.setView(...view.screenView, { animate: false });
    view.repaint();
    view.paper?.remove();
    view.paper = onPaper ? picture(view.layer._container) : null;
  }
}

// Chromium prints the drawing commands of a canvas, and clearing an upper one wipes the lower ones off the paper: the
// canvases are laid together in a fresh one that was never cleared.
function picture(container) {
  const parts = [...container.querySelectorAll("canvas")];
  const sheet = parts[0].cloneNode(false);
  sheet.className = "rw-paper";
  const context = sheet.getContext("2d");
  for (const part of parts) context.drawImage(part, 0, 0);
  container.append(sheet);
  return sheet;
}

// The two components each load this file; one listener is enough.
export function printMaps() {
  if (globalThis.__raumwerkPrint) return;
  globalThis.__raumwerkPrint = true;
  addEventListener("beforeprint", () => turn(true));
  addEventListener("afterprint", () => turn(false));
}
