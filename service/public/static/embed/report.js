// A reader's report of a comment.

import { alertLine, node } from "./elements.js";
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

// Opens the form behind its button, or closes it.
export function openReport(thread, comment, opener) {
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", !isOpen);
  if (isOpen) {
    opener.nextElementSibling.remove();
    opener.focus();
    return;
  }
  const form = reportForm(thread, comment, opener);
  form.addEventListener(
    "keydown",
    ({ key }) => key === "Escape" && openReport(thread, comment, opener),
  );
  opener.after(form);
  form.elements.reason.focus();
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
      const body = JSON.stringify({ reason: form.elements.reason.value, text });
      await server.post(`${server.address}/${encodeURIComponent(comment.id)}/reports`, body);
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
