// Checkboxes of cards: ranges with Shift, all that are shown, and how many are checked.

import { announce } from "./toast.js";

const form = document.querySelector("#chosen-form");
const all = document.querySelector("#choose-all");
const boxes = () => [...document.querySelectorAll("#cards .choose")];
let lastBox;

/** Shows how many are checked; call it when cards come or go. */
export function showChosen() {
  if (!form) return;
  const number = boxes().filter((box) => box.checked).length;
  const noun = number === 1 ? "comment" : "comments";
  form.querySelector("#chosen-number").textContent = `${number} ${noun} checked:`;
  for (const button of form.querySelectorAll("button")) button.disabled = number === 0;
  all.checked = number > 0 && number === boxes().length;
  all.indeterminate = number > 0 && !all.checked;
}

function chooseRange(box) {
  const places = [boxes().indexOf(lastBox), boxes().indexOf(box)];
  if (places[0] < 0) return;
  const [first, last] = places.sort((one, other) => one - other);
  for (const between of boxes().slice(first, last + 1)) between.checked = box.checked;
}

export function chooseAll(checked = !all?.checked) {
  for (const box of boxes()) box.checked = checked;
  showChosen();
}

export function toggleChoice(card) {
  card.querySelector(".choose")?.click();
}

/** Moves the focus to what can be done with the checked comments. */
export function goToChosen() {
  const button = form?.querySelector("button:not(:disabled)");
  if (button) button.focus();
  else announce("No comment is checked: press x on a comment.");
}

document.querySelector("#cards")?.addEventListener("click", (event) => {
  if (!event.target.matches(".choose")) return;
  if (event.shiftKey) chooseRange(event.target);
  lastBox = event.target;
  showChosen();
});
if (form) {
  all.addEventListener("change", () => chooseAll(all.checked));
  document.querySelector("#choose-all-label").hidden = false;
  showChosen();
}
