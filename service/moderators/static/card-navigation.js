// A page of cards: which one is chosen, how to get to the next, and the keys that are the same on all.

import { showHistory } from "./author-history.js";
import { answerWhy, closeAll, REASONS } from "./card-actions.js";
import { onKeys, showKeys } from "./shortcuts.js";
import { announce, undoNewest } from "./toast.js";

const all = () => [...document.querySelectorAll("#cards .card")];

export const chosen = () => document.activeElement?.closest("#cards .card");

/// To the card so many further, to the first where none is chosen.
export function step(by, cards = all()) {
  const from = chosen();
  closeAll(from);
  const at = cards.indexOf(from);
  (at < 0 ? cards[0] : cards[at + by])?.focus();
}

export function withChosen(action) {
  const card = chosen();
  if (card) action(card);
  else announce("No comment is chosen: press j.");
}

function undo() {
  if (undoNewest()) return;
  const button = document.querySelector(".undo button"); // of what another page did
  if (button) button.click();
  else announce("Nothing to undo any more: Decided has what was decided before.");
}

function search() {
  const words = document.querySelector("#text");
  if (words) words.focus();
  else location.assign(document.querySelector(".main-nav a[href$='/comments']").href);
}

function cancel() {
  closeAll(chosen());
  announce("");
}

/// Listens to the keys of every page of cards, and to `own`; `cards` are those to walk through.
export function walkByKeys(own, cards = all) {
  onKeys(
    {
      j: () => step(1, cards()),
      k: () => step(-1, cards()),
      u: undo,
      h: () => withChosen((card) => card.querySelector(".history") && showHistory(card)),
      "/": search,
      "?": showKeys,
      Escape: cancel,
      ...Object.fromEntries([...REASONS].map((key) => [key, () => answerWhy(chosen(), key)])),
      ...own,
    },
    "jk",
  );
}
