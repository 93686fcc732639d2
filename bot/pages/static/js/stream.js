// The open line from the desk. The browser reconnects by itself and says where it was; where it gives up, or where a
// phone woke up on a dead connection, a new one is opened from the same place.

const SILENCE = 40_000;
const PATIENCE = 1_200;
const LONGEST_WAIT = 15_000;

export class Stream {
  /** `on` has turn, progress, signedOut, connected(again) and lost. */
  constructor(cursor, on) {
    this._cursor = cursor;
    this._on = on;
    this._wait = 1_000;
    this._opened = 0;
    this._open();
    setInterval(() => this._listen(), 5_000);
    addEventListener("online", () => this.retry());
    addEventListener("offline", () => this._fail());
    document.addEventListener("visibilitychange", () => !document.hidden && this._listen());
  }

  retry() {
    clearTimeout(this._again);
    this._open();
  }

  _open() {
    this._source?.close();
    const source = new EventSource(`/desk/stream?after=${this._cursor}`);
    this._source = source;
    this._heard = Date.now();
    source.onopen = () => {
      this._heard = Date.now();
      this._wait = 1_000;
      clearTimeout(this._worry);
      this._worry = null;
      this._on.connected(this._opened++ > 0);
    };
    source.onerror = () => this._fail();
    source.addEventListener("turn", (event) => {
      this._hear(event);
      this._on.turn(JSON.parse(event.data));
    });
    source.addEventListener("progress", (event) => {
      this._hear(event);
      this._on.progress(JSON.parse(event.data).text);
    });
    source.addEventListener("here", (event) => this._hear(event));
    source.addEventListener("signed-out", () => {
      source.close();
      this._on.signedOut();
    });
  }

  _hear(event) {
    this._heard = Date.now();
    if (event.lastEventId) this._cursor = event.lastEventId;
  }

  _fail() {
    // A blink is not worth a word.
    this._worry ??= setTimeout(() => this._on.lost(), PATIENCE);
    if (this._source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this._again);
    this._again = setTimeout(() => this._open(), this._wait);
    this._wait = Math.min(this._wait * 2, LONGEST_WAIT);
  }

  _listen() {
    if (Date.now() - this._heard > SILENCE && this._source.readyState === EventSource.OPEN) this._open();
  }
}
