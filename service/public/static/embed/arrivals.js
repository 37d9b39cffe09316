// New comments: offered while the reader reads, and shown when the reader says so.

import { showAround } from "./around.js";
import { button, replaceContent } from "./elements.js";

export class Arrivals {
  constructor(thread) {
    this.thread = thread;
    this.comments = new Map(); // that are offered, by id
    this.known = null; // ids of what was there before
    this.offer = button("button", "", () => this.show());
  }

  // A comment that a moderator publishes late is older than others that were there before.
  isNew({ id, erased, submitted_at }) {
    const { published, tokens, latest } = this.thread;
    if (erased || published.has(id) || tokens.has(id)) return false;
    return this.known ? !this.known.has(id) : !(submitted_at <= latest);
  }

  async look() {
    const part = await this.thread.server.read("comments", { order: "newest" }).catch(() => null);
    if (!part || !this.thread.isAlive) return;
    for (const comment of part.comments) {
      if (this.isNew(comment)) this.comments.set(comment.id, comment);
    }
    this.known = new Set([...(this.known || []), ...part.comments.map(({ id }) => id)]);
    this.count = part.count;
    this.thread.setClosed?.(part.closed);
    this.update();
  }

  update() {
    const count = this.comments.size;
    this.offer.textContent = this.thread.words.say("fresh", { count });
    replaceContent(this.thread.offers, ...(count ? [this.offer] : []));
  }

  async show() {
    const comments = [...this.comments.values()].reverse();
    this.comments.clear();
    this.update();
    this.thread.setCount(this.count);
    for (const { parent } of comments) await showAround(this.thread, parent);
    const bodies = comments.flatMap((comment) => this.thread.published.show(comment));
    bodies[0]?.focus();
  }
}
