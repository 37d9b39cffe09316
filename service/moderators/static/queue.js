// The queue: decisions without a new page, and keys. Without this file the same forms load pages.

import {
  announceAnswer,
  closeMenus,
  openNote,
  saveNote,
  toggleRejectMenu,
} from "./card-actions.js";
import { listenToCardKeys, moveSelection, withSelectedCard } from "./card-navigation.js";
import { chooseAll, goToChosen, showChosen, toggleChoice } from "./choice.js";
import { prefetchCards } from "./prefetch.js";
import { watchQueue } from "./queue-updates.js";
import { NO_ANSWER, postFields, sendForm } from "./requests.js";
import { announce, offerUndo } from "./toast.js";

const list = document.querySelector("#cards");
const waitingCount = document.querySelector("#waiting");

const undecidedCards = () => [...list.querySelectorAll(".card:not([aria-busy=true])")];
const formToken = () => document.querySelector("[name=form_token]").value;

function showCount(waiting) {
  waitingCount.textContent = waiting.toLocaleString("en");
  document.title = document.title.replace(/^\S+/, waitingCount.textContent);
}

const countWithoutOne = () => Math.max(0, Number(waitingCount.textContent.replaceAll(",", "")) - 1);

/** Selects the next card before the server has answered about this one. */
function selectNext(card) {
  const cards = undecidedCards();
  const index = cards.indexOf(card);
  const next = cards[index + 1] ?? cards[index - 1];
  card.ariaBusy = "true";
  if (next && card.contains(document.activeElement)) next.focus();
  prefetchCards(undecidedCards().length);
}

async function removeCard(card, waiting) {
  showCount(waiting);
  const wasSelected = card.contains(document.activeElement);
  card.remove();
  showChosen();
  await prefetchCards(undecidedCards().length);
  // Whoever decides faster than the server answers reaches the end of the loaded cards.
  if (wasSelected && document.activeElement === document.body) undecidedCards()[0]?.focus();
  if (list.querySelector(".card")) return;
  document.querySelector("#empty").hidden = false;
  if (waiting > 0) document.querySelector("#show-rest").hidden = false;
  if (wasSelected || document.activeElement === document.body)
    document.querySelector("#heading").focus();
}

function restoreCard(card, following, { done, waiting, version }) {
  showCount(waiting);
  card.querySelector("[name=version]").value = version;
  card.querySelector(".choose").value = `${card.dataset.id}.${version}`;
  closeMenus(card);
  list.insertBefore(card, following?.isConnected ? following : null);
  document.querySelector("#empty").hidden = true;
  showChosen();
  announceAnswer(card, { done });
  card.focus();
}

async function undo(card, following, { undo: address, status, version }) {
  try {
    const answer = await postFields(address, { form_token: formToken(), status, version });
    if (answer.done) restoreCard(card, following, answer);
    else announce(`Not undone: ${answer.detail}.`);
  } catch {
    announce(NO_ANSWER);
  }
}

async function decide(card, form, button) {
  const following = card.nextElementSibling;
  const sent = sendForm(form, button);
  selectNext(card);
  try {
    const answer = await sent;
    const { status, done, waiting } = answer;
    announceAnswer(card, answer, "Not decided here");
    if (done) offerUndo(() => undo(card, following, answer));
    // Gone or decided by somebody else: there is nothing left to decide on this card.
    if (done || status === 404 || status === 409)
      await removeCard(card, waiting ?? countWithoutOne());
  } catch {
    announce(NO_ANSWER);
  } finally {
    card.ariaBusy = "false";
  }
}

async function skip(card, form, button) {
  card.classList.add("skipped");
  const sent = sendForm(form, button);
  moveSelection(1, undecidedCards());
  announceAnswer(card, await sent, "Not skipped");
}

function submit(card, form, button) {
  if (card.ariaBusy === "true") return undefined;
  if (button?.matches(".skip")) return skip(card, form, button);
  if (form.matches(".decision-form")) return decide(card, form, button);
  return saveNote(card, form);
}

/** Viewers' cards have no buttons. */
function withOwnCard(action) {
  withSelectedCard((card) => {
    if (card.querySelector(".decision-form")) action(card);
    else announce("You are a viewer here and cannot decide.");
  });
}

const clickButton = (selector) => withOwnCard((card) => card.querySelector(selector).click());

list.addEventListener("submit", (event) => {
  const card = event.target.closest(".card");
  if (!card) return;
  event.preventDefault();
  Promise.resolve(submit(card, event.target, event.submitter)).catch(() => announce(NO_ANSWER));
});
watchQueue(showCount);
listenToCardKeys(
  {
    f: () => clickButton(".approve"),
    d: () => withOwnCard(toggleRejectMenu),
    s: () => clickButton(".skip"),
    n: () => withOwnCard(openNote),
    x: () => withOwnCard(toggleChoice),
    a: () => chooseAll(),
    c: goToChosen,
    z: () => document.querySelector("#card-mode")?.click(),
  },
  undecidedCards,
);
