// Which buttons can still be pressed: those of a proposal while it is open, the others while they were said last.

import { $, $$, el, icon } from "./dom.js";

const ICONS = { done: "check", claimed: "clock" };

export class Presses {
  constructor(place, words) {
    this._place = place;
    this._words = words;
    this._statuses = new Map();
  }

  /** Where proposals stand by now. */
  learn(statuses) {
    for (const [proposal, status] of Object.entries(statuses ?? {})) this._statuses.set(proposal, status);
  }

  /** Whether a button of the article was free to be pressed; from here on it isn't. */
  take(article, button) {
    if (article.dataset.pressed) return false;
    article.dataset.pressed = button.id;
    return true;
  }

  /** The article whose button a stored message pressed, taken again. */
  retake({ press, proposal }) {
    const article = this._find(press, proposal)?.closest("article") ?? null;
    if (article) article.dataset.pressed = press;
    return article;
  }

  labelOf({ press, proposal }) {
    return this._find(press, proposal)?.textContent ?? press;
  }

  /** Whether a button is shown that decides on something, so that its standing may have changed. */
  get areOpen() {
    return $$("button[data-proposal]:not(:disabled)", this._place).length > 0;
  }

  /** `waiting`: articles of which a press is on its way. */
  settle(waiting) {
    const articles = $$(".desks:not(.thinking)", this._place);
    for (const article of articles) {
      if (article.dataset.pressed && !waiting.has(article)) delete article.dataset.pressed;
      for (const group of $$(".buttons", article)) this._settle(group, article, article === articles.at(-1));
    }
  }

  _settle(group, article, isLast) {
    let settled = "";
    for (const button of $$("button", group)) {
      const { proposal, button: id } = button.dataset;
      const status = proposal ? (this._statuses.get(proposal) ?? "open") : "";
      const live = proposal ? status === "open" : isLast;
      if (proposal && !live) settled = status;
      button.hidden = Boolean(proposal) && !live;
      button.disabled = !live || Boolean(article.dataset.pressed);
      button.classList.toggle("pressed", article.dataset.pressed === id);
    }
    $(".status", group)?.remove();
    if (settled) group.prepend(el("span", { class: `status ${settled}` }, icon(ICONS[settled] ?? "stop"), this._words.t(`ui.status.${settled}`)));
  }

  _find(press, proposal = "") {
    const buttons = $$(".desks button[data-button]", this._place);
    return buttons.filter((node) => node.dataset.button === press && (node.dataset.proposal ?? "") === proposal).at(-1);
  }
}
