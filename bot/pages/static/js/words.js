// The page's own words, in the language chosen, and dates as the brand's clocks show them.

import { $$ } from "./dom.js";

export class Words {
  constructor(start) {
    this._all = start.words;
    this._zone = start.zone;
    this._locales = start.locales;
    this.use(start.language);
  }

  /** Speak this language from now on; a cookie tells the server, for the next page and for what goes wrong. */
  use(language) {
    this.language = language;
    this.locale = this._locales[language];
    document.documentElement.lang = this.locale;
    const zone = { timeZone: this._zone };
    this._time = new Intl.DateTimeFormat(this.locale, { ...zone, hour: "2-digit", minute: "2-digit", hour12: false });
    this._day = new Intl.DateTimeFormat(this.locale, { ...zone, month: "long", day: "numeric", weekday: "short" });
    this._year = new Intl.DateTimeFormat(this.locale, { ...zone, dateStyle: "long" });
    this._key = new Intl.DateTimeFormat("en-CA", zone);
  }

  /** What each language calls itself, with its tag and locale. */
  languages() {
    return Object.entries(this._locales).map(([tag, locale]) => ({ tag, locale, name: this._all[tag]["web.ui.language"] }));
  }

  remember() {
    document.cookie = `language=${this.language}; path=/; max-age=31536000; samesite=lax`;
  }

  t(key, params = {}) {
    const text = this._all[this.language][`web.${key}`] ?? "";
    return text.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
  }

  /** Every element marked with data-t, data-t-label or data-t-placeholder. */
  fill(root = document) {
    for (const node of $$("[data-t]", root)) node.textContent = this.t(node.dataset.t);
    for (const node of $$("[data-t-label]", root)) node.setAttribute("aria-label", this.t(node.dataset.tLabel));
    for (const node of $$("[data-t-placeholder]", root)) node.placeholder = this.t(node.dataset.tPlaceholder);
  }

  /** 14:05 */
  time(at) {
    return this._time.format(at);
  }

  /** A key for the calendar day where the brand trades. */
  dayKey(at) {
    return this._key.format(at);
  }

  day(at, now = new Date()) {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.t("ui.today");
    if (key === this.dayKey(new Date(now.getTime() - 86_400_000))) return this.t("ui.yesterday");
    return (key.slice(0, 4) === this.dayKey(now).slice(0, 4) ? this._day : this._year).format(at);
  }
}
