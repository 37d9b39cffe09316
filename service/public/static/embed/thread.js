// The comments of one page in one element.

import { complain } from "./complaints.js";
import { Device } from "./device.js";
import { alertLine, button, node, replaceContent } from "./elements.js";
import { Form } from "./form.js";
import { pageOf } from "./page.js";
import { Published } from "./published.js";
import { loadRest } from "./rest.js";
import { Server } from "./server.js";
import { ORDERS } from "./settings.js";
import { addStyles } from "./styles.js";
import { languageOf, loadWords, unmark } from "./words.js";

const LOOK_EVERY = 60_000; // milliseconds

// The comment that the address of the page leads to.
const linkedId = () => location.hash.match(/^#parley-([\w-]{9,32})$/)?.[1];

// Where the reader is: pages may be named by the address or by the website.
export const addressOf = ({ page }) => page + location.pathname + location.search;

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
    this.order = settings.order;
    this.isAlive = true;
    this.address = addressOf(settings);
    this.follow = () => this.followLink();
    this.comeBack = ({ persisted }) => persisted && this.look(); // the page may be old
  }

  // What the server is told of the page when a comment is sent: titles may come late.
  about() {
    const { query, title, url } = pageOf(this.settings);
    return { query, title, url };
  }

  // What is asked for at once is shown when `when` is fulfilled.
  async start(when) {
    const asked = this.ask({ at: linkedId() }).catch((error) => this.explain(error));
    this.tokens = this.device.tokens(); // id -> [token, sentAt] of the reader's own comments
    this.words = await loadWords(this.server.tag, this.server, this.settings);
    const part = await asked;
    await when;
    if (!this.isAlive) return;
    this.element.dataset.parley = "started";
    // The page's own form stays; a copy of ours, from a cache of pages, is replaced.
    const isOurs = this.element.classList.contains("parley-built");
    if (!part && this.element.childElementCount && !isOurs) return;
    addStyles(this.element);
    this.build();
    addEventListener("hashchange", this.follow);
    addEventListener("pageshow", this.comeBack);
    if (part) await this.showFirst(part);
  }

  stop() {
    this.isAlive = false;
    clearInterval(this.timer);
    removeEventListener("hashchange", this.follow);
    removeEventListener("pageshow", this.comeBack);
    unmark(this.element);
  }

  // For the developer, in the console.
  explain({ response }) {
    const { address, site } = this.server;
    if (!response) complain(address, "not_read");
    else if (response.status === 404) complain(address, "unknown_site", site);
    else complain(address, "status", address, response.status);
    return null;
  }

  build() {
    const { words } = this;
    this.heading = node("h2", "heading", words.say("comments"));
    this.buildOrders();
    this.published = new Published(this);
    this.offers = node("div", "fresh");
    this.offers.setAttribute("aria-live", "polite");
    this.timer = setInterval(() => document.hidden || this.look(), LOOK_EVERY);
    this.earlier = button("button", words.say("earlier"), () =>
      this.load({ before: this.previous }),
    );
    this.more = button("button", words.say("more"), () => this.load({ after: this.next }));
    this.earlier.hidden = this.more.hidden = true;
    const retry = button("plain", words.say("retry"), () => this.retry());
    this.failure = alertLine();
    this.failure.append(words.say("not_loaded"), " ", retry);
    this.lost = node("p", "state");
    this.closed = node("p", "closed", words.say("problem_closed"));
    this.closed.setAttribute("role", "status");
    this.closed.hidden = true;
    const old = [...this.element.querySelectorAll("form")].find(({ elements }) => elements.text);
    for (const before of this.element.querySelectorAll("[id]")) before.removeAttribute("id");
    this.form = new Form(this);
    const focused = this.form.takeOver(old);
    replaceContent(
      this.element,
      this.heading,
      this.orders,
      this.lost,
      this.failure,
      this.earlier,
      this.published.element,
      this.more,
      this.offers,
      this.closed,
      this.form.element,
    );
    this.mark();
    focused?.focus();
  }

  // Also where htmx took away, after it had put the page in, what the page did not have.
  mark() {
    if (!this.form) return;
    this.words.mark(this.element);
    this.element.classList.add("parley", "parley-built");
    this.element.classList.toggle("parley-is-closed", !this.closed.hidden);
  }

  buildOrders() {
    const { words } = this;
    const select = node("select");
    select.append(...Object.entries(ORDERS).map(([it, key]) => new Option(words.say(key), it)));
    select.value = this.order;
    select.addEventListener("change", () => {
      this.order = select.value;
      this.reload();
    });
    this.orders = node("label", "order", words.say("order"), " ", select);
    this.orders.hidden = true;
  }

  ask(part) {
    return this.server.read("threads", { order: this.order, ...part });
  }

  async showFirst(part) {
    this.failure.hidden = true;
    this.form.goHome(); // from below the comment that is answered
    this.published.clear();
    this.first = part;
    this.latest = part.latest;
    this.setCount(part.count);
    this.setClosed(part.closed);
    this.published.showThreads(part.threads);
    this.turn(part, ["next", "previous"]);
    this.limits.text = part.max_text || this.limits.text;
    this.takesMail = part.reader_mail;
    this.form.name.count();
    this.form.text.count();
    this.form.place();
    this.goTo(linkedId());
    if (this.tokens.size) await (await this.loadOwn())?.load();
  }

  async retry() {
    const part = await this.ask({ at: linkedId() }).catch((error) => this.explain(error));
    if (!part || !this.isAlive) return;
    await this.showFirst(part);
    this.form.announce(this.words.say("loaded"));
    this.element.querySelector(".parley-comment")?.focus();
  }

  async reload(from) {
    const { order } = this;
    const part = await this.ask(from).catch(() => this.failToLoad());
    if (part && this.isAlive && order === this.order) await this.showFirst(part);
  }

  failToLoad() {
    this.form.announce(this.words.say("more_failed"));
  }

  setCount(count) {
    this.count = count;
    this.heading.textContent = this.words.say("count", { count });
    this.orders.hidden = count < 2;
  }

  // A page that takes no comments says so in place of the form; what is begun stays to be copied.
  setClosed(isClosed = false) {
    this.closed.hidden = !isClosed;
    this.form.element.hidden = isClosed && !this.form.text.input.value;
    this.mark();
  }

  // The buttons for what is beyond a part.
  turn(part, directions) {
    for (const direction of directions) this[direction] = part[direction];
    this.more.hidden = !this.next;
    this.earlier.hidden = !this.previous;
  }

  // More threads in one direction, or more answers of one.
  async load(from) {
    const { order } = this;
    const part = await this.ask(from).catch(() => this.failToLoad());
    if (!part || !this.isAlive || order !== this.order) return;
    const { tree } = this.published;
    tree.isBackwards = Boolean(from.before);
    const bodies = this.published.showThreads(from.before ? part.threads.reverse() : part.threads);
    tree.isBackwards = false;
    if (!from.thread) this.turn(part, [from.before ? "previous" : "next"]);
    this.setCount(part.count);
    bodies[0]?.focus();
    if (order === "replies" && from.after && !this.next)
      await (await loadRest(this))?.showRisen(this, part);
  }

  followLink() {
    const id = linkedId();
    if (!id || this.published.has(id)) this.goTo(id);
    else this.reload({ at: id });
  }

  goTo(id) {
    const body = this.published.has(id) && this.published.tree.bodyOf(id);
    const isAlone = document.querySelectorAll(".parley-built").length < 2;
    this.lost.textContent = id && !body && isAlone ? this.words.say("not_there") : "";
    if (!body) return;
    body.scrollIntoView();
    body.focus({ preventScroll: true });
  }

  // For new comments.
  async look() {
    const rest = await loadRest(this);
    if (!rest || !this.isAlive) return;
    this.arrivals = this.arrivals || new rest.Arrivals(this);
    await this.arrivals.look();
  }

  // What follows the reader's own comments; null where it cannot be fetched now.
  async loadOwn() {
    const rest = await loadRest(this);
    if (rest && !this.own && this.isAlive) this.own = new rest.OwnComments(this);
    return this.own || null;
  }

  // Of one that was just sent.
  async addOwn(answer, draft) {
    this.device.keepToken(this.tokens, answer.id, [answer.author_token, Date.now()]);
    const own = await this.loadOwn();
    if (own) await own.add(answer, draft);
    else this.form.announce(this.words.say("pending_long"));
    if (draft.parent) this.published.tree.bodyOf(answer.id)?.focus();
  }
}
