// Colours of Streamlit's theme for the canvas, and a call when somebody switches between light and dark.
export function themeOf(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const background = read("--st-background-color", "#ffffff");
  return {
    background,
    panel: read("--st-secondary-background-color", "#eef2f0"),
    text: read("--st-text-color", "#162026"),
    primary: read("--st-primary-color", "#1c6b73"),
    border: read("--st-border-color", "#cfd8d5"),
    dark: luminance(background) < 0.4,
  };
}

// A hidden element whose colour follows the theme: its transition ends when the theme has changed.
export function onThemeChange(element, callback) {
  const watcher = document.createElement("i");
  watcher.className = "rw-theme-watcher";
  watcher.setAttribute("aria-hidden", "true");
  watcher.addEventListener("transitionend", callback);
  element.append(watcher);
}

export function rgb(colour) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = colour;
  const hex = canvas.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

// ``share`` of a colour over a background, as an opaque colour: repainting a shape needs no clearing.
export function mixed(colour, background, share) {
  const [front, back] = [rgb(colour), rgb(background)];
  return `rgb(${front.map((value, i) => Math.round(value * share + back[i] * (1 - share))).join(" ")})`;
}

function luminance(colour) {
  const [r, g, b] = rgb(colour);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}
