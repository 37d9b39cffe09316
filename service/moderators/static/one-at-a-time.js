// One card at a time: the next is fetched in place, and the hold is kept while somebody is there.

import { showHistory } from "./author-history.js";
import { answerWhy, askWhy, beginNote, closeAll, REASONS } from "./card-actions.js";
import { addressOf, fetchPage, UNKNOWN } from "./requests.js";
import { hintKeys, onKeys, showKeys } from "./shortcuts.js";
import { announce, offerUndo, undoNewest } from "./toast.js";

const RENEW_EVERY = 20_000;
const ACTIVE_FOR = 60_000; // since the last key, touch or move
let active = Date.now();
let sending = false;

const one = () => document.querySelector("#current-card");
const card = () => document.querySelector("#current-card .card");

function show(page) {
  one().replaceWith(document.adoptNode(page.querySelector("#current-card")));
  hintKeys();
  (card() ?? document.querySelector("#heading")).focus();
  toToast();
}

/// What the page says was done is said as everywhere else, and can be undone as long.
function toToast() {
  const notice = document.querySelector("#notice");
  announce(notice?.querySelector("p").textContent ?? "");
  const undo = notice?.querySelector(".undo");
  if (undo) offerUndo(() => submitOnce(undo));
  notice?.remove();
}

const post = (address, fields) =>
  fetchPage(address, { method: "POST", body: new URLSearchParams(fields) });

async function submit(form, button) {
  const fields = new FormData(form, button);
  const { ok, page } = await post(addressOf(form, button), fields);
  if (ok && page.querySelector("#current-card")) return show(page);
  const problem = page.querySelector("h1")?.textContent ?? UNKNOWN;
  // Decided by somebody else, say: the page of the next card is asked for, and says nothing of it.
  const next = await fetchPage(location.pathname + location.search);
  if (next.page.querySelector("#current-card")) show(next.page);
  announce(problem);
}

async function onSubmit(event) {
  if (!event.target.closest("#current-card") || event.target.querySelector("#card-mode")) return;
  event.preventDefault();
  await submitOnce(event.target, event.submitter);
}

async function submitOnce(form, button) {
  if (sending) return;
  sending = true;
  await submit(form, button).catch(() => announce(UNKNOWN));
  sending = false;
}

async function renew() {
  const address = one().dataset.renewUrl;
  if (!address || document.hidden || Date.now() - active > ACTIVE_FOR) return;
  const form_token = document.querySelector("[name=form_token]").value;
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ form_token }),
    headers: { Accept: "application/json" },
  });
  if (!response.ok) announce(`No longer yours: ${(await response.json()).detail}.`);
}

const press = (name) => () => document.querySelector(`#current-card ${name}`)?.click();
const withCard = (action) => () => card() && action(card());

document.addEventListener("submit", onSubmit);
for (const name of ["keydown", "pointerdown", "pointermove", "scroll"])
  document.addEventListener(name, () => (active = Date.now()), { passive: true });
setInterval(() => renew().catch(() => undefined), RENEW_EVERY);
onKeys({
  j: press(".next-card-form button"),
  f: press(".approve"),
  d: withCard(askWhy),
  s: press(".skip"),
  u: undoNewest,
  n: withCard(beginNote),
  h: withCard(showHistory),
  z: press("#card-mode"),
  "/": () => location.assign(document.querySelector(".main-nav a[href$='/comments']").href),
  "?": showKeys,
  Escape: () => closeAll(card()),
  ...Object.fromEntries([...REASONS].map((key) => [key, () => answerWhy(card(), key)])),
});
card()?.focus();
toToast();
