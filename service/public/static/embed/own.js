// The reader's own comments: waiting ones are followed, published ones are never out of sight.

import { showAround } from "./around.js";
import { askAsAuthor, fetchOwn } from "./author.js";
import { node } from "./elements.js";
import { eraseButton } from "./erase.js";
import { noteMail } from "./mail.js";
import { changeControl, rejectedControls } from "./own_changes.js";

const POLL_FOR = 600_000; // milliseconds
const A_DAY = 86_400_000; // as long as a site may let a comment be changed
const STATUSES = {
  pending: ["pending", "pending_long"],
  flagged: ["flagged", "flagged_long"],
  rejected: ["rejected", "rejected_long"],
};

async function wait(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  while (document.hidden) {
    await new Promise((resolve) =>
      document.addEventListener("visibilitychange", resolve, { once: true }),
    );
  }
}

export class OwnComments {
  constructor(thread) {
    this.thread = thread;
    this.words = thread.words;
    this.tokens = thread.tokens; // id -> [token, sentAt]
    this.shown = new Map(); // id -> [comment, state] of what is not public
    this.polled = new Set(); // ids
    for (const [id, comment] of thread.published.comments)
      this.adopt(comment, thread.published.tree.bodyOf(id));
  }

  async add(answer, draft) {
    const { id, status } = answer;
    noteMail(this.thread, answer);
    const comment = { ...draft, id, status, submitted_at: new Date().toISOString() };
    this.thread.form.announce(await this.showStatus(comment));
    this.follow(id, status);
  }

  tokenOf(id) {
    return this.tokens.get(id)[0];
  }

  // Milliseconds, by how long the server says: the device's clock may be off by a day.
  editableFor({ id, submitted_at, edit_until }) {
    const [, sentAt] = this.tokens.get(id) || [];
    return sentAt + Date.parse(edit_until) - Date.parse(submitted_at) - Date.now();
  }

  forget(id) {
    this.thread.device.keepToken(this.tokens, id);
  }

  // Of a comment that is published: the reader may erase it.
  adopt(comment, body) {
    this.shown.delete(comment.id);
    body.append(...this.eraseControl(comment));
    this.offerChange(comment.id, body).catch(() => undefined);
  }

  // Only its author hears until when it may be changed: asked for each, while it is new.
  async offerChange(id, body) {
    const [, sentAt] = this.tokens.get(id) || [];
    if (!(Date.now() - sentAt < A_DAY)) return;
    const comment = await this.fetch(id);
    if (body.isConnected) body.append(...changeControl(this, comment));
  }

  // What was public is not, until it is decided again.
  showChanged(comment) {
    const { published, count, form } = this.thread;
    if (published.comments.delete(comment.id)) this.thread.setCount(count - 1);
    this.showStatus(comment).then((sentence) => form.announce(sentence));
    this.follow(comment.id, comment.status);
  }

  // The text of a rejected comment goes behind what stands in the form.
  takeBack({ id, name, text, parent }) {
    const { form, published } = this.thread;
    const before = form.text.input.value;
    form.text.input.value = before ? `${before}\n\n${text}` : text;
    form.name.input.value = form.name.input.value || name;
    form.text.count();
    this.hide(id);
    form.replyTo(published.comments.get(parent) || null);
  }

  hide(id) {
    this.forget(id);
    this.remove(id);
  }

  // Of a comment to which there is still a key; an empty list for all others.
  eraseControl(comment) {
    if (comment.erased || !this.tokens.has(comment.id)) return [];
    const own = [comment.id, this.tokenOf(comment.id)];
    const erase = () => askAsAuthor(this.thread.server, own, "DELETE");
    return [" ", eraseButton(comment, this.words, erase, (body) => this.showErased(comment, body))];
  }

  // Whoever erased it is told so in its place, until the page is loaded again.
  showErased({ id }, body) {
    const { published, count } = this.thread;
    this.forget(id);
    if (published.has(id)) this.thread.setCount(count - 1);
    const line = node("p", "state", this.words.say("erase_done"));
    line.tabIndex = -1;
    body.replaceChildren(line);
    line.focus();
  }

  // In its place: below what it answers, which is fetched for it.
  async show(comment, key) {
    await showAround(this.thread, comment.parent);
    const { published } = this.thread;
    const state = node("p", "state", this.words.say(key));
    const own = comment.status === "rejected" ? rejectedControls(this, comment) : [];
    const controls = [...own, ...this.eraseControl(comment), ...changeControl(this, comment)];
    const body = published.bodyOf(comment, "", state, ...controls);
    body.classList.add("parley-own");
    this.shown.set(comment.id, [comment, key]);
    published.tree.add(comment, body);
  }

  remove(id) {
    if (!this.shown.delete(id)) return;
    const { branches, below } = this.thread.published.tree;
    const branch = branches.get(id);
    if (!branch) return;
    const row = branch.host?.below || below;
    row.splice(row.indexOf(branch), 1);
    branch.item.remove();
    branches.delete(id);
  }

  // Shows the author's own comment by its status; returns the sentence that says it.
  async showStatus(comment) {
    const { id, status } = comment;
    if (["erased", "unknown"].includes(status)) this.forget(id);
    if (status in STATUSES) {
      const [label, sentence] = STATUSES[status];
      await this.show(comment, label);
      return this.words.say(sentence);
    }
    if (status !== "approved") this.remove(id);
    if (status !== "approved" || this.thread.published.has(id)) return "";
    await showAround(this.thread, comment.parent);
    this.thread.published.show(comment);
    return this.words.say("published");
  }

  fetch(id) {
    return fetchOwn(this.thread.server, id, this.tokenOf(id));
  }

  async refresh(id, status) {
    const { published, isAlive, count } = this.thread;
    const comment = await this.fetch(id);
    if (comment.status === status || !isAlive) return comment.status;
    if (comment.status === "approved" && !published.has(id)) this.thread.setCount(count + 1);
    this.thread.form.announce(await this.showStatus(comment));
    return comment.status;
  }

  async follow(id, status) {
    if (this.polled.has(id)) return;
    this.polled.add(id);
    await this.poll(id, status);
    this.polled.delete(id);
  }

  async poll(id, firstStatus) {
    const startedAt = Date.now();
    let status = firstStatus;
    let pause = 150;
    while (["pending", "flagged"].includes(status) && Date.now() - startedAt < POLL_FOR) {
      await wait(status === "flagged" ? 30_000 : pause);
      if (!this.thread.isAlive || !this.tokens.has(id)) return;
      pause = Math.min(pause * 1.5, Date.now() - startedAt < 30_000 ? 2_000 : 15_000);
      status = await this.refresh(id, status).catch(() => status);
    }
  }

  // What cannot be fetched now is kept for the next visit.
  async load() {
    for (const [comment, key] of this.shown.values()) await this.show(comment, key);
    for (const id of [...this.tokens.keys()]) {
      if (!this.thread.isAlive) return;
      if (!this.thread.published.has(id)) await this.loadOne(id).catch(() => undefined);
    }
  }

  async loadOne(id) {
    const comment = await this.fetch(id);
    if (!this.thread.isAlive) return;
    await this.showStatus(comment);
    this.follow(id, comment.status);
  }
}
