// Decides without a new page, and by keyboard. Without this file the same forms work as they are.

import { watchArrivals } from "./arrivals.js";
import { REASONS, answerWhy, askWhy, beginNote, closeAll, keepNote, nameOn } from "./card.js";
import { showHistory } from "./drawer.js";
import { onKeys, showKeys } from "./keys.js";
import { keepSome } from "./more.js";
import { UNKNOWN, ask, send } from "./sending.js";
import { announce, offerUndo, undoNewest } from "./toast.js";

const queue = document.querySelector("#cards");
const waiting = document.querySelector("#waiting");

const cards = () => [...queue.querySelectorAll(".card:not([aria-busy=true])")];
const chosen = () => document.activeElement?.closest("#cards .card");
const token = () => document.querySelector("[name=form_token]").value;

function step(by) {
  const all = cards();
  const from = chosen();
  closeAll(from);
  const at = all.indexOf(from);
  (at < 0 ? all[0] : all[at + by])?.focus();
}

function count(left) {
  waiting.textContent = left.toLocaleString("en");
  document.title = document.title.replace(/^\S+/, waiting.textContent);
}

const localLeft = () => Math.max(0, Number(waiting.textContent.replaceAll(",", "")) - 1);

/// The next card is under the eyes before the server has answered about this one.
function moveOn(card) {
  const all = cards();
  const at = all.indexOf(card);
  const next = all[at + 1] ?? all[at - 1];
  card.ariaBusy = "true";
  if (next && card.contains(document.activeElement)) next.focus();
  keepSome(cards().length);
}

async function takeAway(card, left) {
  count(left);
  const wasChosen = card.contains(document.activeElement);
  card.remove();
  await keepSome(cards().length);
  // Whoever decides faster than the server answers comes to the end of what is there yet.
  if (wasChosen && document.activeElement === document.body) cards()[0]?.focus();
  if (queue.querySelector(".card")) return;
  document.querySelector("#empty").hidden = false;
  if (left > 0) document.querySelector("#rest").hidden = false;
  if (wasChosen || document.activeElement === document.body)
    document.querySelector("#heading").focus();
}

function putBack(card, before, { done, waiting: left, version }) {
  count(left);
  card.querySelector("[name=version]").value = version;
  closeAll(card);
  queue.insertBefore(card, before?.isConnected ? before : null);
  document.querySelector("#empty").hidden = true;
  announce(`${nameOn(card)}: ${done}`);
  card.focus();
}

async function undo(card, before, { undo: address, status, version }) {
  try {
    const answer = await ask(address, { form_token: token(), status, version });
    if (answer.done) putBack(card, before, answer);
    else announce(`Not undone: ${answer.detail}.`);
  } catch {
    announce(UNKNOWN);
  }
}

async function decide(card, form, button) {
  const before = card.nextElementSibling;
  const sent = send(form, button);
  moveOn(card);
  try {
    const answer = await sent;
    const { status, done, waiting: left, detail } = answer;
    announce(done ? `${nameOn(card)}: ${done}` : `Not decided here: ${detail}.`);
    if (done) offerUndo(() => undo(card, before, answer));
    // Gone or decided by somebody else: there is nothing left to decide on this card.
    if (done || status === 404 || status === 409) await takeAway(card, left ?? localLeft());
  } catch {
    announce(UNKNOWN);
  } finally {
    card.ariaBusy = "false";
  }
}

async function skip(card, form, button) {
  card.classList.add("skipped");
  const sent = send(form, button);
  step(1);
  const { done, detail } = await sent;
  announce(done ? `${nameOn(card)}: ${done}` : `Not skipped: ${detail}.`);
}

function act(card, form, button) {
  if (card.ariaBusy === "true") return undefined;
  if (button?.matches(".skip")) return skip(card, form, button);
  if (form.matches(".decide")) return decide(card, form, button);
  return keepNote(card, form);
}

function onSubmit(event) {
  const card = event.target.closest(".card");
  if (!card) return;
  event.preventDefault();
  Promise.resolve(act(card, event.target, event.submitter)).catch(() => announce(UNKNOWN));
}

function withChosen(action) {
  const card = chosen();
  if (card) action(card);
  else announce("No comment is chosen: press j.");
}

/// On the card of who only looks there is nothing to press.
function withOwn(action) {
  withChosen((card) => {
    if (card.querySelector(".decide")) action(card);
    else announce("You look here and do not decide.");
  });
}

const press = (name) => withOwn((card) => card.querySelector(name).click());

function undoHere() {
  if (undoNewest()) return;
  const button = document.querySelector(".undo button");
  if (button) button.click();
  else announce("Nothing to undo any more: Decided has what was decided before.");
}

function cancel() {
  closeAll(chosen());
  announce("");
}

queue.addEventListener("submit", onSubmit);
watchArrivals(count);
onKeys(
  {
    j: () => step(1),
    k: () => step(-1),
    f: () => press(".approve"),
    d: () => withOwn(askWhy),
    s: () => press(".skip"),
    u: undoHere,
    n: () => withOwn(beginNote),
    h: () => withChosen(showHistory),
    z: () => document.querySelector("#zen")?.click(),
    "?": showKeys,
    Escape: cancel,
    ...Object.fromEntries([...REASONS].map((key) => [key, () => answerWhy(chosen(), key)])),
  },
  "jk",
);
