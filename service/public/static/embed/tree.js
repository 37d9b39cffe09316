// Where each comment stands: below the one that it answers, and deeper ones side by side.

import { node } from "./elements.js";

const COMPARISONS = {
  oldest: (first, second) => first.at - second.at,
  newest: (first, second) => second.at - first.at,
  replies: (first, second) => second.answers - first.answers || second.at - first.at,
};

function replaceBody(old, body) {
  const isFocused = old.contains(old.getRootNode().activeElement);
  old.replaceWith(body);
  if (isFocused) body.focus();
}

export class Tree {
  // `depth` is how many levels of answers stand one below the other.
  constructor(list, depth) {
    this.list = list;
    this.depth = depth;
    this.isBackwards = false; // what is added now comes from below, to be above others of its time
    this.clear("oldest");
  }

  clear(order) {
    const compare = COMPARISONS[order];
    // Pinned ones stand as the server orders them.
    this.compare = (first, second) =>
      second.isPinned - first.isPinned || (first.isPinned ? 0 : compare(first, second));
    this.branches = new Map(); // by id; one without a body: the first comment is not public
    this.below = [];
    this.list.textContent = "";
  }

  bodyOf(id) {
    return this.branches.get(id)?.body;
  }

  // Whether a comment will stand straight below the one that it answers.
  isBelowParent({ parent }) {
    const above = this.branches.get(parent);
    return Boolean(above?.body) && above.level < this.depth;
  }

  // `thread` is known of what the server gives as threads: {id, answers}.
  add(comment, body, thread) {
    const { id, submitted_at } = comment;
    let branch = this.branches.get(id);
    if (branch?.body) replaceBody(branch.body, body);
    else {
      const isPut = Boolean(branch);
      branch = branch || this.open(id, Date.parse(submitted_at), thread?.answers);
      branch.isPinned = Boolean(comment.pinned);
      branch.item.prepend(body);
      if (!isPut) this.put(branch, this.aboveOf(comment, thread));
    }
    branch.body = body;
  }

  open(id, at, answers = 0) {
    const branch = { at, answers, isPinned: false, below: [], item: node("li", "item") };
    this.branches.set(id, branch);
    return branch;
  }

  aboveOf({ parent, submitted_at }, thread) {
    const above = this.branches.get(parent);
    if (above || !parent || !thread) return above;
    if (!this.branches.has(thread.id))
      this.put(this.open(thread.id, Date.parse(submitted_at), thread.answers));
    return this.branches.get(thread.id);
  }

  put(branch, above) {
    const host = above?.level === this.depth ? above.host : above;
    const { below } = host || this;
    const isAfter = host ? COMPARISONS.oldest : this.compare;
    const least = this.isBackwards && !host ? -1 : 0;
    let place = below.length;
    while (place && isAfter(below[place - 1], branch) > least) place -= 1;
    const list = host ? this.answersOf(host) : this.list;
    list.insertBefore(branch.item, below[place]?.item || null);
    below.splice(place, 0, branch);
    branch.host = host;
    branch.level = host ? host.level + 1 : 0;
  }

  answersOf(branch) {
    if (!branch.list) branch.list = branch.item.appendChild(node("ol", "answers"));
    return branch.list;
  }
}
