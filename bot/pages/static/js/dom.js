// Elements and icons. Everything that people or the desk wrote goes in as text nodes, never as HTML.

/** An element: attributes by name, `on…` as listeners, `class`; children are nodes or strings. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M4 12h15M13 6l6 6-6 6",
  clip: "M8 12.5l6-6a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7l7.5-7.5",
  menu: "M5 7h14M5 12h14M5 17h14",
  down: "M12 5v14M6 13l6 6 6-6",
  page: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  close: "M7 7l10 10M17 7L7 17",
  check: "M5 12.5l4.5 4.5L19 7.5",
  stop: "M7 7l10 10M17 7L7 17",
  clock: "M12 7v5l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18",
  out: "M14 4h5v16h-5M4 12h10M10 8l4 4-4 4",
  good: "M8 11v9H5v-9zM8 11l4-7a2 2 0 0 1 2 2v4h5a1 1 0 0 1 1 1.2l-1.4 7a2 2 0 0 1-2 1.8H8",
  bad: "M8 13V4H5v9zM8 13l4 7a2 2 0 0 0 2-2v-4h5a1 1 0 0 0 1-1.2l-1.4-7a2 2 0 0 0-2-1.8H8",
  globe: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18M3.5 12h17M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  alert: "M12 4l9 16H3zM12 10v4M12 17v.5",
};

/** A line icon; decoration only, its button carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Whether motion is unwelcome. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How wide a text is, in letters: a Chinese character takes two. */
export const width = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0);
