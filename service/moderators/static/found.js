// Keys for lists of comments of any status, and decisions without a new page.

import { REASONS, answerWhy, askWhy, closeAll, nameOn } from "./card.js";
import { showHistory } from "./drawer.js";
import { onKeys, showKeys } from "./keys.js";
import { UNKNOWN, send } from "./sending.js";
import { announce, offerUndo, undoNewest } from "./toast.js";

const words = document.querySelector("#text");
const NAMES = { approved: "approved", rejected: "rejected", flagged: "in the queue" };

const cards = () => [...document.querySelectorAll("#cards .card")];
const chosen = () => document.activeElement?.closest("#cards .card");

function step(by) {
  const all = cards();
  const from = chosen();
  closeAll(from);
  const at = all.indexOf(from);
  (at < 0 ? all[0] : all[at + by])?.focus();
}

/// The card stays where it is and says what became of it.
function show(card, { status, version }, reason) {
  const state = card.querySelector(".state");
  state.className = `state ${status}`;
  state.querySelector(".status").textContent = NAMES[status];
  state.querySelector(".by").textContent = "by you, just now";
  for (const reason of card.querySelectorAll(".strip .reason")) reason.remove();
  const form = card.querySelector(".decide");
  form.elements.status.value = status;
  form.elements.version.value = version;
  form.dataset.reasons = reason;
  const hadFocus = form.contains(document.activeElement);
  closeAll(card);
  for (const way of form.querySelectorAll("[data-to]")) way.hidden = way.dataset.to === status;
  if (hadFocus) card.focus();
}

async function press(card, form, button) {
  const said = await send(form, button);
  if (said.done) show(card, said, button.value);
  announce(said.done ? `${nameOn(card)}: ${said.done}` : `Not decided here: ${said.detail}.`);
  return said.done;
}

/// The button that makes the comment again what it is now; of a rejection, for the same reason.
function wayBack(form) {
  const status = form.elements.status.value;
  const ways = [...form.querySelectorAll(`[data-to=${status}] button`)];
  const reasons = form.dataset.reasons.split(" ");
  return ways.find((way) => reasons.includes(way.value)) ?? ways.at(-1); // the last is `other`
}

async function decide(card, form, button) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  const way = wayBack(form); // none where it was being scored: the machine cannot get it back
  try {
    const done = await press(card, form, button);
    if (done && way) offerUndo(() => press(card, form, way).catch(() => announce(UNKNOWN)));
  } catch {
    announce(UNKNOWN);
  } finally {
    card.ariaBusy = "false";
  }
}

function withChosen(action) {
  const card = chosen();
  if (card) action(card);
  else announce("No comment is chosen: press j.");
}

function click(name) {
  withChosen((card) => {
    const button = card.querySelector(`.decide .${name}`);
    if (button && !button.closest("[hidden]")) button.click();
  });
}

function askWhyHere(card) {
  const why = card.querySelector(".why");
  if (why && !why.closest("[hidden]")) askWhy(card);
  else click("reject");
}

function search() {
  if (words) words.focus();
  else location.assign(document.querySelector(".rooms a[href$='/comments']").href);
}

function undoHere() {
  if (!undoNewest()) announce("Nothing to undo any more: Decided has what was decided before.");
}

function onSubmit(event) {
  if (!event.target.matches("[data-in-place]")) return;
  event.preventDefault();
  decide(event.target.closest(".card"), event.target, event.submitter);
}

document.addEventListener("submit", onSubmit);
onKeys(
  {
    j: () => step(1),
    k: () => step(-1),
    f: () => click("approve"),
    d: () => withChosen(askWhyHere),
    b: () => click("queue"),
    u: undoHere,
    h: () => withChosen((card) => card.querySelector(".history") && showHistory(card)),
    "/": search,
    "?": showKeys,
    Escape: () => closeAll(chosen()),
    ...Object.fromEntries([...REASONS].map((key) => [key, () => answerWhy(chosen(), key)])),
  },
  "jk",
);
