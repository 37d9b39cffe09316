// Says before sending how many characters are left in a field with data-limit. `maxlength` would cut
// elsewhere than the server: it counts an emoji as two.

const SOON = 50; // characters left, from which on it is said

// As characters/length.py counts.
const lengthOf = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;
const characters = (number) => `${number} ${number === 1 ? "character" : "characters"}`;

function lineAfter(field) {
  if (field.nextElementSibling?.matches(".characters-left")) return field.nextElementSibling;
  const line = document.createElement("span");
  line.className = "characters-left";
  line.setAttribute("aria-live", "polite");
  field.after(line);
  return line;
}

function count(field) {
  const limit = Number(field.dataset.limit);
  const left = limit - lengthOf(field.value);
  const excess = `${characters(-left)} too many, at most ${limit} are allowed`;
  field.setCustomValidity(left < 0 ? excess : "");
  lineAfter(field).textContent = left < 0 ? excess : left <= SOON ? `${characters(left)} left` : "";
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset.limit) count(target);
});
