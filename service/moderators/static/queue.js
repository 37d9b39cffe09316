// Decides without a new page, and by keyboard. Without this file the same forms work as they are.

import { askWhy, beginNote, closeAll, keepNote, sayOf } from "./card-actions.js";
import { step, walkByKeys, withChosen } from "./card-navigation.js";
import { keepSome } from "./prefetch.js";
import { watchArrivals } from "./queue-updates.js";
import { ask, send, UNKNOWN } from "./requests.js";
import { announce, offerUndo } from "./toast.js";

const queue = document.querySelector("#cards");
const waiting = document.querySelector("#waiting");

const cards = () => [...queue.querySelectorAll(".card:not([aria-busy=true])")];
const token = () => document.querySelector("[name=form_token]").value;

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
  if (left > 0) document.querySelector("#show-rest").hidden = false;
  if (wasChosen || document.activeElement === document.body)
    document.querySelector("#heading").focus();
}

function putBack(card, before, { done, waiting: left, version }) {
  count(left);
  card.querySelector("[name=version]").value = version;
  closeAll(card);
  queue.insertBefore(card, before?.isConnected ? before : null);
  document.querySelector("#empty").hidden = true;
  sayOf(card, { done });
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
    const { status, done, waiting: left } = answer;
    sayOf(card, answer, "Not decided here");
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
  step(1, cards());
  sayOf(card, await sent, "Not skipped");
}

function act(card, form, button) {
  if (card.ariaBusy === "true") return undefined;
  if (button?.matches(".skip")) return skip(card, form, button);
  if (form.matches(".decision-form")) return decide(card, form, button);
  return keepNote(card, form);
}

function onSubmit(event) {
  const card = event.target.closest(".card");
  if (!card) return;
  event.preventDefault();
  Promise.resolve(act(card, event.target, event.submitter)).catch(() => announce(UNKNOWN));
}

/// On the card of who only looks there is nothing to press.
function withOwn(action) {
  withChosen((card) => {
    if (card.querySelector(".decision-form")) action(card);
    else announce("You look here and do not decide.");
  });
}

const press = (name) => withOwn((card) => card.querySelector(name).click());

queue.addEventListener("submit", onSubmit);
watchArrivals(count);
walkByKeys(
  {
    f: () => press(".approve"),
    d: () => withOwn(askWhy),
    s: () => press(".skip"),
    n: () => withOwn(beginNote),
    z: () => document.querySelector("#card-mode")?.click(),
  },
  cards,
);
