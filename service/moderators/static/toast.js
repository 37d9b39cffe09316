// What was done, said once, with a way back for eight seconds.

const UNDO_FOR = 8_000; // milliseconds
const announcement = document.querySelector("#announcement");
const button = document.querySelector("#undo");
let undos = []; // newest last

export function announce(sentence) {
  announcement.textContent = sentence;
}

function forget(undo) {
  undos = undos.filter((each) => each !== undo);
  button.hidden = undos.length === 0;
}

/// Offers to undo what was just done.
export function offerUndo(act) {
  const undo = { act };
  undos.push(undo);
  button.hidden = false;
  setTimeout(forget, UNDO_FOR, undo);
}

/// Undoes the newest of what can be undone still; false where there is nothing.
export function undoNewest() {
  const newest = undos.at(-1);
  if (!newest) return false;
  forget(newest);
  newest.act();
  return true;
}

button.addEventListener("click", undoNewest);
