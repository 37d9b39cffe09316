// Keys for lists of comments, and decisions without a new page. Without this file the same forms
// work as they are.

const TIMEOUT = 15_000; // milliseconds
const list = document.querySelector("#cards");
const announcement = document.querySelector("#announcement");
const keys = document.querySelector("#keys");
const words = document.querySelector("#text");
const NAMES = { approved: "approved", rejected: "rejected", flagged: "in the queue" };

const cards = () => [...list.querySelectorAll(".card")];
const chosen = () => document.activeElement?.closest(".card");

function announce(sentence) {
  announcement.textContent = sentence;
}

// Isolated, so that a name written from right to left moves nothing around it.
const nameOn = (card) => `\u2068${card.querySelector("h2").textContent}\u2069`;

function step(by) {
  const all = cards();
  const at = all.indexOf(chosen());
  (at < 0 ? all[0] : all[at + by])?.focus();
}

function show(card, { status, version }) {
  const state = card.querySelector(".state");
  state.className = `state ${status}`;
  state.querySelector(".status").textContent = NAMES[status];
  state.querySelector(".by").textContent = "by you, just now";
  const form = card.querySelector("form");
  form.elements.status.value = status;
  form.elements.version.value = version;
  const hadFocus = form.contains(document.activeElement);
  for (const button of form.querySelectorAll("button")) button.hidden = button.dataset.to === status;
  if (hadFocus) card.focus();
}

async function send(form, button) {
  const response = await fetch(button.formAction, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return response.json();
}

async function decide(card, form, button) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  try {
    const said = await send(form, button);
    if (said.done) show(card, said);
    announce(said.done ? `${nameOn(card)}: ${said.done}` : `Not decided here: ${said.detail}.`);
  } catch {
    announce("The server did not answer, so it is not known whether that was decided: try again.");
  } finally {
    card.ariaBusy = "false";
  }
}

function press(name) {
  const card = chosen();
  if (!card) return announce("No comment is chosen: press j.");
  const button = card.querySelector(`.decide .${name}`);
  if (button && !button.hidden) button.click();
}

function search() {
  if (words) words.focus();
  else location.assign(document.querySelector(".rooms a[href$='/comments']").href);
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  f: () => press("approve"),
  d: () => press("reject"),
  b: () => press("queue"),
  "/": search,
  "?": () => keys.showModal(),
};

function onKey(event) {
  const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys.open;
  if (busy || event.target.closest("input, textarea, select, [contenteditable]")) return;
  // A key held down walks through the list, but decides once.
  if (!Object.hasOwn(ACTIONS, event.key) || (event.repeat && !"jk".includes(event.key))) return;
  event.preventDefault();
  ACTIONS[event.key]();
}

function onSubmit(event) {
  if (!event.target.matches("[data-in-place]")) return;
  event.preventDefault();
  decide(event.target.closest(".card"), event.target, event.submitter);
}

list?.addEventListener("submit", onSubmit);
if (list && keys) {
  document.addEventListener("keydown", onKey);
  const button = document.querySelector("#show-keys");
  button?.addEventListener("click", () => keys.showModal());
  for (const hint of document.querySelectorAll("#show-keys, .decide kbd")) hint.hidden = false;
}
