// The published comments that are shown, each in its place.

import { commentBody, parentLine } from "./comment.js";
import { button, node } from "./elements.js";
import { loadRest } from "./rest.js";
import { Tree } from "./tree.js";

export class Published {
  constructor(thread) {
    this.thread = thread;
    this.words = thread.words;
    this.element = node("ol", "list");
    this.tree = new Tree(this.element, Number(thread.settings.depth));
    this.clear();
  }

  clear() {
    this.tree.clear(this.thread.order);
    this.comments = new Map(); // by id
    this.answers = new Map(); // how many are shown, by thread
  }

  has(id) {
    return this.comments.has(id);
  }

  bodyOf(comment, href, ...controls) {
    const { parent } = comment;
    const line =
      parent &&
      !this.tree.isBelowParent(comment) &&
      parentLine(this.comments.get(parent), this.words);
    return commentBody(comment, this.words, { parent: line, href }, ...controls);
  }

  // The bodies of the comments that are new here, of threads as the server gives them.
  showThreads(threads) {
    return threads.flatMap((thread) => this.showThread(thread));
  }

  // A comment is shown after the one that it answers, whatever their times say.
  showThread(thread) {
    const waiting = new Map(thread.comments.map((comment) => [comment.id, comment]));
    const show = (comment) => {
      if (!waiting.delete(comment?.id)) return [];
      return [...show(waiting.get(comment.parent)), ...this.show(comment, thread)];
    };
    const bodies = thread.comments.flatMap(show);
    this.offerAnswers(thread);
    return bodies;
  }

  show(comment, thread) {
    const { id, parent, erased } = comment;
    if (this.has(id)) return [];
    this.comments.set(id, comment);
    if (thread && parent && !erased)
      this.answers.set(thread.id, 1 + (this.answers.get(thread.id) || 0));
    const href = `${location.href.split("#")[0]}#parley-${id}`;
    const body = this.bodyOf(comment, href, ...this.controlsOf(comment));
    body.id = `parley-${id}`;
    this.tree.add(comment, body, thread);
    if (this.thread.tokens.has(id)) body.classList.add("parley-own");
    this.thread.own?.adopt(comment, body);
    return [body];
  }

  controlsOf(comment) {
    const { words, thread } = this;
    const { id, name } = comment;
    const reply = button("plain parley-sends", words.say("reply"), () =>
      thread.form.replyTo(comment),
    );
    reply.setAttribute("aria-label", words.say("reply_to", { name }));
    if (this.thread.tokens.has(id)) return [reply]; // nobody reports a comment of their own
    const report = button("plain", words.say("report"), async () => {
      const rest = await loadRest(thread);
      if (rest) rest.openReport(thread, comment, report);
      else thread.form.announce(words.say("report_failed"));
    });
    report.setAttribute("aria-label", words.say("report_of", { name }));
    report.setAttribute("aria-expanded", false);
    return [reply, " ", report];
  }

  offerAnswers({ id, answers, next, cut }) {
    const { item } = this.tree.branches.get(id);
    const count = answers - (this.answers.get(id) || 0);
    item.querySelector(".parley-rest")?.remove();
    if (!(next || cut) || count < 1) return;
    const part = { thread: id, after: cut ? id : next, answers: 100 };
    const more = button("plain", this.words.say("replies_more", { count }), () =>
      this.thread.load(part),
    );
    more.classList.add("parley-rest");
    item.append(more);
  }
}
