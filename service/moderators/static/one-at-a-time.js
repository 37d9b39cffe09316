// One card at a time: fetches the next card in place, and renews the lease while somebody is there.

import { showHistory } from "./author-history.js";
import { closeMenus, openNote, toggleRejectMenu } from "./card-actions.js";
import { openSearch, reasonActions } from "./card-navigation.js";
import { fetchPage, formAddress, NO_ANSWER } from "./requests.js";
import { listenToKeys, showShortcuts, updateHints } from "./shortcuts.js";
import { announce, offerUndo, undoNewest } from "./toast.js";

const RENEW_EVERY = 20_000; // milliseconds
const PRESENT_FOR = 60_000; // since the last key, touch or move
let lastActivity = Date.now();
let isSending = false;

const container = () => document.querySelector("#current-card");
const currentCard = () => document.querySelector("#current-card .card");

function show(page) {
  container().replaceWith(document.adoptNode(page.querySelector("#current-card")));
  updateHints();
  (currentCard() ?? document.querySelector("#heading")).focus();
  moveNoticeToToast();
}

/** Announces the page's notice as on other pages, and offers its undo for as long. */
function moveNoticeToToast() {
  const notice = document.querySelector("#notice");
  announce(notice?.querySelector("p").textContent ?? "");
  const undoForm = notice?.querySelector(".undo");
  if (undoForm) offerUndo(() => submitOnce(undoForm));
  notice?.remove();
}

async function submit(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const { ok, page } = await fetchPage(formAddress(form, button), { method: "POST", body });
  if (ok && page.querySelector("#current-card")) return show(page);
  const problem = page.querySelector("h1")?.textContent ?? NO_ANSWER;
  // For example decided by somebody else. The page of the next card says nothing of that.
  const next = await fetchPage(location.pathname + location.search);
  if (next.page.querySelector("#current-card")) show(next.page);
  announce(problem);
}

async function submitOnce(form, button) {
  if (isSending) return;
  isSending = true;
  await submit(form, button).catch(() => announce(NO_ANSWER));
  isSending = false;
}

async function renewLease() {
  const address = container().dataset.renewUrl;
  if (!address || document.hidden || Date.now() - lastActivity > PRESENT_FOR) return;
  const form_token = document.querySelector("[name=form_token]").value;
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ form_token }),
    headers: { Accept: "application/json" },
  });
  if (!response.ok) announce(`No longer yours: ${(await response.json()).detail}.`);
}

function noteActivity() {
  lastActivity = Date.now();
}

const click = (selector) => () => document.querySelector(`#current-card ${selector}`)?.click();
const withCard = (action) => () => currentCard() && action(currentCard());

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#current-card") || event.target.querySelector("#card-mode")) return;
  event.preventDefault();
  submitOnce(event.target, event.submitter);
});
for (const name of ["keydown", "pointerdown", "pointermove", "scroll"])
  document.addEventListener(name, noteActivity, { passive: true });
setInterval(() => renewLease().catch(() => undefined), RENEW_EVERY);
listenToKeys({
  j: click(".next-card-form button"),
  f: click(".approve"),
  d: withCard(toggleRejectMenu),
  s: click(".skip"),
  u: undoNewest,
  n: withCard(openNote),
  h: withCard(showHistory),
  z: click("#card-mode"),
  "/": openSearch,
  "?": showShortcuts,
  Escape: () => closeMenus(currentCard()),
  ...reasonActions(currentCard),
});
currentCard()?.focus();
moveNoticeToToast();
