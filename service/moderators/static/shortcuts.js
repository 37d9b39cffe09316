// Keyboard shortcuts: single keys, only while nothing is typed and while they are switched on.

import { isTaken, pressedKey } from "./pressed-key.js";

const STORAGE_KEY = "parley.keys";
const dialog = document.querySelector("#shortcuts");
const toggle = document.querySelector("#shortcuts-on");
const helpButton = document.querySelector("#show-shortcuts");

function storedSetting() {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true; // storage is refused
  }
}

function changeSetting(on) {
  try {
    localStorage.setItem(STORAGE_KEY, on ? "on" : "off");
  } catch {
    // Storage is refused: it holds until the page is left.
  }
  showSetting(on);
}

function showSetting(on) {
  toggle.checked = on;
  for (const hint of document.querySelectorAll("kbd[aria-hidden]")) hint.hidden = !on;
}

const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const isLeaving = ({ key, target }) => key === "Escape" && target.closest(".note-menu");
const isTyping = (event) => event.target.closest?.(FIELDS) && !isLeaving(event);
const isIgnored = (event) =>
  !toggle.checked || isTaken(event) || isTyping(event) || document.querySelector("dialog[open]");

/** Shows or hides the hints of keys in what was put into the page. */
export const updateHints = () => showSetting(toggle.checked);

export const showShortcuts = () => dialog.showModal();

/**
 * Runs the action of a pressed key; an action that returns false leaves the key to the browser.
 * A key that is held down repeats only if it is one of `repeatable`.
 */
export function listenToKeys(actions, repeatable = "") {
  document.addEventListener("keydown", (event) => {
    if (isIgnored(event)) return;
    const key = pressedKey(event, actions);
    if (key === undefined || (event.repeat && !repeatable.includes(key))) return;
    if (actions[key]() !== false) event.preventDefault();
  });
  toggle.addEventListener("change", () => changeSetting(toggle.checked));
  helpButton?.addEventListener("click", showShortcuts);
  if (helpButton) helpButton.hidden = false;
  showSetting(storedSetting());
}
