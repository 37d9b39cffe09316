// The form. It has a method and an address of its own: a copy of it whose script is gone, as a
// cache of pages keeps, still sends to Parley, and never the reader's text to the website.

import { complain } from "./complaints.js";
import { alertLine, button, node } from "./elements.js";
import { Field } from "./field.js";
import { loadRest } from "./rest.js";
import { problemOf } from "./server.js";

function freeId(root) {
  let id = "parley";
  for (let number = 2; root.querySelector(`#${id}-text`); number += 1) id = `parley-${number}`;
  return id;
}

function hidden(name, value) {
  const input = node("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

export class Form {
  // `thread` gives server, device, limits and page, and takes what was sent.
  constructor(thread) {
    this.thread = thread;
    this.words = thread.words;
    this.attempt = null;
    this.parent = null;
    this.isSending = false;
    this.buildFields();
    this.buildReply();
    this.error = alertLine();
    this.post = node("button", "button parley-sends", this.words.say("post"));
    this.status = node("p", "status");
    this.status.setAttribute("role", "status");
    const fields = [this.name.element, this.text.element];
    this.element = node("form", "form", this.reply, ...fields, this.error, this.post, this.status);
    this.element.method = "post";
    // Where this goes without a script, errors are in this language as well.
    this.element.action = `${thread.server.address}?lang=${this.words.tag}`;
    this.addHidden();
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.element.addEventListener("input", () => this.keep());
    this.element.addEventListener("focusin", () => {
      thread.server.begin();
      loadRest(thread).then((rest) => rest?.offerMail(this));
    });
  }

  buildFields() {
    const id = freeId(this.thread.element.getRootNode());
    const name = node("input");
    name.autocomplete = "nickname";
    name.name = "name";
    const text = node("textarea");
    text.rows = 6;
    text.name = "text";
    name.required = text.required = true;
    const { limits, words } = this.thread;
    this.name = new Field(words, "name", name, { id: `${id}-name`, limit: () => limits.name });
    this.text = new Field(words, "text", text, {
      id: `${id}-text`,
      limit: () => limits.text,
      isShort: false,
    });
  }

  buildReply() {
    this.replyName = node("bdi", "name");
    const cancel = button("plain", this.words.say("reply_cancel"), () => this.replyTo(null));
    this.reply = node(
      "p",
      "reply",
      ...this.words.pieces("replying", { name: this.replyName }),
      " ",
      cancel,
    );
    this.reply.hidden = true;
  }

  addHidden() {
    const { server, page } = this.thread;
    const fields = { site: server.site, page, ...this.thread.about() };
    for (const [name, value] of Object.entries(fields)) this.element.append(hidden(name, value));
    this.parentInput = hidden("parent", "");
    // Programs fill it in; people do not see it.
    this.trap = node("input");
    Object.assign(this.trap, { name: "website", tabIndex: -1, autocomplete: "off" });
    const line = node("p", "", this.trap);
    line.hidden = true;
    this.element.append(this.parentInput, line);
  }

  // What the reader began in the page's own form or in a copy of ours goes on; else the draft.
  takeOver(old) {
    const { device } = this.thread;
    const draft = device.draft();
    const controls = [
      [this.name.input, old?.elements.name, device.name()],
      [this.text.input, old?.elements.text, draft.text],
      [this.post, old?.querySelector("button:not([type='button'])"), ""],
    ];
    const { activeElement } = this.thread.element.getRootNode();
    for (const [control, before, kept] of controls) control.value = before?.value || kept;
    if (this.text.input.value === draft.text) {
      this.attempt = draft.attempt;
      if (draft.parent) this.setParent(draft.parent);
    }
    this.name.count();
    this.text.count();
    return controls.find(([, before]) => before && before === activeElement)?.[0];
  }

  keep() {
    const { attempt, parent } = this;
    this.thread.device.keepDraft({ text: this.text.input.value, parent, attempt });
    this.thread.device.keepName(this.name.input.value);
  }

  setParent(parent) {
    this.parent = parent;
    this.parentInput.value = parent ? parent.id : "";
    this.reply.hidden = !parent;
    this.replyName.textContent = parent ? parent.name : "";
  }

  // Where the comment stands that is answered, else below all.
  place() {
    const answered = this.parent && this.thread.published.tree.bodyOf(this.parent.id);
    if (answered) answered.after(this.element);
    else this.goHome();
  }

  // To move it takes the focus away. What is sent may be answered when the page has gone on.
  goHome() {
    const { element, isAlive } = this.thread;
    if (isAlive && element.lastElementChild !== this.element) element.append(this.element);
  }

  replyTo(comment) {
    this.announce("");
    this.setParent(comment && { id: comment.id, name: comment.name });
    this.place();
    this.keep();
    this.text.input.focus();
  }

  announce(sentence) {
    this.status.textContent = sentence;
  }

  setBusy(isBusy) {
    this.isSending = isBusy;
    this.post.setAttribute("aria-disabled", isBusy);
  }

  async submit() {
    if (this.isSending) return;
    this.setBusy(true);
    for (const field of [this.name, this.text]) field.setError("");
    this.error.textContent = "";
    this.announce(this.words.say("sending"));
    try {
      await this.send();
    } catch (failure) {
      // The browser tells a script neither a refused origin nor an absent server.
      const { address, site } = this.thread.server;
      if (!failure.response) complain(address, "not_sent", address, site);
      this.showError(await problemOf(failure, this.words.say("not_sent")));
    }
    this.setBusy(false);
  }

  async send() {
    const { server, device } = this.thread;
    const draft = {
      name: this.name.input.value,
      text: this.text.input.value,
      parent: this.parent?.id ?? null,
      website: this.trap.value,
    };
    const { site, page } = server;
    // Once the reader is told which words would make it wait, it is sent as it is.
    const nudge = !this.nudged;
    const body = JSON.stringify({
      site,
      page,
      ...this.thread.about(),
      ...draft,
      nudge,
      ...this.mail?.(),
    });
    // Sent again after a lost answer, even after a reload, it keeps its key: stored once.
    if (this.attempt?.body !== body)
      this.attempt = { body, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    this.keep();
    const answer = await server.submit(this.attempt);
    this.attempt = null;
    this.nudged = answer.nudge;
    if (this.nudged) return (await loadRest(this.thread))?.showNudge(this);
    if (this.text.input.value === draft.text) this.text.input.value = "";
    this.text.count();
    this.setParent(null);
    this.place();
    this.keep();
    device.keepName(draft.name);
    await this.thread.addOwn(answer, draft);
  }

  showError({ sentence, field }) {
    this.announce("");
    const input = { name: this.name, text: this.text, email: this.email }[field];
    if (input) input.setError(sentence);
    else this.error.textContent = sentence;
  }
}
