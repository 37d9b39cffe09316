// Fetches the next page of cards while the last few of this page are read.

import { fetchPage } from "./requests.js";
import { updateHints } from "./shortcuts.js";

const FEW_LEFT = 6;
const list = document.querySelector("#cards");
let fetching;

const nextLink = (page) => page.querySelector(".paging a[rel=next]");

async function appendNextPage(link) {
  const { ok, page } = await fetchPage(link.href);
  if (!ok) return;
  const shown = new Set([...list.children].map((card) => card.dataset.id));
  const cards = [...page.querySelectorAll("#cards > .card")];
  const added = cards.filter((card) => !shown.has(card.dataset.id));
  list.append(...added.map((card) => document.adoptNode(card)));
  const next = nextLink(page);
  if (next) link.href = next.href;
  else link.remove();
  updateHints();
}

/** Appends the next page's cards when few are left; resolves when they are there. */
export function prefetchCards(left) {
  const link = nextLink(document);
  if (!link || left > FEW_LEFT) return fetching;
  fetching ??= appendNextPage(link)
    .catch(() => undefined) // no connection: tried again at the next decision
    .finally(() => {
      fetching = undefined;
    });
  return fetching;
}
