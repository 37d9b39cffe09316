// Pages of cards: the selected card, moving to another, and the keys that all these pages share.

import { showHistory } from "./author-history.js";
import { clickReason, closeMenus, REASON_KEYS } from "./card-actions.js";
import { listenToKeys, showShortcuts } from "./shortcuts.js";
import { announce, undoNewest } from "./toast.js";

const allCards = () => [...document.querySelectorAll("#cards .card")];

export const selectedCard = () => document.activeElement?.closest("#cards .card");

/** Moves the selection by this many cards; selects the first card if none is selected. */
export function moveSelection(offset, cards = allCards()) {
  const selected = selectedCard();
  closeMenus(selected);
  const index = cards.indexOf(selected);
  (index < 0 ? cards[0] : cards[index + offset])?.focus();
}

export function withSelectedCard(action) {
  const card = selectedCard();
  if (card) action(card);
  else announce("No comment is selected: press j.");
}

function undo() {
  if (undoNewest()) return;
  const button = document.querySelector(".undo button"); // for the decision of the page before
  if (button) button.click();
  else announce("Nothing left to undo here. Earlier decisions are under Decided.");
}

export function openSearch() {
  location.assign(document.querySelector(".main-nav a[href$='/comments']").href);
}

function search() {
  const field = document.querySelector("#text");
  if (field) field.focus();
  else openSearch();
}

function cancel() {
  closeMenus(selectedCard());
  announce("");
}

/** Maps each key of a reason to clicking that reason on the card. */
export const reasonActions = (card) =>
  Object.fromEntries([...REASON_KEYS].map((key) => [key, () => clickReason(card(), key)]));

/** Listens to the keys of every page of cards and to `actions` of this page alone. */
export function listenToCardKeys(actions, cards = allCards) {
  listenToKeys(
    {
      j: () => moveSelection(1, cards()),
      k: () => moveSelection(-1, cards()),
      u: undo,
      h: () => withSelectedCard((card) => card.querySelector(".history") && showHistory(card)),
      "/": search,
      "?": showShortcuts,
      Escape: cancel,
      ...reasonActions(selectedCard),
      ...actions,
    },
    "jk",
  );
}
