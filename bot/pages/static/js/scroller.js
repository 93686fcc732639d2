// The reader's place in the conversation: followed while they are at its end, left alone while they read further up.

import { $, icon, still } from "./dom.js";

const NEAR = 120;
const ABOVE = 10;

export class Scroller {
  constructor() {
    this._frame = $(".scroll");
    this._newest = $(".newest");
    this._newest.append(icon("down"));
    this._newest.addEventListener("click", () => this.toEnd());
    this._frame.addEventListener("scroll", () => this.isNear && (this._newest.hidden = true), { passive: true });
  }

  get isNear() {
    return this._frame.scrollHeight - this._frame.scrollTop - this._frame.clientHeight < NEAR;
  }

  toEnd() {
    this._glide(this._frame.scrollHeight);
  }

  jumpToEnd() {
    this._frame.scrollTop = this._frame.scrollHeight;
  }

  /** Do something above what is read; what is read stays where it is. */
  steady(work) {
    const below = this._frame.scrollHeight - this._frame.scrollTop;
    work();
    this._frame.scrollTop = this._frame.scrollHeight - below;
  }

  /** A short reply ends at the bottom; a long one begins at the top, with its question above it. */
  bring(article) {
    const before = article.previousElementSibling;
    const first = before?.classList.contains("own") ? before : article;
    const height = article.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (height < this._frame.clientHeight - 40) this.toEnd();
    else this._glide(first.offsetTop - ABOVE);
  }

  /** Something new, while the reader is further up. */
  announce() {
    this._newest.hidden = false;
  }

  /** Only the conversation scrolls, never the page around it. */
  _glide(top) {
    this._frame.scrollTo({ top, behavior: still() ? "auto" : "smooth" });
  }
}
