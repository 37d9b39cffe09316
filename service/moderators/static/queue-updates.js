// "3 new": asked for every few seconds while somebody looks; the list itself never moves.

const EVERY = 10_000; // milliseconds
const arrivals = document.querySelector("#queue-updates");
const link = arrivals.querySelector("a");
let etag = "";
let timer;

async function look(onCount) {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const response = await fetch(arrivals.dataset.url, { headers });
  if (response.status !== 200 || response.redirected) return;
  etag = response.headers.get("ETag") ?? "";
  const { waiting, new: number } = await response.json();
  onCount(waiting);
  link.hidden = number === 0;
  const words = number === 0 ? "" : `${number.toLocaleString("en")} new: show`;
  if (link.textContent !== words) link.textContent = words;
}

/// Calls `onCount` with how many wait, whenever that changed.
export function watchArrivals(onCount) {
  async function again() {
    clearTimeout(timer);
    if (document.hidden) return;
    await look(onCount).catch(() => undefined); // away for now: the next look may succeed
    timer = setTimeout(again, EVERY);
  }
  document.addEventListener("visibilitychange", again);
  timer = setTimeout(again, EVERY);
}
