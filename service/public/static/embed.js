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
  const shelf = `parley ${server} ${site} ${page}`;

  const KEPT_FOR = 30 * 86_400_000; // milliseconds
  const WATCHED_FOR = 600_000;
  const STATES = {
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
  const REASONS = {
    spam: "It is spam",
    abuse: "It insults or threatens",
    "off-topic": "It is off topic",
    illegal: "It is illegal",
    other: "Something else",
  };
  const UNSENT = "Your comment could not be sent. Your text is still here: please try again.";
  const UNREPORTED = "Your report could not be sent: please try again.";
  const UNREAD = "The comments could not be loaded.";

  // As in plain_text.py: an address that becomes a link, and the characters that end one.
  const ENDS = String.raw`\s\x00-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff<>"\x60{}|\\^\[\]`;
  const ADDRESS = new RegExp(
    `(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://[^!-/:-@${ENDS}][^/?#@${ENDS}]*(?:[/?#][^${ENDS}]*)?`,
    "g",
  );

  const shown = new Map(); // public comments by id
  const own = new Map(); // id -> [token, since] of the reader's comments that are not public
  const items = new Map(); // id -> the node of such a comment
  const ui = {};
  let count = NaN; // unknown
  let next = null;
  let parent = null;
  let attempt = null;
  let sending = false;

  function node(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = `parley-${className}`;
    made.append(...children);
    return made;
  }

  function button(className, label, action) {
    const made = node("button", className, label);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  // ---- A comment

  function withoutClosing(address) {
    let surplus = address.split(")").length - address.split("(").length;
    let end = address.length;
    while (".,:;!?'".includes(address[end - 1]) || (address[end - 1] === ")" && surplus > 0)) {
      if (address[end - 1] === ")") surplus -= 1;
      end -= 1;
    }
    return address.slice(0, end);
  }

  function linked(text) {
    const pieces = [];
    let start = 0;
    for (const found of text.matchAll(ADDRESS)) {
      const address = withoutClosing(found[0]);
      const link = node("a", "", address);
      link.href = address;
      link.rel = "nofollow ugc noopener noreferrer";
      pieces.push(text.slice(start, found.index), link);
      start = found.index + address.length;
    }
    return [...pieces, text.slice(start)];
  }

  function commentNode({ name, submitted_at, parent, text }, ...more) {
    const when = new Date(submitted_at).toLocaleString([], {
      dateStyle: "medium",
      timeStyle: "short",
    });
    const time = node("time", "time", when);
    time.dateTime = submitted_at;
    const item = node("li", "comment", node("p", "by", node("bdi", "name", name), time));
    item.tabIndex = -1;
    if (parent) {
      const to = shown.get(parent);
      item.append(
        node(
          "p",
          "parent",
          "in reply to ",
          to ? node("bdi", "name", to.name) : "an earlier comment",
        ),
      );
    }
    const body = node("div", "text", ...linked(text));
    body.dir = "auto";
    item.append(body, ...more);
    return item;
  }

  // ---- What is public

  async function ask(address, options) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache", ...options });
    if (answer.ok) return answer.json();
    throw Object.assign(new Error(`Parley: ${answer.status}`), { answer });
  }

  function read(query) {
    return ask(`${server}?${new URLSearchParams({ site, page, ...query })}`);
  }

  function showCount() {
    if (count >= 0) ui.heading.textContent = `${count} ${count === 1 ? "Comment" : "Comments"}`;
  }

  function showPublic(comment) {
    if (shown.has(comment.id)) return;
    shown.set(comment.id, comment);
    const reply = button("plain", "Reply", () => replyTo(comment));
    reply.setAttribute("aria-label", `Reply to ${comment.name}`);
    ui.list.append(commentNode(comment, reply, " ", reportButton(comment)));
  }

  function showPart(part) {
    ({ count, next } = part);
    part.comments.forEach(showPublic);
    ui.more.hidden = !next;
    showCount();
  }

  async function showMore() {
    const before = ui.list.childElementCount;
    try {
      showPart(await read({ after: next }));
      ui.list.children[before]?.focus();
    } catch {
      say(UNREAD);
    }
  }

  // ---- A report to the moderators

  function reportButton(comment) {
    const opener = button("plain", "Report", () => {
      const open = opener.getAttribute("aria-expanded") === "true";
      opener.setAttribute("aria-expanded", !open);
      if (open) return opener.nextElementSibling.remove();
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
    reason.append(...Object.entries(REASONS).map(([value, label]) => new Option(label, value)));
    const text = node("input");
    text.name = "text";
    text.maxLength = 1000;
    text.dir = "auto";
    const fields = [
      ["What is wrong with it?", reason],
      ["In your words, if you like", text],
    ];
    const wrong = node("p", "wrong");
    wrong.setAttribute("role", "alert");
    const labels = fields.map(([label, input]) =>
      node("div", "field", node("label", "", label, input)),
    );
    const form = node("form", "report", ...labels, wrong, node("button", "button", "Send report"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = JSON.stringify({ reason: reason.value, text: text.value.trim() || null });
      const headers = { "Content-Type": "application/json" };
      try {
        await ask(`${server}/${encodeURIComponent(comment.id)}/reports`, {
          method: "POST",
          headers,
          body,
        });
        const thanks = node("p", "state", "Thank you: moderators will look at it.");
        thanks.tabIndex = -1;
        opener.remove();
        form.replaceWith(thanks);
        thanks.focus();
      } catch ({ answer }) {
        wrong.textContent = asSentence((await said(answer)).detail, UNREPORTED);
      }
    });
    return form;
  }

  // ---- What only its author sees yet

  function remember() {
    try {
      localStorage.setItem(shelf, JSON.stringify([...own]));
    } catch {
      // Storage is refused: known until the page is left.
    }
  }

  function recall() {
    try {
      for (const [id, [token, since]] of JSON.parse(localStorage.getItem(shelf) ?? "[]")) {
        if (Date.now() - since < KEPT_FOR) own.set(String(id), [String(token), since]);
      }
    } catch {
      // Refused, or not what we stored.
    }
  }

  function forget(id) {
    own.delete(id);
    remember();
  }

  async function askOwn(id) {
    const headers = { "Parley-Author-Token": own.get(id)[0] };
    try {
      return await ask(`${server}/${encodeURIComponent(id)}`, { headers });
    } catch (error) {
      if (error.answer?.status !== 404) throw error;
      return { id, status: "deleted" };
    }
  }

  function showOwn(comment) {
    const [state, sentence] = STATES[comment.status] ?? STATES.pending;
    const item = commentNode(comment, node("p", "state", state));
    item.classList.add("parley-own");
    if (items.has(comment.id)) items.get(comment.id).replaceWith(item);
    else ui.own.append(item);
    items.set(comment.id, item);
    return sentence;
  }

  // Shows what became of an own comment; returns the sentence that says so.
  function settle(comment) {
    const { id, status } = comment;
    if (["approved", "rejected", "deleted"].includes(status)) forget(id);
    if (["pending", "flagged", "rejected"].includes(status)) return showOwn(comment);
    items.get(id)?.remove();
    if (status !== "approved" || shown.has(id)) return "";
    showPublic(comment);
    count += 1;
    showCount();
    return "Your comment is published.";
  }

  async function wait(milliseconds) {
    await new Promise((go) => setTimeout(go, milliseconds));
    while (document.hidden) {
      await new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
    }
  }

  async function watch(id, status) {
    const since = Date.now();
    let pause = 150;
    while (own.has(id) && Date.now() - since < WATCHED_FOR) {
      await wait(status === "flagged" ? 30_000 : pause);
      pause = Math.min(pause * 1.5, Date.now() - since < 30_000 ? 2_000 : 15_000);
      try {
        const comment = await askOwn(id);
        if (comment.status !== status) say(settle(comment));
        status = comment.status;
      } catch {
        // Asked again later.
      }
    }
  }

  async function showKept() {
    for (const id of [...own.keys()]) {
      try {
        const comment = await askOwn(id);
        // Approved meanwhile: it is in the list, or on a part of it not shown yet, and counted.
        if (comment.status === "approved") forget(id);
        else settle(comment);
        watch(id, comment.status);
      } catch {
        // Kept for the next visit.
      }
    }
  }

  // ---- The form

  function say(sentence) {
    ui.status.textContent = sentence;
  }

  function replyTo(comment) {
    parent = comment?.id ?? null;
    ui.reply.hidden = !comment;
    ui.replyName.textContent = comment?.name ?? "";
    ui.text.input.focus();
  }

  function problem(sentence, key) {
    say("");
    const at = ["name", "text"].includes(key) ? ui[key] : null;
    (at?.wrong ?? ui.wrong).textContent = sentence;
    at?.input.setAttribute("aria-invalid", "true");
    at?.input.focus();
  }

  function clearProblems() {
    for (const { input, wrong } of [ui.name, ui.text]) {
      input.removeAttribute("aria-invalid");
      wrong.textContent = "";
    }
    ui.wrong.textContent = "";
  }

  const said = async (answer) => (await answer?.json().catch(() => null)) ?? {};
  const asSentence = (detail, otherwise) =>
    detail ? `${detail[0].toUpperCase()}${detail.slice(1)}.` : otherwise;

  async function explain({ answer }) {
    const { detail, field } = await said(answer);
    problem(asSentence(detail, UNSENT), field);
  }

  function randomKey() {
    if (crypto.randomUUID) return crypto.randomUUID(); // not on pages that came by plain http
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join(
      "-",
    );
  }

  async function send() {
    const written = { name: ui.name.input.value, text: ui.text.input.value, parent };
    const body = JSON.stringify({ site, page, url, title, ...written });
    // The same text sent again after a lost answer keeps its key: it is stored once.
    if (attempt?.body !== body) attempt = { body, key: randomKey() };
    const headers = { "Content-Type": "application/json", "Idempotency-Key": attempt.key };
    const { id, status, author_token } = await ask(server, { method: "POST", headers, body });
    attempt = null;
    if (ui.text.input.value === written.text) ui.text.input.value = "";
    parent = null;
    ui.reply.hidden = true;
    own.set(id, [author_token, Date.now()]);
    remember();
    say(settle({ ...written, id, status, submitted_at: new Date().toISOString() }));
    watch(id, status);
  }

  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearProblems();
    say("Sending…");
    await send().catch(explain);
    sending = false;
  }

  function field(key, label, input) {
    const wrong = node("p", "wrong");
    const caption = node("label", "", label);
    input.name = key;
    input.id = caption.htmlFor = `parley-${key}`;
    input.required = true;
    input.dir = "auto";
    wrong.id = `parley-${key}-wrong`;
    input.setAttribute("aria-describedby", wrong.id);
    ui[key] = { input, wrong };
    return node("div", "field", caption, input, wrong);
  }

  function buildForm() {
    const name = node("input");
    name.autocomplete = "nickname";
    const text = node("textarea");
    text.rows = 6;
    ui.replyName = node("bdi", "name");
    ui.reply = node(
      "p",
      "reply",
      "In reply to ",
      ui.replyName,
      " ",
      button("plain", "Cancel reply", () => replyTo(null)),
    );
    ui.reply.hidden = true;
    ui.wrong = node("p", "wrong");
    ui.wrong.setAttribute("role", "alert");
    ui.status = node("p", "status");
    ui.status.setAttribute("role", "status");
    const fields = [field("name", "Name", name), field("text", "Comment Text", text)];
    ui.post = node("button", "button", "Post comment");
    const form = node("form", "form", ui.reply, ...fields, ui.wrong, ui.post, ui.status);
    form.addEventListener("submit", submit);
    return form;
  }

  // ---- The whole

  function build(element) {
    ui.heading = node("h2", "heading", "Comments");
    ui.list = node("ol", "list");
    ui.more = button("button", "Show more", showMore);
    ui.more.hidden = true;
    ui.own = node("ol", "list");
    const parts = [ui.heading, ui.list, ui.more, ui.own, buildForm()];
    // A reader may have begun to write into the form that the page came with, or be on its button.
    const begun = ["name", "text"].map((key) => [
      ui[key].input,
      element.querySelector(`form [name="${key}"]`),
    ]);
    for (const [input, before] of begun) input.value = before?.value ?? "";
    const taken = [...begun, [ui.post, element.querySelector("form button")]];
    const focused = taken.find(([, before]) => before && before === document.activeElement)?.[0];
    element.replaceChildren(...parts);
    element.classList.add("parley");
    focused?.focus();
  }

  async function start() {
    const element = document.getElementById("parley");
    if (!element || element.dataset.parley) return;
    element.dataset.parley = "taken";
    const first = await read().catch(() => null);
    if (!first && element.childElementCount) return; // what the page came with is the best there is
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("embed.css");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    build(element);
    if (first) showPart(first);
    else ui.list.before(node("p", "wrong", UNREAD));
    recall();
    showKept();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
