// A reader's report of a comment.

import { alertLine, button, node } from "./elements.js";
import { Field } from "./field.js";
import { problemOf } from "./server.js";

const MOST_DETAILS = 1000; // characters, as the server takes them
const REASONS = {
  spam: "It is spam",
  abuse: "It insults or threatens",
  "off-topic": "It is off topic",
  illegal: "It is illegal",
  other: "Something else",
};
const NOT_REPORTED = "Your report could not be sent: please try again.";

export function reportButton(server, comment) {
  let form = null;
  const toggle = () => {
    opener.setAttribute("aria-expanded", !form);
    if (form) {
      form.remove();
      form = null;
      opener.focus();
      return;
    }
    form = reportForm(server, comment, opener);
    form.addEventListener("keydown", ({ key }) => key === "Escape" && toggle());
    opener.after(form);
    form.elements.reason.focus();
  };
  const opener = button("plain", "Report", toggle);
  opener.setAttribute("aria-label", `Report the comment of ${comment.name}`);
  opener.setAttribute("aria-expanded", false);
  return opener;
}

function reasonField() {
  const reason = node("select");
  reason.name = "reason";
  reason.append(...Object.entries(REASONS).map(([value, label]) => new Option(label, value)));
  return node("div", "field", node("label", "", "What is wrong with it?", reason));
}

function reportForm(server, comment, opener) {
  const details = new Field("text", "Details (optional)", node("input"), {
    limit: () => MOST_DETAILS,
  });
  const error = alertLine();
  const send = node("button", "button", "Send report");
  const form = node("form", "report", reasonField(), details.element, error, send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.getAttribute("aria-disabled") === "true") return;
    send.setAttribute("aria-disabled", "true");
    try {
      const text = details.input.value.trim() || null;
      await server.report(comment.id, { reason: form.elements.reason.value, text });
      showThanks(form, opener);
    } catch (failure) {
      error.textContent = (await problemOf(failure, NOT_REPORTED)).sentence;
    }
    send.removeAttribute("aria-disabled");
  });
  return form;
}

function showThanks(form, opener) {
  const thanks = node("p", "state", "Thank you: moderators will look at it.");
  thanks.tabIndex = -1;
  opener.remove();
  form.replaceWith(thanks);
  thanks.focus();
}
