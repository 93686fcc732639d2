// The conversation on the page. Each message is known by its turn and its side, so whatever arrives twice (by the
// history, by the stream, by a reconnection) is shown once.

import { desks, note, own, thinking, time } from "./articles.js";
import { $, $$, el } from "./dom.js";
import { Presses } from "./presses.js";
import { Scroller } from "./scroller.js";

export class Log {
  /** `on` has press(button, article), edit(message) and stale(): proposals' standing should be asked for again. */
  constructor(words, on) {
    this._words = words;
    this._on = on;
    this._place = $(".log");
    this._scroller = new Scroller();
    this._presses = new Presses(this._place, words);
    this._messages = new Map();
    this._pending = new Map();
    this._thinking = null;
  }

  get isEmpty() {
    return this._messages.size === 0 && this._pending.size === 0;
  }

  get oldest() {
    return Math.min(...[...this._messages.values()].map(({ message }) => message.id ?? Infinity));
  }

  /** Older messages, above what is shown. */
  prepend(messages) {
    const first = this._place.firstChild;
    this._quietly(() => this._scroller.steady(() => this._showAll(messages, first)));
  }

  /** The newest page: at the start, and again after the connection was lost. */
  catchUp(messages) {
    this._quietly(() => {
      for (const message of messages) if (this._pending.has(message.key)) this._answered(message.key);
      this._showAll(messages, this._firstPending());
    });
    this._think();
  }

  /** A turn as the stream brings it: the person's side where another tab spoke, and the desk's. */
  turn({ in_reply_to: key, messages, proposals }) {
    this._presses.learn(proposals);
    const asked = this._pending.get(key)?.article;
    const follow = Boolean(asked) || this._scroller.isNear;
    // The desk's side goes under what it answers, also where more has been said meanwhile.
    const next = asked?.nextSibling;
    if (asked) this._answered(key);
    this._endThinking();
    let last = null;
    for (const message of messages) {
      last = this._show(message, next?.isConnected ? next : this._firstPending(), true) ?? last;
    }
    this._order();
    this._think();
    if (last && follow) this._scroller.bring(last);
    else if (last) this._scroller.announce();
    if (this._presses.areOpen) this._on.stale();
  }

  /** The person's own words, at once; `pressed` is the article whose button they are. */
  pend(message, { accepted = false, pressed = null } = {}) {
    if (this._pending.has(message.key)) return;
    const label = message.label || (message.press && this._presses.labelOf(message));
    const shown = { ...message, label, at: message.at ?? new Date().toISOString() };
    const article = own(shown, this._words);
    this._place.append(article);
    const from = pressed ?? (message.press ? this._presses.retake(message) : null);
    this._pending.set(message.key, { message: shown, article, accepted, pressed: from });
    this._order();
    this._think();
    this._scroller.toEnd();
  }

  /** The desk has it. */
  sent(key, at) {
    const one = this._pending.get(key);
    if (!one) return;
    one.accepted = true;
    $("time", one.article).replaceWith(time(at, this._words));
    note(one.article, "");
    this._think();
  }

  stuck(key) {
    const one = this._pending.get(key);
    if (!one) return;
    const follow = this._scroller.isNear;
    note(one.article, this._words.t("ui.unsent"));
    if (follow) this._scroller.toEnd();
  }

  uploading(key, share) {
    const one = this._pending.get(key);
    if (one) note(one.article, this._words.t("ui.uploading", { percent: Math.round(share * 100) }), { warns: false });
  }

  /** The desk didn't take it, and why; the words can go back to where they were written. */
  refused(message, detail) {
    const one = this._pending.get(message.key);
    if (!one) return;
    this._pending.delete(message.key);
    const again = el("button", { type: "button", class: "link" }, this._words.t("ui.edit"));
    again.addEventListener("click", () => {
      one.article.remove();
      this._order();
      this._on.edit(message);
    });
    note(one.article, detail || this._words.t("ui.refused"), { action: message.press ? null : again });
    one.article.classList.add("failed");
    this._order();
    this._think();
    this._scroller.toEnd();
  }

  progress(text) {
    const follow = this._scroller.isNear;
    this._think(text);
    if (follow) this._scroller.toEnd();
  }

  statuses(all) {
    this._presses.learn(all);
    this._order();
  }

  /** Everything again, in another language. */
  retell() {
    this._quietly(() => {
      for (const one of this._messages.values()) {
        const fresh = this._article(one.message);
        one.article.replaceWith(fresh);
        one.article = fresh;
      }
      this._order();
    });
    this._endThinking();
    this._think();
  }

  jumpToEnd() {
    this._scroller.jumpToEnd();
  }

  _showAll(messages, before) {
    for (const message of messages) this._show(message, before);
    this._order();
  }

  /** Null where it is shown already. */
  _show(message, before, fresh = false) {
    const key = `${message.turn}:${message.by}`;
    if (this._messages.has(key)) return null;
    const article = this._article(message, fresh);
    this._messages.set(key, { message, article });
    this._place.insertBefore(article, before ?? this._thinking);
    return article;
  }

  _article(message, fresh = false) {
    if (message.by === "person") return own(message, this._words);
    const press = (button, article) => this._presses.take(article, button) && this._on.press(button, article);
    return desks(message, this._words, press, this._on.think, fresh);
  }

  _firstPending() {
    return [...this._pending.values()][0]?.article ?? this._thinking;
  }

  /** Its turn has come: what the desk kept of it takes its place. */
  _answered(key) {
    this._pending.get(key).article.remove();
    this._pending.delete(key);
  }

  /** One line at the end while the desk is at work, with how far it has come. */
  _think(far = "") {
    const isWaiting = [...this._pending.values()].some((one) => one.accepted);
    if (!isWaiting && !far) {
      this._endThinking();
      return;
    }
    this._thinking ??= thinking();
    const place = $(".far", this._thinking);
    if (far || !place.textContent) place.textContent = far || this._words.t("ui.thinking");
    this._place.append(this._thinking);
  }

  _endThinking() {
    this._thinking?.remove();
    this._thinking = null;
  }

  /** Days between the messages, and the buttons as they stand. */
  _order() {
    for (const old of $$(".day", this._place)) old.remove();
    let day = "";
    for (const article of $$(".message:not(.thinking)", this._place)) {
      const at = new Date($("time", article).dateTime);
      const key = this._words.dayKey(at);
      if (key !== day) article.before(el("p", { class: "day" }, this._words.day(at)));
      day = key;
    }
    this._presses.settle(new Set([...this._pending.values()].map((one) => one.pressed)));
  }

  /** Changes that a screen reader needn't speak. */
  _quietly(work) {
    this._place.setAttribute("aria-live", "off");
    work();
    setTimeout(() => this._place.setAttribute("aria-live", "polite"), 200);
  }
}
