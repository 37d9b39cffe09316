// The next cards, fetched while the last few are read.

import { fetchPage } from "./requests.js";
import { hintKeys } from "./shortcuts.js";

const FEW = 6;
const queue = document.querySelector("#cards");
let fetching;

const nextLink = () => document.querySelector(".paging a[rel=next]");

async function fetchMore(link) {
  const { ok, page } = await fetchPage(link.href);
  if (!ok) return;
  const shown = new Set([...queue.children].map((card) => card.dataset.id));
  const cards = [...page.querySelectorAll("#cards > .card")];
  queue.append(...cards.filter((card) => !shown.has(card.dataset.id)).map(adopt));
  const next = page.querySelector(".paging a[rel=next]");
  if (next) link.href = next.href;
  else link.remove();
  hintKeys();
}

const adopt = (node) => document.adoptNode(node);

/// Adds the cards of the next page when few are left; resolves when there are as many as can be.
export function keepSome(left) {
  const link = nextLink();
  if (!link || left > FEW) return fetching;
  fetching ??= fetchMore(link)
    .catch(() => undefined) // away for now: asked again at the next decision
    .finally(() => (fetching = undefined));
  return fetching;
}
