// The reader erases a comment of their own, for good.

import { alertLine, button, node } from "./elements.js";
import { problemOf } from "./server.js";

export const dateOf = ({ submitted_at }, { tag }) =>
  new Date(submitted_at).toLocaleDateString(tag, { dateStyle: "medium" });

// `erase` returns a promise; `done` is called when it is kept.
export function eraseButton(comment, words, erase, done) {
  const opener = button("plain", words.say("erase"), () => {
    opener.replaceWith(question);
    question.querySelector("button").focus();
  });
  const date = dateOf(comment, words);
  opener.setAttribute("aria-label", words.say("erase_own", { date }));
  const error = alertLine();
  const confirm = button("plain", words.say("erase_confirm"), async () => {
    if (confirm.getAttribute("aria-disabled") === "true") return;
    confirm.setAttribute("aria-disabled", "true");
    try {
      await erase();
      done(question.closest(".parley-comment"));
    } catch (failure) {
      error.textContent = (await problemOf(failure, words.say("erase_failed"))).sentence;
    }
    confirm.removeAttribute("aria-disabled");
  });
  const cancel = button("plain", words.say("erase_cancel"), () => {
    question.replaceWith(opener);
    opener.focus();
  });
  const question = node(
    "span",
    "erase",
    words.say("erase_question"),
    " ",
    confirm,
    " ",
    cancel,
    error,
  );
  return opener;
}
