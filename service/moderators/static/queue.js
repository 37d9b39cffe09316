// Decides without a new page, and by keyboard. Without this file the same forms work as they are.

const TIMEOUT = 15_000; // milliseconds
const queue = document.querySelector("#cards");
const waiting = document.querySelector("#waiting");
const announcement = document.querySelector("#announcement");
const keys = document.querySelector("#keys");

const cards = () => [...queue.querySelectorAll(".card")];
const chosen = () => document.activeElement?.closest(".card");

function announce(sentence) {
  announcement.textContent = sentence;
}

// Isolated, so that a name written from right to left moves nothing around it.
const nameOn = (card) => `\u2068${card.querySelector("h2").textContent}\u2069`;

function choose(card) {
  card?.focus();
}

function step(by) {
  const all = cards();
  const at = all.indexOf(chosen());
  choose(at < 0 ? all[0] : all[at + by]);
}

function count(left) {
  waiting.textContent = left.toLocaleString("en");
  document.title = document.title.replace(/^\S+/, waiting.textContent);
}

function takeAway(card, left) {
  count(left);
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const wasChosen = card.contains(document.activeElement);
  card.remove();
  if (next && wasChosen) choose(next);
  if (cards().length > 0) return;
  if (left > 0) return location.assign(queue.dataset.start);
  document.querySelector("#empty").hidden = false;
  document.querySelector("#heading").focus();
}

const localLeft = () => Math.max(0, Number(waiting.textContent.replaceAll(",", "")) - 1);

async function send(form, button) {
  const response = await fetch(button.formAction, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return { status: response.status, ...(await response.json()) };
}

async function decide(card, form, button) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  try {
    const { status, done, waiting: left, detail } = await send(form, button);
    announce(done ? `${nameOn(card)}: ${done}` : `Not decided here: ${detail}.`);
    // Gone or decided by somebody else: there is nothing left to decide on this card.
    if (done || status === 404 || status === 409) takeAway(card, left ?? localLeft());
  } catch {
    announce("The server did not answer, so it is not known whether that was decided: try again.");
  } finally {
    card.ariaBusy = "false";
  }
}

function press(name) {
  const card = chosen();
  if (card) card.querySelector(`.${name}`).click();
  else announce("No comment is chosen: press j.");
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  f: () => press("approve"),
  d: () => press("reject"),
  "?": () => keys.showModal(),
};

function onKey(event) {
  const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys.open;
  if (busy || event.target.closest("input, textarea, select, [contenteditable]")) return;
  // A key held down walks through the list, but decides once.
  if (!(event.key in ACTIONS) || (event.repeat && !"jk".includes(event.key))) return;
  event.preventDefault();
  ACTIONS[event.key]();
}

function onSubmit(event) {
  const card = event.target.closest(".card");
  if (!card) return;
  event.preventDefault();
  decide(card, event.target, event.submitter);
}

queue.addEventListener("submit", onSubmit);
document.addEventListener("keydown", onKey);
document.querySelector("#show-keys").addEventListener("click", () => keys.showModal());
for (const hint of document.querySelectorAll("#show-keys, .decide kbd")) hint.hidden = false;
