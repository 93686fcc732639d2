// Reply blocks as elements.

import { chart, figures } from "./chart.js";
import { el, icon, width } from "./dom.js";

const ROWS_SHOWN = 8;
const LONGEST_LEAD = 110;

/** `press(button, element)` is called once a button; buttons start as they are told by the log. */
export function blocks(items, words, press) {
  return items.map((block, i) => {
    const node = RENDERERS[block.type]?.(block, words, press, items, i);
    node?.style.setProperty("--i", Math.min(i, 6));
    return node;
  });
}

const RENDERERS = {
  text: (block, _words, _press, items, i) => text(block.text, i === 0 && leads(block.text, items)),
  table: (block, words) => table(block, words),
  chart: (block, words) => chart(block, words, table(figures(block, words), words)),
  file: (block) => file(block),
  citations: (block, words) => citations(block, words),
  buttons: (block, words, press) => buttons(block, words, press),
};

/** Whether the first line is a headline: an amount, or what the table, chart or confirmation under it is about. */
function leads(words, items) {
  const [first, ...rest] = words.split("\n");
  if (width(first) > LONGEST_LEAD || /^[（(•·-]|^\d+[.、)]/.test(first)) return false;
  const shows = items.some((one) => one.type === "table" || one.type === "chart" || confirms(one));
  return shows || (/[¥€£$]/.test(first) && (rest.length > 0 || items.length > 1));
}

const confirms = (block) => block.type === "buttons" && block.buttons.some((button) => button.id === "confirm");

/** Lines; a sum stands apart. */
function text(words, isLed) {
  const lines = words.split("\n").filter(Boolean);
  return el(
    "div",
    { class: "text" },
    lines.map((line, i) => {
      const sum = / [×x] /.test(line) && line.includes(" = ");
      return el("p", { class: sum ? "sum" : isLed && i === 0 ? "lead" : null }, line);
    }),
  );
}

function table(block, words) {
  const folds = block.rows.length > ROWS_SHOWN + 1;
  const numeric = (i) => (block.columns[i]?.align === "end" ? "number" : null);
  const rows = block.rows.map((row, n) =>
    el(
      "tr",
      { hidden: folds && n >= ROWS_SHOWN },
      row.map((cell, i) => el(i === 0 ? "th" : "td", { class: numeric(i), scope: i === 0 ? "row" : null }, cell)),
    ),
  );
  const head = block.columns.some((column) => column.label)
    ? el("thead", {}, el("tr", {}, block.columns.map((column, i) => el("th", { scope: "col", class: numeric(i) }, column.label))))
    : null;
  const caption = block.title ? el("caption", {}, block.title) : null;
  // What scrolls must be reachable by keyboard.
  const name = block.title || words.t("ui.table");
  const wide = block.columns.length > 3;
  const frame = el("div", { class: wide ? "frame wide" : "frame", role: "group", "aria-label": name, tabindex: "0" });
  frame.append(el("table", {}, caption, head, el("tbody", {}, rows)));
  return el("div", { class: "table" }, frame, folds ? fold(rows, words) : null);
}

function fold(rows, words) {
  const button = el("button", { type: "button", class: "link fold", "aria-expanded": "false" });
  const label = (open) => (button.textContent = open ? words.t("ui.fewer") : words.t("ui.rows", { count: rows.length }));
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    rows.forEach((row, i) => (row.hidden = !open && i >= ROWS_SHOWN));
    label(open);
  });
  label(false);
  return button;
}

function file(block) {
  const address = `/files/${block.sha256}`;
  if (!block.mime.startsWith("image/")) {
    return el("a", { class: "chip", href: address, target: "_blank", rel: "noopener" }, icon("file"), el("span", {}, block.name));
  }
  return el("a", { class: "picture", href: address, target: "_blank", rel: "noopener" }, el("img", { src: address, alt: block.name, loading: "lazy" }));
}

function citations(block, words) {
  const seen = new Set();
  const items = block.items.filter((one) => {
    const place = `${one.source}#${one.page}`;
    return !seen.has(place) && seen.add(place);
  });
  return el("ul", { class: "citations", "aria-label": words.t("ui.sources") }, items.map((one) => el("li", {}, citation(one, words))));
}

function citation(one, words) {
  const place = one.page ? words.t("ui.page", { page: one.page }) : "";
  const inside = [icon("page"), el("span", { class: "name" }, one.title || one.source), place && el("span", { class: "place" }, place)];
  if (!one.version) return el("span", { class: "chip", title: one.quote }, inside);
  const page = one.page ? `#page=${one.page}` : "";
  const address = `/documents/${one.version}/${encodeURIComponent(one.source)}${page}`;
  return el("a", { class: "chip", href: address, target: "_blank", rel: "noopener", title: one.quote || one.source }, inside);
}

const WEIGHTS = { confirm: "primary", cancel: "quiet", more: "quiet", person: "quiet" };

function buttons(block, words, press) {
  const made = block.buttons.map((button) =>
    el(
      "button",
      {
        type: "button",
        class: WEIGHTS[button.id.split(":")[0]] ?? "plain",
        "data-button": button.id,
        "data-proposal": button.proposal,
        onclick: (event) => press(button, event.currentTarget),
      },
      button.label,
    ),
  );
  return el("div", { class: "buttons", role: "group", "aria-label": words.t("ui.choices") }, made);
}
