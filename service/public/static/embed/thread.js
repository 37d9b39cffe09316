// The comments of one page in one element.

import { commentItem } from "./comment.js";
import { Device } from "./device.js";
import { button, node, replaceContent } from "./elements.js";
import { Form } from "./form.js";
import { OwnComments } from "./own.js";
import { pageOf } from "./page.js";
import { reportButton } from "./report.js";
import { Server } from "./server.js";
import { addStyles } from "./styles.js";
import { languageOf, loadWords, unmark } from "./words.js";

export class Thread {
  constructor(element, settings) {
    this.element = element;
    this.settings = settings;
    const { page, query } = pageOf(settings);
    this.page = page;
    this.server = new Server(settings.server, {
      site: settings.site,
      page,
      query,
      tag: languageOf(element, settings),
    });
    this.device = new Device(settings.server, settings.site, this.page);
    this.limits = { name: 80, text: 10_000 }; // until the server says the site's own
    this.published = new Map(); // comments by id
    this.count = Number.NaN; // unknown
    this.cursor = null; // id of the last comment shown, if there are more
    this.isAlive = true;
  }

  // What the server is told of the page when a comment is sent: titles may come late.
  about() {
    const { query, title, url } = pageOf(this.settings);
    return { query, title, url };
  }

  async start() {
    const words = loadWords(this.server.tag, this.server, this.settings);
    const part = await this.server.comments().catch((error) => this.explain(error));
    this.words = await words;
    if (!this.isAlive) return;
    // The page's own form stays; a copy of ours, from a cache of pages, is replaced.
    const isOurs = this.element.classList.contains("parley-built");
    if (!part && this.element.childElementCount && !isOurs) return;
    addStyles(this.element);
    this.words.mark(this.element);
    this.build();
    if (part) await this.showFirst(part);
  }

  stop() {
    this.isAlive = false;
    unmark(this.element);
  }

  // For the developer, in the console.
  explain({ response }) {
    const { address, site } = this.server;
    const answer = response
      ? `answered ${response.status}`
      : `cannot be read by ${location.origin}`;
    console.error(
      `Parley: ${address} ${answer}. Is it running, is there a site "${site}" (data-site), and does it allow this origin? "parley site list" shows it.`,
    );
    return null;
  }

  build() {
    const { words } = this;
    this.heading = node("h2", "heading", words.say("comments"));
    this.list = node("ol", "list");
    this.more = button("button", words.say("more"), () => this.showMore());
    this.more.hidden = true;
    const retry = button("plain", words.say("retry"), () => this.retry());
    this.failure = node("p", "wrong", words.say("not_loaded"), " ", retry);
    this.failure.setAttribute("role", "alert");
    const old = [...this.element.querySelectorAll("form")].find(({ elements }) => elements.text);
    const oldIds = this.element.querySelectorAll("[id]");
    for (const before of oldIds) before.removeAttribute("id");
    this.own = new OwnComments(this);
    this.form = new Form(this);
    const focused = this.form.takeOver(old);
    const lists = [this.failure, this.list, this.more, this.own.element];
    replaceContent(this.element, this.heading, ...lists, this.form.element);
    this.element.classList.add("parley", "parley-built");
    focused?.focus();
  }

  async showFirst(part) {
    this.failure.hidden = true;
    this.showPart(part);
    this.limits.text = part.max_text || this.limits.text;
    this.form.name.count();
    this.form.text.count();
    await this.own.load();
  }

  async retry() {
    const part = await this.server.comments().catch((error) => this.explain(error));
    if (!part || !this.isAlive) return;
    await this.showFirst(part);
    this.form.announce(this.words.say("loaded"));
    this.list.firstElementChild?.focus();
  }

  itemOf(comment, ...controls) {
    return commentItem(comment, this.published.get(comment.parent), this.words, ...controls);
  }

  hasMore() {
    return this.cursor !== null;
  }

  addToCount(number) {
    this.count += number;
    if (this.count >= 0) this.heading.textContent = this.words.say("count", { count: this.count });
  }

  showPublished(comment) {
    this.own.remove(comment.id);
    if (this.published.has(comment.id)) return;
    this.published.set(comment.id, comment);
    if (comment.erased) {
      this.list.append(this.itemOf(comment));
      return;
    }
    const reply = button("plain", this.words.say("reply"), () => this.form.replyTo(comment));
    reply.setAttribute("aria-label", this.words.say("reply_to", { name: comment.name }));
    const report = reportButton(this, comment);
    const erase = this.own.eraseControl(comment).flatMap((control) => [" ", control]);
    const item = this.itemOf(comment, reply, " ", report, ...erase);
    if (this.own.tokens.has(comment.id)) item.classList.add("parley-own");
    this.list.append(item);
  }

  showPart(part) {
    this.cursor = part.next;
    part.comments.forEach((comment) => {
      this.showPublished(comment);
    });
    this.more.hidden = !this.hasMore();
    this.count = part.count;
    this.addToCount(0);
  }

  async showMore() {
    const before = this.list.childElementCount;
    try {
      this.showPart(await this.server.comments({ after: this.cursor }));
      this.list.children[before]?.focus();
    } catch {
      this.form.announce(this.words.say("more_failed"));
    }
  }
}
