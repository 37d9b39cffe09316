// Lists of comments of any status: decisions without a new page, and keys.

import { announceAnswer, closeMenus, toggleRejectMenu } from "./card-actions.js";
import { listenToCardKeys, withSelectedCard } from "./card-navigation.js";
import { chooseAll, goToChosen, toggleChoice } from "./choice.js";
import { NO_ANSWER, sendForm } from "./requests.js";
import { announce, offerUndo } from "./toast.js";

const STATUS_NAMES = { approved: "approved", rejected: "rejected", flagged: "waiting" };

/** Shows the new status on the card, which stays where it is. */
function showDecision(card, { status, version }, reason) {
  const line = card.querySelector(".status-line");
  line.className = `status-line ${status}`;
  line.querySelector(".status").textContent = STATUS_NAMES[status];
  line.querySelector(".byline").textContent = "by you, just now";
  for (const badge of card.querySelectorAll(".badges .reason")) badge.remove();
  const form = card.querySelector(".decision-form");
  form.elements.status.value = status;
  form.elements.version.value = version;
  form.dataset.reasons = reason;
  const box = card.querySelector(".choose");
  if (box) box.value = [card.dataset.id, version, status].join(".");
  const hadFocus = form.contains(document.activeElement);
  closeMenus(card);
  for (const choice of form.querySelectorAll("[data-to]"))
    choice.hidden = choice.dataset.to === status;
  if (hadFocus) card.focus();
}

async function sendDecision(card, form, button) {
  const answer = await sendForm(form, button);
  if (answer.done) showDecision(card, answer, button.value);
  announceAnswer(card, answer, "Not decided here");
  return answer.done;
}

/** The button that restores the comment's present status; for a rejection, with the same reason. */
function restoringButton(form) {
  const buttons = [...form.querySelectorAll(`[data-to=${form.elements.status.value}] button`)];
  const reasons = form.dataset.reasons.split(" ");
  return buttons.find(({ value }) => reasons.includes(value)) ?? buttons.at(-1); // the last is `other`
}

async function decide(card, form, button) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  const restoring = restoringButton(form); // none while it is being scored: nobody can give it back
  try {
    const done = await sendDecision(card, form, button);
    if (done && restoring) offerUndo(() => undo(card, form, restoring));
  } catch {
    announce(NO_ANSWER);
  } finally {
    card.ariaBusy = "false";
  }
}

function undo(card, form, button) {
  sendDecision(card, form, button).catch(() => announce(NO_ANSWER));
}

function clickButton(name) {
  withSelectedCard((card) => {
    const button = card.querySelector(`.decision-form .${name}`);
    if (button && !button.closest("[hidden]")) button.click();
  });
}

function reject(card) {
  const menu = card.querySelector(".reject-menu");
  if (menu && !menu.closest("[hidden]")) toggleRejectMenu(card);
  else clickButton("reject");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-in-place]")) return;
  event.preventDefault();
  decide(event.target.closest(".card"), event.target, event.submitter);
});
listenToCardKeys({
  f: () => clickButton("approve"),
  d: () => withSelectedCard(reject),
  b: () => clickButton("queue"),
  x: () => withSelectedCard(toggleChoice),
  a: () => chooseAll(),
  c: goToChosen,
});
