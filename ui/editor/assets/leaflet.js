// The map engine, from the installed XStatic-Leaflet package; one copy for all maps of a page.
const component = new URL(".", import.meta.url);
export const appRoot = new URL("../../../", component);

let loading = null;

export function loadLeaflet() {
  loading ??= Promise.all([
    import(new URL("raumwerk/leaflet/leaflet-src.esm.js", appRoot)),
    styleSheet(new URL("raumwerk/leaflet/leaflet.css", appRoot)),
    styleSheet(new URL("map.css", component)),
  ]).then(([leaflet]) => leaflet).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

export function ownStyle(name) {
  return styleSheet(new URL(name, component));
}

function styleSheet(url) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = resolve;
    link.onerror = () => reject(new Error(`style sheet ${url}`));
    document.head.append(link);
  });
}

export function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
