// What authors may do with a comment of their own beside erasing it: change it for a while, and
// after a rejection hear why, take the text back and ask for another look.

import { askAsAuthor } from "./author.js";
import { alertLine, button, node } from "./elements.js";
import { dateOf } from "./erase.js";
import { Field } from "./field.js";
import { problemOf } from "./server.js";

const MOST_APPEAL = 500; // characters, as the server takes them
const REJECTIONS = {
  spam: "report_spam",
  abuse: "report_abuse",
  hate: "reason_hate",
  threat: "reason_threat",
  "off-topic": "report_off_topic",
  illegal: "report_illegal",
};

function fieldOf(words, key, tag, { value = "", limit, ...attributes }) {
  const input = Object.assign(node(tag), { value, required: true, ...attributes });
  return new Field(words, key, input, { limit: () => limit, isShort: tag === "input" });
}

// `send` returns a promise; `close` gives the form's place back.
function formOf(words, [label, failed], fields, { send, close }) {
  const error = alertLine();
  const submit = node("button", "button", words.say(label));
  const cancel = button("plain", words.say("change_cancel"), close);
  const elements = fields.map(({ element }) => element);
  const form = node("form", "report", ...elements, error, submit, " ", cancel);
  form.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    submit.setAttribute("aria-disabled", "true");
    try {
      await send();
    } catch (failure) {
      error.textContent = (await problemOf(failure, words.say(failed))).sentence;
    }
    submit.removeAttribute("aria-disabled");
  });
  return form;
}

// A button in whose place a form opens, while `isOpenable`.
function opener(label, build, isOpenable = () => true) {
  const open = button("plain", label, () => {
    const form = build(() => {
      const body = form.closest(".parley-comment");
      form.replaceWith(...(isOpenable() ? [open] : []));
      (open.isConnected ? open : body).focus();
    });
    open.replaceWith(form);
    form.querySelector("textarea").focus();
  });
  return open;
}

// `own` are the reader's own comments; of one that cannot be changed there is no button.
export function changeControl(own, comment) {
  const { words, thread } = own;
  const left = own.editableFor(comment);
  if (!(left > 0)) return [];
  const { limits, server } = thread;
  const build = (close) => {
    const name = fieldOf(words, "name", "input", { value: comment.name, limit: limits.name });
    const text = fieldOf(words, "text", "textarea", {
      value: comment.text,
      limit: limits.text,
      rows: 6,
    });
    text.count();
    const send = async () => {
      const fields = { name: name.input.value, text: text.input.value };
      const asked = [comment.id, own.tokenOf(comment.id)];
      own.showChanged(await askAsAuthor(server, asked, "PATCH", fields));
    };
    return formOf(words, ["change_save", "change_failed"], [name, text], { send, close });
  };
  const open = opener(words.say("change"), build, () => own.editableFor(comment) > 0);
  setTimeout(() => open.remove(), left);
  open.setAttribute("aria-label", words.say("change_own", { date: dateOf(comment, words) }));
  return [" ", open];
}

// What a moderator said, and what came of an appeal.
function outcome({ reason, appeal }, words) {
  const line = (...content) => node("p", "state", ...content);
  const lines = [];
  if (reason)
    lines.push(
      line(words.say("rejected_why", { reason: words.say(REJECTIONS[reason] || "rejected") })),
    );
  if (appeal) lines.push(line(words.say(appeal.decided_at ? "appeal_kept" : "appeal_waiting")));
  if (appeal?.answer)
    lines.push(line(words.say("appeal_answer"), " ", node("bdi", "", appeal.answer)));
  return lines;
}

function appealControl(own, comment) {
  const { words, thread } = own;
  if (!comment.may_appeal) return [];
  const build = (close) => {
    const text = fieldOf(words, "appeal_why", "textarea", { limit: MOST_APPEAL, rows: 3 });
    const send = async () => {
      const asked = [comment.id, own.tokenOf(comment.id), "/appeal"];
      const fields = { text: text.input.value };
      own.show(await askAsAuthor(thread.server, asked, "POST", fields), "rejected");
    };
    return formOf(words, ["appeal", "appeal_failed"], [text], { send, close });
  };
  return [opener(words.say("appeal"), build), " "];
}

// Of a rejected comment: why, and what its author may do.
export function rejectedControls(own, comment) {
  const { words } = own;
  const take = button("plain parley-sends", words.say("take_back"), () => own.takeBack(comment));
  const hide = button("plain", words.say("own_hide"), () => own.hide(comment.id));
  return [...outcome(comment, words), ...appealControl(own, comment), take, " ", hide];
}

// Told once: sent again it is taken as it is, or as it was changed.
export function showNudge(form) {
  const words = form.nudged.words.join(", ");
  form.showError({ sentence: form.words.say("nudge", { words }) });
  form.text.input.focus();
}
