// The reader erases a comment of their own, for good.

import { alertLine, button, node } from "./elements.js";
import { problemOf } from "./server.js";

const NOT_ERASED = "Your comment could not be erased: please try again.";

// `erase` returns a promise; `done` is called when it is kept.
export function eraseButton(comment, erase, done) {
  const opener = button("plain", "Erase", () => {
    opener.replaceWith(question);
    question.querySelector("button").focus();
  });
  opener.setAttribute("aria-label", `Erase your comment of ${comment.submitted_at.slice(0, 10)}`);
  const error = alertLine();
  const confirm = button("plain", "Erase for good", async () => {
    if (confirm.getAttribute("aria-disabled") === "true") return;
    confirm.setAttribute("aria-disabled", "true");
    try {
      await erase();
      done(question.closest("li"));
    } catch (failure) {
      error.textContent = (await problemOf(failure, NOT_ERASED)).sentence;
    }
    confirm.removeAttribute("aria-disabled");
  });
  const cancel = button("plain", "Keep it", () => {
    question.replaceWith(opener);
    opener.focus();
  });
  const question = node("span", "erase", "Erase it for good? ", confirm, " ", cancel, error);
  return opener;
}
