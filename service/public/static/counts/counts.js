// How many comments pages have, for lists of articles: one request for all elements that say a page.

import { tell } from "../embed/complaints.js";
import { languageOf, loadWords } from "../embed/words.js";

const COUNTED = "[data-parley-count]";
const TAG = "script[data-site][src*='counts.js']";
const MOST_PAGES = 100; // in one request
const counted = new WeakMap(); // element -> its page, whose count it has or waits for
const tag = document.currentScript || document.querySelector(TAG);
const { site = "", query = "" } = tag?.dataset || {};
const server = { address: tag && new URL("v1/counts", tag.src).href };
let isScheduled = false;

// Without a page in the attribute: that to which the link leads, without its query.
const pageOf = (element) => element.dataset.parleyCount || element.pathname || "";

async function fetchCounts(pages) {
  const names = pages.map((page) => ["page", page]);
  const asked = new URLSearchParams([["site", site], ["query", query], ...names]);
  const answer = await fetch(`${server.address}?${asked}`, { credentials: "omit" });
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return new Map(Object.entries((await answer.json()).counts));
}

async function show(element, count) {
  const words = await loadWords(languageOf(element, tag.dataset), server, tag.dataset);
  element.textContent = words.say("count", { count });
}

async function countPart(pages, elements) {
  try {
    const counts = await fetchCounts(pages);
    const known = elements.filter((element) => counts.has(pageOf(element)));
    await Promise.all(known.map((element) => show(element, counts.get(pageOf(element)))));
  } catch ({ message }) {
    tell(
      `${server.address} gave no counts (${message}). Is it running, and is there a site "${site}" (data-site)? "parley site list" shows it.`,
    );
  }
}

function look() {
  isScheduled = false;
  const elements = [...document.querySelectorAll(COUNTED)];
  const fresh = elements.filter((element) => counted.get(element) !== pageOf(element));
  for (const element of fresh) counted.set(element, pageOf(element));
  const pages = [...new Set(fresh.map(pageOf))].filter(Boolean);
  for (let first = 0; first < pages.length; first += MOST_PAGES)
    countPart(pages.slice(first, first + MOST_PAGES), fresh);
}

function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(look);
}

function watch() {
  look();
  const attributeFilter = ["data-parley-count"];
  const changes = { attributeFilter, attributes: true, childList: true, subtree: true };
  new MutationObserver(schedule).observe(document, changes);
}

function begin() {
  window.ParleyCounts = { refresh: schedule };
  if (!(server.address && site))
    tell(
      'no site is named: write data-site="my-paper" into the script tag of counts.js; "parley site list" shows the names',
    );
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
}

// A page may load the script again, for each list or on each navigation.
if (window.ParleyCounts) window.ParleyCounts.refresh();
else begin();
