// Messages on their way to the desk, one after the other. What could not be sent is kept, over a reload too, and goes
// out under the same key, so that the desk takes it once however often it arrives.

import { post, Problem, Unreachable } from "./api.js";

export class Outbox {
  /** `on` has sent(key, at), stuck(key), progress(key, share), refused(message, detail), signedOut and lost. */
  constructor(handle, on) {
    this._place = `qudao:unsent:${handle}`;
    this._on = on;
    this._queue = [];
    this._sending = false;
  }

  /** What an earlier page left behind, oldest first. Files can't be kept, so a message with files isn't. */
  left() {
    try {
      return JSON.parse(localStorage.getItem(this._place) ?? "[]");
    } catch {
      return [];
    }
  }

  add(message) {
    this._queue.push(message);
    this._keep();
    this.flush();
  }

  has(key) {
    return this._queue.some((message) => message.key === key);
  }

  drop(key) {
    this._queue = this._queue.filter((message) => message.key !== key);
    this._keep();
  }

  forget() {
    this._queue = [];
    localStorage.removeItem(this._place);
  }

  async flush() {
    if (this._sending) return;
    this._sending = true;
    try {
      while (this._queue.length) if (!(await this._first())) break;
    } finally {
      this._sending = false;
    }
  }

  /** Whether to go on with the next. */
  async _first() {
    const message = this._queue[0];
    try {
      const { at } = await post(message, (share) => this._on.progress(message.key, share));
      this.drop(message.key);
      this._on.sent(message.key, at);
      return true;
    } catch (error) {
      if (error instanceof Unreachable) {
        for (const waiting of this._queue) this._on.stuck(waiting.key);
        this._on.lost();
        return false;
      }
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) {
        this._on.signedOut();
        return false;
      }
      this.drop(message.key);
      this._on.refused(message, error.message);
      return true;
    }
  }

  _keep() {
    const plain = this._queue.filter((message) => !message.files?.length);
    try {
      localStorage.setItem(this._place, JSON.stringify(plain));
    } catch {
      // A browser that keeps nothing still sends.
    }
  }
}
