// The page put together.

import { history, Problem, think, Unreachable } from "./api.js";
import { Composer } from "./composer.js";
import { $, $$, el, icon } from "./dom.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { Words } from "./words.js";

const RETRY = 3_000;

const start = JSON.parse($("#start").textContent);
const words = new Words(start);
const { handle } = start.person;

const log = new Log(words, {
  press,
  edit: (message) => composer.restore(message),
  stale: refresh,
  think: (message) => think(message.turn, message.good ?? null),
});
const composer = new Composer(words, start.limits, handle, send);
const outbox = new Outbox(handle, {
  sent: (key, at) => log.sent(key, at),
  stuck: (key) => log.stuck(key),
  progress: (key, share) => log.uploading(key, share),
  refused: (message, detail) => log.refused(message, detail),
  lost: () => lose(),
  signedOut,
});
let stream = null;
let isAsking = false;

begin();

async function begin() {
  tell();
  listen();
  await open();
  // A phone's keyboard should not cover the conversation before anything was touched.
  if (matchMedia("(pointer: fine)").matches) composer.focus();
}

/** The newest page, what waits, and the open line; tried again until it is there. */
async function open() {
  try {
    const page = await history();
    show(page);
    stream = new Stream(page.cursor, {
      turn: (turn) => {
        log.turn(turn);
        hideEmpty();
      },
      progress: (far) => log.progress(far),
      connected,
      lost: lose,
      signedOut,
    });
    for (const message of outbox.left()) say(message);
  } catch (error) {
    if (error instanceof Unreachable) {
      lose();
      setTimeout(open, RETRY);
    } else if (error instanceof Problem && error.status === 401) signedOut();
    else throw error;
  }
}

function show(page) {
  log.catchUp(page.messages);
  log.statuses(page.proposals);
  for (const message of page.waiting) log.pend(message, { accepted: true });
  composer.remember(page.messages.filter((one) => one.by === "person").map((one) => one.text));
  $(".earlier").hidden = !page.earlier;
  $(".empty").hidden = !log.isEmpty;
  log.jumpToEnd();
}

/** Where proposals stand by now, and whatever else was missed. */
async function refresh() {
  try {
    const page = await history();
    log.catchUp(page.messages);
    log.statuses(page.proposals);
  } catch {
    // The next turn or the next connection asks again.
  }
}

async function earlier() {
  if (isAsking) return;
  isAsking = true;
  try {
    const page = await history(log.oldest);
    log.prepend(page.messages);
    log.statuses(page.proposals);
    composer.remember(page.messages.filter((one) => one.by === "person").map((one) => one.text));
    $(".earlier").hidden = !page.earlier;
  } catch {
    lose();
  } finally {
    isAsking = false;
  }
}

// ── saying something

function send(said, pressed = null) {
  say({ key: newKey(), text: "", files: [], press: "", proposal: "", label: "", ...said }, pressed);
}

/** What is on its way is shown at once; a message of an earlier page keeps its key. */
function say(message, pressed = null) {
  hideEmpty();
  log.pend(message, { pressed });
  outbox.add(message);
}

function press(button, article) {
  send({ press: button.id, proposal: button.proposal, label: button.label }, article);
  if (matchMedia("(pointer: fine)").matches) composer.focus();
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ── the connection

function connected(again) {
  $(".lost").hidden = true;
  outbox.flush();
  if (again) refresh();
}

function lose() {
  if ($(".lost").dataset.over) return;
  $(".lost").hidden = false;
}

function signedOut() {
  const place = $(".lost");
  place.dataset.over = "yes";
  place.classList.add("over");
  place.replaceChildren(el("span", {}, words.t("not_signed_in")), el("a", { class: "link", href: "/" }, words.t("sign_in.heading")));
  place.hidden = false;
}

function listen() {
  $(".lost button").addEventListener("click", () => {
    stream?.retry();
    outbox.flush();
  });
  $(".earlier").addEventListener("click", earlier);
  // Scrolling up asks by itself; the button is for those who don't scroll.
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && $(".log").childElementCount && earlier(), {
    root: $(".scroll"),
  }).observe($(".earlier"));
  addEventListener("online", () => outbox.flush());
  document.addEventListener("visibilitychange", () => !document.hidden && stream && refresh());
  document.addEventListener("click", (event) => {
    const menu = $(".menu");
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !$(".menu").open) return;
    $(".menu").open = false;
    $(".menu summary").focus();
  });
}

// ── what stands around the conversation

function tell() {
  words.fill();
  const brand = start.brand[words.language];
  document.title = `${brand} · ${words.t("title")}`;
  for (const node of $$("[data-brand]")) node.textContent = brand;
  $(".menu summary").replaceChildren(icon("menu"));
  for (const place of $$("[data-account]")) place.replaceChildren(...account());
  $("[data-suggestions]").replaceChildren(el("h2", {}, words.t("ui.ask")), suggestions());
  $(".empty").replaceChildren(
    el("h2", {}, words.t("ui.empty.title", { name: start.person.name })),
    el("p", {}, words.t(emptyKey())),
    start.publishes ? el("p", {}, words.t("ui.empty.publish")) : "",
    suggestions(),
  );
}

function emptyKey() {
  if (start.person.dealer) return "ui.empty.text";
  return start.group === "rep" ? "ui.empty.rep" : "ui.empty.staff";
}

function suggestions() {
  const made = start.openers[words.language].map((text) =>
    el("li", {}, el("button", { type: "button", class: "plain", onclick: () => send({ text }) }, text)),
  );
  return el("ul", { class: "openers" }, made);
}

function account() {
  const { name, role, dealer } = start.person;
  const turn = ({ target }) => {
    words.use(target.value);
    words.remember();
    tell();
    log.retell();
    composer.retell();
    $(".menu").open = false;
  };
  return [
    el("p", { class: "who" }, el("b", {}, name), el("small", {}, [words.t(`role.${role}`), dealer].filter(Boolean).join(" · "))),
    el(
      "label",
      { class: "row language" },
      icon("globe"),
      el(
        "select",
        { "aria-label": words.t("ui.languages"), onchange: turn },
        words.languages().map(({ tag, locale, name }) =>
          el("option", { value: tag, lang: locale, selected: tag === words.language }, name),
        ),
      ),
    ),
    el(
      "form",
      { method: "post", action: "/sign-out", onsubmit: forget },
      el("button", { type: "submit", class: "row" }, icon("out"), words.t("ui.sign_out")),
    ),
  ];
}

/** Whoever uses this browser next finds no words of this person. */
function forget() {
  outbox.forget();
  composer.forget();
}

function hideEmpty() {
  $(".empty").hidden = true;
}
