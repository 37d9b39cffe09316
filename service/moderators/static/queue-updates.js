// "3 new": asks every few seconds while somebody looks. The list itself never moves.

const POLL_EVERY = 10_000; // milliseconds
const updates = document.querySelector("#queue-updates");
const link = updates.querySelector("a");
let etag = "";
let timer;

async function fetchUpdates(onCount) {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const response = await fetch(updates.dataset.url, { headers });
  if (response.status !== 200 || response.redirected) return;
  etag = response.headers.get("ETag") ?? "";
  const { waiting, new: added } = await response.json();
  onCount(waiting);
  link.hidden = added === 0;
  const label = added === 0 ? "" : `${added.toLocaleString("en")} new: show`;
  if (link.textContent !== label) link.textContent = label;
}

/** Calls `onCount` with the number of waiting comments whenever it has changed. */
export function watchQueue(onCount) {
  async function poll() {
    clearTimeout(timer);
    if (document.hidden) return;
    await fetchUpdates(onCount).catch(() => undefined); // no connection: the next poll may succeed
    timer = setTimeout(poll, POLL_EVERY);
  }
  document.addEventListener("visibilitychange", poll);
  timer = setTimeout(poll, POLL_EVERY);
}
