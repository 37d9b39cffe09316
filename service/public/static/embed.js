// Comments under a page: this script with data-site, and <div id="parley"></div> where they go.
// Whatever a reader or a page gives is set as text, never as markup.
(() => {
  "use strict";

  const script = document.currentScript;
  const { site = "" } = script.dataset;
  const page = script.dataset.page || location.pathname;
  const title = script.dataset.title || document.title;
  const url = location.href.split("#", 1)[0];
  const server = new URL("v1/comments", script.src).href;
  const storageKey = `parley ${server} ${site} ${page}`;

  const KEEP_FOR = 30 * 86_400_000; // milliseconds
  const POLL_FOR = 600_000;
  const STATUSES = {
    pending: ["Being checked…", "Thank you. Your comment is being checked."],
    flagged: [
      "Waiting for a moderator",
      "Your comment waits for a moderator; until then only you see it.",
    ],
    rejected: [
      "Not published",
      "Sorry, your comment does not fit the rules here and was not published.",
    ],
  };
  const REPORT_REASONS = {
    spam: "It is spam",
    abuse: "It insults or threatens",
    "off-topic": "It is off topic",
    illegal: "It is illegal",
    other: "Something else",
  };
  const NOT_SENT = "Your comment could not be sent. Your text is still here: please try again.";
  const NOT_REPORTED = "Your report could not be sent: please try again.";
  const NOT_LOADED = "The comments could not be loaded.";

  // As in plain_text.py: links, and what ends one.
  const ENDS = String.raw`\s\u200c\u200d\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b\u200e-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}<>"\x60{}|\\^\[\]`;
  const ADDRESS = new RegExp(
    `(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://[^!-/:-@${ENDS}][^/?#@${ENDS}]*(?:[/?#][^${ENDS}]*)?`,
    "gu",
  );

  const published = new Map(); // comments by id
  const tokens = new Map(); // id -> [token, sentAt] of the reader's unpublished comments
  const items = new Map(); // id -> list item of such a comment
  const ui = {};
  let count = NaN; // unknown
  let cursor = null; // id of the last comment shown, if there are more
  let parent = null; // id of the comment replied to
  let attempt = null;
  let sending = false;

  function node(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = `parley-${className}`;
    element.append(...children);
    return element;
  }

  function button(className, label, action) {
    const element = node("button", className, label);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  function trimAddress(address) {
    let surplus = address.split(")").length - address.split("(").length;
    let end = address.length;
    while (".,:;!?'".includes(address[end - 1]) || (address[end - 1] === ")" && surplus > 0)) {
      if (address[end - 1] === ")") surplus -= 1;
      end -= 1;
    }
    return address.slice(0, end);
  }

  function linkify(text) {
    const nodes = [];
    let end = 0;
    for (const match of text.matchAll(ADDRESS)) {
      const address = trimAddress(match[0]);
      const link = node("a", "", address);
      link.href = address;
      link.rel = "nofollow ugc noopener noreferrer";
      nodes.push(text.slice(end, match.index), link);
      end = match.index + address.length;
    }
    return [...nodes, text.slice(end)];
  }

  function commentItem({ name, submitted_at, parent: parentId, text }, ...controls) {
    const sentAt = new Date(submitted_at);
    const local = sentAt.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const time = node("time", "time", local);
    time.dateTime = submitted_at;
    const item = node("li", "comment", node("p", "by", node("bdi", "name", name), time));
    item.tabIndex = -1;
    if (parentId) {
      const known = published.get(parentId);
      const author = known ? node("bdi", "name", known.name) : "an earlier comment";
      item.append(node("p", "parent", "in reply to ", author));
    }
    const body = node("div", "text", ...linkify(text));
    body.dir = "auto";
    item.append(body, ...controls);
    return item;
  }

  async function fetchJson(address, options) {
    const response = await fetch(address, { credentials: "omit", cache: "no-cache", ...options });
    if (response.ok) return response.json();
    throw Object.assign(new Error(`Parley: ${response.status}`), { response });
  }

  function post(address, body, headers) {
    const json = { "Content-Type": "application/json", ...headers };
    return fetchJson(address, { method: "POST", headers: json, body });
  }

  function fetchComments(query) {
    return fetchJson(`${server}?${new URLSearchParams({ site, page, ...query })}`);
  }

  function showCount() {
    if (count >= 0) ui.heading.textContent = `${count} ${count === 1 ? "Comment" : "Comments"}`;
  }

  function showPublished(comment) {
    if (published.has(comment.id)) return;
    published.set(comment.id, comment);
    const reply = button("plain", "Reply", () => replyTo(comment));
    reply.setAttribute("aria-label", `Reply to ${comment.name}`);
    ui.list.append(commentItem(comment, reply, " ", reportButton(comment)));
  }

  function showPart(part) {
    ({ count, next: cursor } = part);
    part.comments.forEach(showPublished);
    ui.more.hidden = !cursor;
    showCount();
  }

  async function showMore() {
    const before = ui.list.childElementCount;
    try {
      showPart(await fetchComments({ after: cursor }));
      ui.list.children[before]?.focus();
    } catch {
      announce(NOT_LOADED);
    }
  }

  function reportButton(comment) {
    const opener = button("plain", "Report", () => {
      const isOpen = opener.getAttribute("aria-expanded") === "true";
      opener.setAttribute("aria-expanded", !isOpen);
      if (isOpen) return opener.nextElementSibling.remove();
      const form = reportForm(comment, opener);
      opener.after(form);
      form.elements.reason.focus();
    });
    opener.setAttribute("aria-label", `Report the comment of ${comment.name}`);
    opener.setAttribute("aria-expanded", false);
    return opener;
  }

  function reportForm(comment, opener) {
    const reason = node("select");
    reason.name = "reason";
    reason.append(
      ...Object.entries(REPORT_REASONS).map(([value, label]) => new Option(label, value)),
    );
    const text = node("input");
    text.name = "text";
    text.maxLength = 1000;
    text.dir = "auto";
    const fields = [
      node("div", "field", node("label", "", "What is wrong with it?", reason)),
      node("div", "field", node("label", "", "Details (optional)", text)),
    ];
    const error = node("p", "wrong");
    error.setAttribute("role", "alert");
    const form = node("form", "report", ...fields, error, node("button", "button", "Send report"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = JSON.stringify({ reason: reason.value, text: text.value.trim() || null });
      try {
        await post(`${server}/${encodeURIComponent(comment.id)}/reports`, body);
        const thanks = node("p", "state", "Thank you: moderators will look at it.");
        thanks.tabIndex = -1;
        opener.remove();
        form.replaceWith(thanks);
        thanks.focus();
      } catch ({ response }) {
        error.textContent = asSentence((await problemOf(response)).detail, NOT_REPORTED);
      }
    });
    return form;
  }

  function saveOwn() {
    try {
      localStorage.setItem(storageKey, JSON.stringify([...tokens]));
    } catch {
      // Storage is refused: known until the page is left.
    }
  }

  function loadOwn() {
    try {
      for (const [id, [token, sentAt]] of JSON.parse(localStorage.getItem(storageKey) ?? "[]")) {
        if (Date.now() - sentAt < KEEP_FOR) tokens.set(String(id), [String(token), sentAt]);
      }
    } catch {
      // Refused, or not what we stored.
    }
  }

  function forgetOwn(id) {
    tokens.delete(id);
    saveOwn();
  }

  function fetchOwn(id) {
    const headers = { "Parley-Author-Token": tokens.get(id)[0] };
    return fetchJson(`${server}/${encodeURIComponent(id)}`, { headers }).catch((error) => {
      if (error.response?.status !== 404) throw error;
      return { id, status: "deleted" };
    });
  }

  function showUnpublished(comment) {
    const [label, sentence] = STATUSES[comment.status];
    const item = commentItem(comment, node("p", "state", label));
    item.classList.add("parley-own");
    if (items.has(comment.id)) items.get(comment.id).replaceWith(item);
    else ui.own.append(item);
    items.set(comment.id, item);
    return sentence;
  }

  // Shows the author's own comment by its status; returns the sentence that says it.
  function showStatus(comment) {
    const { id, status } = comment;
    if (["approved", "rejected", "deleted"].includes(status)) forgetOwn(id);
    if (status in STATUSES) return showUnpublished(comment);
    items.get(id)?.remove();
    if (status !== "approved" || published.has(id)) return "";
    showPublished(comment);
    count += 1;
    showCount();
    return "Your comment is published.";
  }

  async function wait(milliseconds) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    while (document.hidden) {
      await new Promise((resolve) =>
        document.addEventListener("visibilitychange", resolve, { once: true }),
      );
    }
  }

  async function refresh(id, status) {
    const comment = await fetchOwn(id);
    if (comment.status !== status) announce(showStatus(comment));
    return comment.status;
  }

  async function poll(id, firstStatus) {
    const startedAt = Date.now();
    let status = firstStatus;
    let pause = 150;
    while (tokens.has(id) && Date.now() - startedAt < POLL_FOR) {
      await wait(status === "flagged" ? 30_000 : pause);
      pause = Math.min(pause * 1.5, Date.now() - startedAt < 30_000 ? 2_000 : 15_000);
      status = await refresh(id, status).catch(() => status);
    }
  }

  async function showOwn(id) {
    const comment = await fetchOwn(id);
    // Approved meanwhile: listed or not loaded yet, but counted.
    if (comment.status === "approved") forgetOwn(id);
    else showStatus(comment);
    poll(id, comment.status);
  }

  function announce(sentence) {
    ui.status.textContent = sentence;
  }

  function replyTo(comment) {
    parent = comment?.id ?? null;
    ui.reply.hidden = !comment;
    ui.replyName.textContent = comment?.name ?? "";
    ui.text.input.focus();
  }

  function showError(sentence, key) {
    announce("");
    const field = ["name", "text"].includes(key) ? ui[key] : null;
    (field?.error ?? ui.error).textContent = sentence;
    field?.input.setAttribute("aria-invalid", "true");
    field?.input.focus();
  }

  function clearErrors() {
    for (const { input, error } of [ui.name, ui.text]) {
      input.removeAttribute("aria-invalid");
      error.textContent = "";
    }
    ui.error.textContent = "";
  }

  const problemOf = async (response) => (await response?.json().catch(() => null)) ?? {};
  const asSentence = (detail, fallback) =>
    detail ? `${detail[0].toUpperCase()}${detail.slice(1)}.` : fallback;

  async function send() {
    const draft = { name: ui.name.input.value, text: ui.text.input.value, parent };
    const body = JSON.stringify({ site, page, url, title, ...draft });
    // Sent again after a lost answer it keeps its key: stored once.
    if (attempt?.body !== body)
      attempt = { body, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    const { id, status, author_token } = await post(server, body, {
      "Idempotency-Key": attempt.key,
    });
    attempt = null;
    if (ui.text.input.value === draft.text) ui.text.input.value = "";
    parent = null;
    ui.reply.hidden = true;
    tokens.set(id, [author_token, Date.now()]);
    saveOwn();
    announce(showStatus({ ...draft, id, status, submitted_at: new Date().toISOString() }));
    poll(id, status);
  }

  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearErrors();
    announce("Sending…");
    try {
      await send();
    } catch ({ response }) {
      const { detail, field } = await problemOf(response);
      showError(asSentence(detail, NOT_SENT), field);
    }
    sending = false;
  }

  function formField(key, label, input) {
    const error = node("p", "wrong");
    const caption = node("label", "", label);
    input.name = key;
    input.id = caption.htmlFor = `parley-${key}`;
    input.required = true;
    input.dir = "auto";
    error.id = `parley-${key}-wrong`;
    input.setAttribute("aria-describedby", error.id);
    ui[key] = { input, error };
    return node("div", "field", caption, input, error);
  }

  function buildForm() {
    const name = node("input");
    name.autocomplete = "nickname";
    const text = node("textarea");
    text.rows = 6;
    ui.replyName = node("bdi", "name");
    const cancel = button("plain", "Cancel reply", () => replyTo(null));
    ui.reply = node("p", "reply", "In reply to ", ui.replyName, " ", cancel);
    ui.reply.hidden = true;
    ui.error = node("p", "wrong");
    ui.error.setAttribute("role", "alert");
    ui.status = node("p", "status");
    ui.status.setAttribute("role", "status");
    const fields = [formField("name", "Name", name), formField("text", "Comment Text", text)];
    ui.post = node("button", "button", "Post comment");
    const form = node("form", "form", ui.reply, ...fields, ui.error, ui.post, ui.status);
    form.addEventListener("submit", submit);
    return form;
  }

  function build(element) {
    ui.heading = node("h2", "heading", "Comments");
    ui.list = node("ol", "list");
    ui.more = button("button", "Show more", showMore);
    ui.more.hidden = true;
    ui.own = node("ol", "list");
    const form = buildForm();
    // The reader may be typing in the form, or be on its button.
    const controls = [
      [ui.name.input, element.querySelector('form [name="name"]')],
      [ui.text.input, element.querySelector('form [name="text"]')],
      [ui.post, element.querySelector("form button")],
    ];
    for (const [control, old] of controls) control.value = old?.value ?? "";
    const focused = controls.find(([, old]) => old && old === document.activeElement)?.[0];
    element.replaceChildren(ui.heading, ui.list, ui.more, ui.own, form);
    element.classList.add("parley");
    focused?.focus();
  }

  async function start() {
    const element = document.getElementById("parley");
    if (!element || element.dataset.parley) return;
    element.dataset.parley = "started";
    const part = await fetchComments().catch(() => null);
    if (!part && element.childElementCount) return; // the page's own form stays
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("embed.css");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    build(element);
    if (part) showPart(part);
    else ui.list.before(node("p", "wrong", NOT_LOADED));
    loadOwn();
    // What cannot be fetched now is kept for the next visit.
    for (const id of [...tokens.keys()]) await showOwn(id).catch(() => undefined);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
