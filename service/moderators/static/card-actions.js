// What a key or a button does with one card that decides nothing.

import { send } from "./requests.js";
import { announce } from "./toast.js";

export const REASONS = "1234567";

// Isolated, so that a name written from right to left moves nothing around it.
export const nameOn = (card) => `\u2068${card.querySelector("h2").textContent}\u2069`;

/// Says what the server answered about the card: what was done, or why it was not.
export function sayOf(card, { done, detail }, otherwise) {
  announce(done ? `${nameOn(card)}: ${done}` : `${otherwise}: ${detail}.`);
}

export function askWhy(card) {
  const why = card.querySelector(".reject-menu");
  why.open = !why.open;
  announce(why.open ? "Why? Press 1 to 7." : "");
  why.scrollIntoView({ block: "nearest" });
}

/// Presses the reason of this number; false where nobody asked why.
export function answerWhy(card, digit) {
  const why = card?.querySelector(".reject-menu[open]");
  if (!why) return false;
  why.querySelectorAll("button")[digit - 1].click();
  return true;
}

export function closeAll(card) {
  for (const each of card?.querySelectorAll("details[open]") ?? []) each.open = false;
}

export function beginNote(card) {
  card.querySelector(".note-menu").open = true;
  card.querySelector("textarea").focus();
}

export async function keepNote(card, form) {
  const { done, by, note, detail } = await send(form);
  announce(done ?? `Not noted: ${detail}.`);
  if (!done) return;
  showNote(card.querySelector(".notes"), note, by);
  form.reset();
  closeAll(card);
  card.focus();
}

function isolated(text) {
  const part = document.createElement("bdi");
  part.textContent = text;
  return part;
}

function showNote(notes, text, by) {
  const item = document.createElement("li");
  const author = document.createElement("span");
  author.className = "byline";
  author.append(isolated(by), ", just now");
  item.append(isolated(text), author);
  notes.append(item);
  notes.hidden = false;
}
