// Actions on one card that decide nothing: its menus, notes and announcements.

import { sendForm } from "./requests.js";
import { announce } from "./toast.js";

export const REASON_KEYS = "1234567";

// Isolated, so that a name written from right to left moves nothing around it.
const authorOf = (card) => `\u2068${card.querySelector("h2").textContent}\u2069`;

/** Announces the server's answer about a card: what was done, or why it was not. */
export function announceAnswer(card, { done, detail }, failure) {
  announce(done ? `${authorOf(card)}: ${done}` : `${failure}: ${detail}.`);
}

export function toggleRejectMenu(card) {
  const menu = card.querySelector(".reject-menu");
  menu.open = !menu.open;
  announce(menu.open ? "Why? Press 1 to 7." : "");
  menu.scrollIntoView({ block: "nearest" });
}

/** Clicks the reason with this number; returns false if the menu is closed. */
export function clickReason(card, digit) {
  const menu = card?.querySelector(".reject-menu[open]");
  if (!menu) return false;
  menu.querySelectorAll("button")[digit - 1].click();
  return true;
}

export function closeMenus(card) {
  for (const menu of card?.querySelectorAll("details[open]") ?? []) {
    if (menu.contains(document.activeElement)) card.focus();
    menu.open = false;
  }
}

export function openNote(card) {
  card.querySelector(".note-menu").open = true;
  card.querySelector("textarea").focus();
}

export async function saveNote(card, form) {
  const { done, by, note, detail } = await sendForm(form);
  announce(done ?? `Note not saved: ${detail}.`);
  if (!done) return;
  showNote(card.querySelector(".notes"), note, by);
  form.reset();
  closeMenus(card);
  card.focus();
}

function isolated(text) {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}

function showNote(notes, text, author) {
  const item = document.createElement("li");
  const byline = document.createElement("span");
  byline.className = "byline";
  byline.append(isolated(author), ", just now");
  item.append(isolated(text), byline);
  notes.append(item);
  notes.hidden = false;
}
