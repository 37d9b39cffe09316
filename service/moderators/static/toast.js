// The toast: announces what was done, and offers to undo it for eight seconds.

const UNDO_FOR = 8_000; // milliseconds
const announcement = document.querySelector("#announcement");
const button = document.querySelector("#undo");
let undos = []; // newest last

export function announce(text) {
  announcement.textContent = text;
}

function withdraw(undo) {
  undos = undos.filter((other) => other !== undo);
  button.hidden = undos.length === 0;
}

export function offerUndo(action) {
  const undo = { action };
  undos.push(undo);
  button.hidden = false;
  setTimeout(withdraw, UNDO_FOR, undo);
}

/** Undoes the newest action that is still offered; returns false if there is none. */
export function undoNewest() {
  const newest = undos.at(-1);
  if (!newest) return false;
  withdraw(newest);
  newest.action();
  return true;
}

button.addEventListener("click", undoNewest);
