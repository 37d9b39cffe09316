// A reader's report of a comment.

import { alertLine, button, node } from "./elements.js";
import { Field } from "./field.js";
import { problemOf } from "./server.js";

const MOST_DETAILS = 1000; // characters, as the server takes them
const REASONS = {
  spam: "report_spam",
  abuse: "report_abuse",
  "off-topic": "report_off_topic",
  illegal: "report_illegal",
  other: "report_other",
};

export function reportButton(thread, comment) {
  const { words } = thread;
  let form = null;
  const toggle = () => {
    opener.setAttribute("aria-expanded", !form);
    if (form) {
      form.remove();
      form = null;
      opener.focus();
      return;
    }
    form = reportForm(thread, comment, opener);
    form.addEventListener("keydown", ({ key }) => key === "Escape" && toggle());
    opener.after(form);
    form.elements.reason.focus();
  };
  const opener = button("plain", words.say("report"), toggle);
  opener.setAttribute("aria-label", words.say("report_of", { name: comment.name }));
  opener.setAttribute("aria-expanded", false);
  return opener;
}

function reasonField(words) {
  const reason = node("select");
  reason.name = "reason";
  reason.append(
    ...Object.entries(REASONS).map(([value, key]) => new Option(words.say(key), value)),
  );
  return node("div", "field", node("label", "", words.say("report_reason"), reason));
}

function reportForm({ server, words }, comment, opener) {
  const input = node("input");
  input.name = "text";
  const details = new Field(words, "report_details", input, { limit: () => MOST_DETAILS });
  const error = alertLine();
  const send = node("button", "button", words.say("report_send"));
  const form = node("form", "report", reasonField(words), details.element, error, send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.getAttribute("aria-disabled") === "true") return;
    send.setAttribute("aria-disabled", "true");
    try {
      const text = details.input.value.trim() || null;
      await server.report(comment.id, { reason: form.elements.reason.value, text });
      showThanks(form, opener, words);
    } catch (failure) {
      error.textContent = (await problemOf(failure, words.say("report_failed"))).sentence;
    }
    send.removeAttribute("aria-disabled");
  });
  return form;
}

function showThanks(form, opener, words) {
  const thanks = node("p", "state", words.say("report_received"));
  thanks.tabIndex = -1;
  opener.remove();
  form.replaceWith(thanks);
  thanks.focus();
}
