// Small parts beside the map: zoom buttons, legend, tooltip.
import { printMaps } from "./print.js";

export function makeControls(view, text) {
  printMaps();
  const bar = document.createElement("div");
  bar.className = "rw-zoom";
  const buttons = [
    ["+", text.zoom_in, () => view.map.zoomIn(1)],
    ["−", text.zoom_out, () => view.map.zoomOut(1)],
    ["⤢", text.whole, () => view.showWhole()],
  ];
  for (const [sign, name, act] of buttons) bar.append(button(sign, name, act));
  view.root.append(bar);
}

export function button(sign, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

export function makeLegend(root, text) {
  const box = document.createElement("div");
  box.className = "rw-legend";
  box.setAttribute("role", "note");
  box.setAttribute("aria-label", text.legend);
  root.append(box);
  return {
    show(data) {
      box.replaceChildren();
      box.hidden = data.legend.length === 0;
      if (data.legendTitle) box.append(element("strong", data.legendTitle));
      for (const [slot, name] of data.legend) {
        const row = element("span", "");
        const patch = element("i", "");
        if (data.palette[slot] === "hatched") patch.className = "rw-hatched";
        else patch.style.background = data.palette[slot];
        row.append(patch, document.createTextNode(name));
        box.append(row);
      }
    },
  };
}

export function makeTooltip(root) {
  const box = document.createElement("div");
  box.className = "rw-tooltip";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true");
  root.append(box);
  return {
    show(lines, point, frame) {
      box.textContent = lines;
      box.hidden = false;
      const [x, y] = [point.x + 14, point.y + 14];
      box.style.left = `${Math.min(x, frame.clientWidth - box.offsetWidth - 4)}px`;
      box.style.top = `${Math.min(y, frame.clientHeight - box.offsetHeight - 4)}px`;
    },
    hide() {
      box.hidden = true;
    },
  };
}

export function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
