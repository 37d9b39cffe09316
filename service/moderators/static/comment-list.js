// Keys for lists of comments of any status, and decisions without a new page.

import { askWhy, closeAll, sayOf } from "./card-actions.js";
import { walkByKeys, withChosen } from "./card-navigation.js";
import { send, UNKNOWN } from "./requests.js";
import { announce, offerUndo } from "./toast.js";

const NAMES = { approved: "approved", rejected: "rejected", flagged: "in the queue" };

/// The card stays where it is and says what became of it.
function show(card, { status, version }, reason) {
  const state = card.querySelector(".status-line");
  state.className = `status-line ${status}`;
  state.querySelector(".status").textContent = NAMES[status];
  state.querySelector(".byline").textContent = "by you, just now";
  for (const reason of card.querySelectorAll(".badges .reason")) reason.remove();
  const form = card.querySelector(".decision-form");
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
  sayOf(card, said, "Not decided here");
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

function click(name) {
  withChosen((card) => {
    const button = card.querySelector(`.decision-form .${name}`);
    if (button && !button.closest("[hidden]")) button.click();
  });
}

function askWhyHere(card) {
  const why = card.querySelector(".reject-menu");
  if (why && !why.closest("[hidden]")) askWhy(card);
  else click("reject");
}

function onSubmit(event) {
  if (!event.target.matches("[data-in-place]")) return;
  event.preventDefault();
  decide(event.target.closest(".card"), event.target, event.submitter);
}

document.addEventListener("submit", onSubmit);
walkByKeys({
  f: () => click("approve"),
  d: () => withChosen(askWhyHere),
  b: () => click("queue"),
});
