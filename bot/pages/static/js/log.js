// The conversation on the page. Each message is known by its turn and its side, so whatever arrives twice (by the
// history, by the stream, by a reconnection) is shown once.

import { blocks } from "./blocks.js";
import { $, $$, el, icon, still } from "./dom.js";

const NEAR = 120;
const ABOVE = 10;

export class Log {
  /** `on` has press(button, article), edit(message) and stale(): statuses of proposals should be asked for again. */
  constructor(words, on) {
    this._words = words;
    this._on = on;
    this._place = $(".log");
    this._scroll = $(".scroll");
    this._newest = $(".newest");
    this._newest.append(icon("down"));
    this._newest.addEventListener("click", () => this.toEnd());
    this._scroll.addEventListener("scroll", () => this._noteScroll(), { passive: true });
    this._messages = new Map();
    this._pending = new Map();
    this._statuses = new Map();
    this._thinking = null;
  }

  get isEmpty() {
    return this._messages.size === 0 && this._pending.size === 0;
  }

  get oldest() {
    return Math.min(...[...this._messages.values()].map(({ data }) => data.id ?? Infinity));
  }

  /** Older messages, above what is shown; the reader's place doesn't move. */
  prepend(messages) {
    const before = this._scroll.scrollHeight - this._scroll.scrollTop;
    const first = this._place.firstChild;
    this._quietly(() => {
      for (const message of messages) this._show(message, first);
      this._days();
    });
    this._scroll.scrollTop = this._scroll.scrollHeight - before;
    this._settle();
  }

  /** The newest page: at the start, and again after the connection was lost. */
  catchUp(messages) {
    this._quietly(() => {
      for (const message of messages) {
        if (message.by === "person" && this._pending.has(message.key)) this._answered(message.key);
        this._show(message, this._firstPending());
      }
      this._days();
    });
    this._settle();
    this._think();
  }

  /** A turn as the stream brings it: the person's side where another tab spoke, and the desk's. */
  turn({ in_reply_to: key, messages, proposals }) {
    this.statuses(proposals);
    const near = this._isNear();
    // The desk's side goes under what it answers, also where more has been said meanwhile.
    const own = this._pending.get(key)?.article;
    const next = own ? own.nextSibling : this._firstPending();
    if (this._pending.has(key)) this._answered(key, messages.some((message) => message.by === "person"));
    this._thinking?.remove();
    this._thinking = null;
    let last = null;
    for (const message of messages) last = this._show(message, next?.isConnected ? next : this._firstPending(), true) ?? last;
    this._days();
    this._settle();
    this._think();
    if (last) this._bring(last, near || Boolean(own));
    if ($$("[data-proposal]:not(:disabled)", this._place).length) this._on.stale();
  }

  /** The person's own words, at once; they are on their way. */
  pend(message, accepted = false) {
    if (this._pending.has(message.key)) return;
    const article = this._own({ ...message, at: message.at ?? new Date().toISOString() });
    article.dataset.key = message.key;
    this._place.append(article);
    this._pending.set(message.key, { message, article, accepted, pressed: this._pressed(message) });
    this._days();
    this._think();
    this._settle();
    this.toEnd();
  }

  sent(key, at) {
    const one = this._pending.get(key);
    if (!one) return;
    one.accepted = true;
    one.article.querySelector("time")?.replaceWith(this._time(at));
    this._note(one.article, "");
    this._think();
  }

  stuck(key) {
    const one = this._pending.get(key);
    if (!one) return;
    this._note(one.article, this._words.t("ui.unsent"));
    this._think();
  }

  uploading(key, share) {
    const one = this._pending.get(key);
    if (one) this._note(one.article, this._words.t("ui.uploading", { percent: Math.round(share * 100) }));
  }

  /** The desk didn't take it, and why; the words can go back to where they were written. */
  refused(message, detail) {
    const one = this._pending.get(message.key);
    if (!one) return;
    this._pending.delete(message.key);
    const again = el("button", { type: "button", class: "link" }, this._words.t("ui.edit"));
    again.addEventListener("click", () => {
      one.article.remove();
      this._days();
      this._on.edit(message);
    });
    this._note(one.article, detail || this._words.t("ui.refused"), message.press ? null : again);
    one.article.classList.add("failed");
    this._settle();
    this._think();
    this.toEnd();
  }

  progress(words) {
    this._think(words);
    if (this._isNear()) this.toEnd();
  }

  statuses(all) {
    for (const [proposal, status] of Object.entries(all ?? {})) this._statuses.set(proposal, status);
    this._settle();
  }

  /** Everything again, in another language. */
  retell() {
    this._quietly(() => {
      for (const one of this._messages.values()) {
        const fresh = this._article(one.data);
        one.article.replaceWith(fresh);
        one.article = fresh;
      }
      this._days();
    });
    this._settle();
    this._thinking?.remove();
    this._thinking = null;
    this._think();
  }

  toEnd() {
    this._glide(this._scroll.scrollHeight);
  }

  /** Only the conversation scrolls, never the page around it. */
  _glide(top) {
    this._scroll.scrollTo({ top, behavior: still() ? "auto" : "smooth" });
  }

  jumpToEnd() {
    this._scroll.scrollTop = this._scroll.scrollHeight;
  }

  // ── making articles

  _show(message, before, fresh = false) {
    const key = `${message.turn}:${message.by}`;
    if (this._messages.has(key)) return null;
    const article = this._article(message, fresh);
    this._messages.set(key, { data: message, article });
    this._place.insertBefore(article, before ?? this._thinking);
    return article;
  }

  _article(message, fresh = false) {
    return message.by === "desk" ? this._desks(message, fresh) : this._own(message);
  }

  _own(message) {
    const files = (message.files ?? []).map((file) => el("span", { class: "chip" }, icon("file"), el("span", {}, file.name ?? file)));
    return el(
      "article",
      { class: "message own" },
      el("h3", { class: "unseen" }, this._words.t("ui.you")),
      el(
        "div",
        { class: "bubble" },
        message.text || message.label ? el("p", {}, message.text || message.label) : null,
        files.length ? el("div", { class: "sent-files" }, files) : null,
      ),
      el("footer", {}, this._time(message.at)),
    );
  }

  _desks(message, fresh) {
    const article = el("article", { class: fresh ? "message desks fresh" : "message desks" });
    article.append(
      el("h3", { class: "unseen" }, this._words.t("ui.desk")),
      el("div", { class: "blocks" }, blocks(message.blocks, this._words, (button) => this._press(button, article))),
      el("footer", {}, this._time(message.at)),
    );
    return article;
  }

  _time(at) {
    return el("time", { datetime: at }, this._words.time(new Date(at)));
  }

  _note(article, words, action = null) {
    $(".note", article)?.remove();
    if (!words) return;
    const said = [icon("alert"), el("span", {}, words), action];
    article.append(el("p", { class: "note" }, words.includes("%") ? words : said.filter(Boolean)));
  }

  /** One line at the end while the desk is at work, with how far it has come. */
  _think(words = "") {
    const waits = [...this._pending.values()].some((one) => one.accepted);
    if (!waits && !words) {
      this._thinking?.remove();
      this._thinking = null;
      return;
    }
    this._thinking ??= el(
      "article",
      { class: "message desks thinking" },
      el("p", { role: "status" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), el("span", { class: "far" })),
    );
    if (words || !$(".far", this._thinking).textContent) $(".far", this._thinking).textContent = words || this._words.t("ui.thinking");
    this._place.append(this._thinking);
  }

  // ── what waits

  _firstPending() {
    const first = [...this._pending.values()].find((one) => one.article.isConnected);
    return first?.article ?? this._thinking;
  }

  _answered(key, isKept = true) {
    const { article } = this._pending.get(key);
    this._pending.delete(key);
    if (isKept) article.remove();
    else this._note(article, "");
  }

  // ── buttons

  _press(button, article) {
    if (article.dataset.pressed) return;
    // Before anything else: a second click finds it pressed.
    article.dataset.pressed = button.id;
    this._settle();
    this._on.press(button, article);
  }

  /** The article whose button a message presses, so that it stays pressed until the answer is there. */
  _pressed(message) {
    if (!message.press) return null;
    const buttons = $$(`.desks [data-button]`, this._place).filter(
      (node) => node.dataset.button === message.press && (node.dataset.proposal ?? "") === (message.proposal ?? ""),
    );
    const article = buttons.at(-1)?.closest("article") ?? null;
    if (article) article.dataset.pressed = message.press;
    return article;
  }

  labelOf(press, proposal) {
    const buttons = $$(`.desks [data-button]`, this._place);
    const found = buttons.filter((node) => node.dataset.button === press && (node.dataset.proposal ?? "") === proposal);
    return found.at(-1)?.textContent ?? press;
  }

  /** Which buttons can still be pressed: a proposal's while it is open, the others while they were said last. */
  _settle() {
    const articles = $$(".desks:not(.thinking)", this._place);
    const at = new Set([...this._pending.values()].map((one) => one.pressed).filter(Boolean));
    for (const article of articles) {
      if (article.dataset.pressed && !at.has(article) && !this._isSending(article)) delete article.dataset.pressed;
      for (const group of $$(".buttons", article)) this._settleGroup(group, article, article === articles.at(-1));
    }
  }

  /** Pressed a moment ago, and not yet among what waits. */
  _isSending(article) {
    return this._sending === article;
  }

  holdWhile(article, work) {
    this._sending = article;
    work();
    this._sending = null;
    this._settle();
  }

  _settleGroup(group, article, isLast) {
    $(".status", group)?.remove();
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
    if (settled) group.prepend(this._status(settled));
  }

  _status(status) {
    const name = status === "done" ? "check" : status === "claimed" ? "clock" : "stop";
    return el("span", { class: `status ${status}` }, icon(name), this._words.t(`ui.status.${status}`));
  }

  // ── days, and the reader's place

  _days() {
    for (const old of $$(".day", this._place)) old.remove();
    let day = "";
    for (const article of $$(".message:not(.thinking)", this._place)) {
      const at = new Date($("time", article).dateTime);
      const key = this._words.dayKey(at);
      if (key !== day) article.before(el("p", { class: "day" }, this._words.day(at)));
      day = key;
    }
  }

  /** Changes that a screen reader needn't speak. */
  _quietly(work) {
    this._place.setAttribute("aria-live", "off");
    work();
    setTimeout(() => this._place.setAttribute("aria-live", "polite"), 200);
  }

  _isNear() {
    return this._scroll.scrollHeight - this._scroll.scrollTop - this._scroll.clientHeight < NEAR;
  }

  /** A short reply ends at the bottom; a long one begins at the top, with the question above it. */
  _bring(article, wanted) {
    if (!wanted) {
      this._newest.hidden = false;
      return;
    }
    const question = article.previousElementSibling?.classList.contains("own") ? article.previousElementSibling : article;
    const height = article.getBoundingClientRect().bottom - question.getBoundingClientRect().top;
    if (height < this._scroll.clientHeight - 40) this.toEnd();
    else this._glide(question.offsetTop - ABOVE);
  }

  _noteScroll() {
    if (this._isNear()) this._newest.hidden = true;
  }
}
