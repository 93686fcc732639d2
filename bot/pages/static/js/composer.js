// Where the person writes: words and files, by keyboard, button or drag and drop.

import { $, el, icon } from "./dom.js";

const RECALLED = 50;

export class Composer {
  /** `send({text, files})` is called with something to send. */
  constructor(words, limits, handle, send) {
    this._words = words;
    this._limits = limits;
    this._send = send;
    this._draft = `qudao:draft:${handle}`;
    this._files = [];
    this._said = [];
    this._at = 0;
    this._form = $(".composer");
    this._text = $("textarea", this._form);
    this._picker = $("input[type=file]", this._form);
    this._button = $(".send", this._form);
    this._button.append(icon("send"));
    $(".attach", this._form).append(icon("clip"));
    this._listen();
    this._text.value = sessionStorage.getItem(this._draft) ?? "";
    this._changed();
  }

  focus() {
    this._text.focus({ preventScroll: true });
  }

  /** Words that were said, for the up-arrow, oldest first. */
  remember(texts) {
    this._said = [...texts, ...this._said].slice(-RECALLED);
    this._at = this._said.length;
  }

  /** Put a message back to be changed. */
  restore({ text = "", files = [] }) {
    this._text.value = text;
    this._files = [];
    this._add(files);
    this._changed();
    this.focus();
  }

  forget() {
    sessionStorage.removeItem(this._draft);
  }

  fault(words) {
    const place = $(".fault", this._form);
    place.textContent = words;
    place.hidden = !words;
  }

  retell() {
    this._showFiles();
  }

  _listen() {
    this._form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._submit();
    });
    this._text.addEventListener("input", () => this._changed());
    this._text.addEventListener("keydown", (event) => this._key(event));
    this._text.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) this._add(event.clipboardData.files);
    });
    $(".attach", this._form).addEventListener("click", () => this._picker.click());
    this._picker.addEventListener("change", () => {
      this._add(this._picker.files);
      this._picker.value = "";
      this.focus();
    });
    this._listenToDrops();
  }

  _listenToDrops() {
    const hint = $(".drop");
    let depth = 0;
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    addEventListener("dragenter", (event) => {
      if (!carries(event)) return;
      depth += 1;
      hint.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (carries(event) && --depth <= 0) hint.hidden = true;
    });
    addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      hint.hidden = true;
      this._add(event.dataTransfer.files);
      this.focus();
    });
  }

  _key(event) {
    // Enter that ends an input method's word is the input method's.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      this._submit();
    } else if (event.key === "Escape") {
      this._clear();
    } else if (event.key === "ArrowUp" && this._mayRecall()) {
      this._recall(event, -1);
    } else if (event.key === "ArrowDown" && this._at < this._said.length) {
      this._recall(event, 1);
    }
  }

  /** Up goes back in what was said, from an empty box or from what was just recalled. */
  _mayRecall() {
    return this._text.value === "" || this._text.value === this._said[this._at];
  }

  _recall(event, step) {
    const at = this._at + step;
    if (at < 0 || at > this._said.length) return;
    event.preventDefault();
    this._at = at;
    this._text.value = this._said[at] ?? "";
    this._changed();
    this._text.setSelectionRange(this._text.value.length, this._text.value.length);
  }

  _submit() {
    const text = this._text.value.trim();
    if (!text && !this._files.length) return;
    if ([...text].length > this._limits.text) {
      this.fault(this._words.t("ui.too_long", { limit: this._limits.text }));
      return;
    }
    const files = this._files;
    this._clear();
    if (text) this._said.push(text);
    this._at = this._said.length;
    this._send({ text, files });
  }

  _clear() {
    this._text.value = "";
    this._files = [];
    this._showFiles();
    this.fault("");
    this._changed();
  }

  _add(files) {
    this.fault("");
    for (const file of files) {
      const megabytes = this._limits.fileBytes / 1_000_000;
      if (file.size > this._limits.fileBytes) this.fault(this._words.t("file_too_large", { name: file.name, limit: megabytes }));
      else if (this._files.length >= this._limits.files) this.fault(this._words.t("too_many_files", { count: this._limits.files }));
      else this._files.push(file);
    }
    this._showFiles();
    this._changed();
  }

  _showFiles() {
    const list = $(".files", this._form);
    list.hidden = !this._files.length;
    list.replaceChildren(...this._files.map((file) => this._file(file)));
  }

  _file(file) {
    const remove = el("button", { type: "button", "aria-label": this._words.t("ui.remove_file", { name: file.name }) }, icon("close"));
    remove.addEventListener("click", () => {
      this._files = this._files.filter((one) => one !== file);
      this._showFiles();
      this._changed();
      this.focus();
    });
    return el("li", { class: "chip" }, icon("file"), el("span", {}, file.name), el("small", {}, size(file.size)), remove);
  }

  _changed() {
    sessionStorage.setItem(this._draft, this._text.value);
    this._button.disabled = !this._text.value.trim() && !this._files.length;
    // As high as what is written, within what the style sheet allows.
    this._text.style.height = "auto";
    this._text.style.height = `${this._text.scrollHeight}px`;
  }
}

const size = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
