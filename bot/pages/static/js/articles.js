// One message as an article: the person's own, or the desk's.

import { blocks } from "./blocks.js";
import { $, el, icon } from "./dom.js";

/** What the person said; `files` are names, or files that are still on their way. */
export function own(message, words) {
  const files = (message.files ?? []).map((file) => el("span", { class: "chip" }, icon("file"), el("span", {}, file.name ?? file)));
  const said = message.text || message.label;
  return el(
    "article",
    { class: "message own" },
    el("h3", { class: "unseen" }, words.t("ui.you")),
    el(
      "div",
      { class: "bubble" },
      said ? el("p", {}, said) : null,
      files.length ? el("div", { class: "sent-files" }, files) : null,
    ),
    el("footer", {}, time(message.at, words)),
  );
}

/**
 * What the desk said; a fresh one appears block after block. `press(button, article)` is called on a click, `think(good)`
 * on a thumb.
 */
export function desks(message, words, press, think, fresh = false) {
  const article = el("article", { class: fresh ? "message desks fresh" : "message desks" });
  article.append(
    el("h3", { class: "unseen" }, words.t("ui.desk")),
    el("div", { class: "blocks" }, blocks(message.blocks, words, (button) => press(button, article))),
    el("footer", {}, time(message.at, words), thumbs(message, words, think)),
  );
  return article;
}

/** Up or down, one press; the same one again takes it back. What failed has no turn that anybody remembers. */
function thumbs(message, words, think) {
  if (message.id === null) return null;
  const group = el("span", { class: "thumbs", role: "group", "aria-label": words.t("ui.opinion") });
  const show = () => {
    for (const button of group.children) button.setAttribute("aria-pressed", String(message.good === (button.name === "good")));
  };
  for (const name of ["good", "bad"]) {
    const label = words.t(`ui.${name}`);
    const press = async () => {
      const before = message.good;
      message.good = before === (name === "good") ? undefined : name === "good";
      show();
      if (await think(message)) return;
      message.good = before;
      show();
    };
    group.append(el("button", { type: "button", name, "aria-label": label, title: label, onclick: press }, icon(name)));
  }
  show();
  return group;
}

/** The line at the end while the desk is at work. */
export function thinking() {
  const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  return el("article", { class: "message desks thinking" }, el("p", { role: "status" }, dots, el("span", { class: "far" })));
}

export function time(at, words) {
  return el("time", { datetime: at }, words.time(new Date(at)));
}

/** A word under the person's message about its way to the desk; none takes the last one away. */
export function note(article, text, { warns = true, action = null } = {}) {
  $(".note", article)?.remove();
  if (text) article.append(el("p", { class: warns ? "note" : "note calm" }, warns ? icon("alert") : null, el("span", {}, text), action));
}
