// The reader's own comments: waiting ones are followed, published ones are never out of sight.

import { node } from "./elements.js";
import { eraseButton } from "./erase.js";

const POLL_FOR = 600_000; // milliseconds
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
    this.tokens = thread.device.tokens(); // id -> [token, sentAt]
    this.items = new Map(); // id -> list item of what is not in the list itself
    this.element = node("ol", "list");
  }

  add({ id, status, author_token }, draft) {
    this.tokens.set(id, [author_token, Date.now()]);
    this.thread.device.keepTokens(this.tokens);
    const comment = { ...draft, id, status, submitted_at: new Date().toISOString() };
    this.thread.form.announce(this.showStatus(comment));
    this.poll(id, status);
  }

  forget(id) {
    this.tokens.delete(id);
    this.thread.device.keepTokens(this.tokens);
  }

  remove(id) {
    this.items.get(id)?.remove();
    this.items.delete(id);
  }

  // Of a comment to which there is still a key; an empty list for all others.
  eraseControl(comment) {
    if (!this.tokens.has(comment.id)) return [];
    const erase = () => this.thread.server.erase(comment.id, this.tokens.get(comment.id)[0]);
    return [eraseButton(comment, this.words, erase, (item) => this.showErased(comment, item))];
  }

  // Whoever erased it is told so in its place, until the page is loaded again.
  showErased({ id }, item) {
    this.forget(id);
    if (this.thread.published.has(id)) this.thread.addToCount(-1);
    const line = node("p", "state", this.words.say("erase_done"));
    line.tabIndex = -1;
    item.replaceChildren(line);
    line.focus();
  }

  show(comment, key) {
    const controls = this.eraseControl(comment);
    const item = this.thread.itemOf(comment, node("p", "state", this.words.say(key)), ...controls);
    item.classList.add("parley-own");
    if (this.items.has(comment.id)) this.items.get(comment.id).replaceWith(item);
    else this.element.append(item);
    this.items.set(comment.id, item);
  }

  // Shows the author's own comment by its status; returns the sentence that says it.
  showStatus(comment) {
    const { id, status } = comment;
    if (["rejected", "erased", "unknown"].includes(status)) this.forget(id);
    if (status in STATUSES) {
      const [label, sentence] = STATUSES[status];
      this.show(comment, label);
      return this.words.say(sentence);
    }
    if (status !== "approved" || this.thread.published.has(id)) {
      this.remove(id);
      return "";
    }
    this.showPublished(comment);
    return this.words.say("published");
  }

  // At the end of the list if all of it is here, else below what is still to be loaded.
  showPublished(comment) {
    if (this.thread.hasMore()) this.show(comment, "further_down");
    else this.thread.showPublished(comment);
  }

  fetch(id) {
    return this.thread.server.own(id, this.tokens.get(id)[0]);
  }

  async refresh(id, status) {
    const comment = await this.fetch(id);
    if (comment.status === status || !this.thread.isAlive) return comment.status;
    if (comment.status === "approved" && !this.thread.published.has(id)) this.thread.addToCount(1);
    this.thread.form.announce(this.showStatus(comment));
    return comment.status;
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
    for (const id of [...this.tokens.keys()]) {
      if (!this.thread.isAlive) return;
      if (!this.thread.published.has(id)) await this.loadOne(id).catch(() => undefined);
    }
  }

  async loadOne(id) {
    const comment = await this.fetch(id);
    if (!this.thread.isAlive) return;
    this.showStatus(comment);
    this.poll(id, comment.status);
  }
}
