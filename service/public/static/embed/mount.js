// Mount comments into elements, follow the page as it changes, let go of what left it.

import { pageOf } from "./page.js";
import { checkSettings, ELEMENT, findPlaces, rememberTag, settingsOf } from "./settings.js";
import { addressOf, Thread } from "./thread.js";
import { languageOf } from "./words.js";

const mounted = new Map(); // element -> {thread, key, options, wasConnected}
const left = new WeakSet(); // elements that the page itself unmounted
const custom = new Set(); // custom elements in the page, also in shadow roots
// The page's own scripts see its elements first, as they were sent: some compare them.
const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve);
  else resolve();
});
const ATTRIBUTES = ["site", "page", "query", "lang", "href", "class"];
let isScheduled = false;

function checkElement(element, name) {
  if (!(element instanceof Element))
    throw new TypeError(`Parley.${name} needs the element for the comments, as its first argument`);
}

const keyOf = (element, settings) =>
  `${settings.server} ${settings.site} ${pageOf(settings).page} ${languageOf(element, settings)}`;

function attach(element, options, when = parsed) {
  detach(element);
  const settings = settingsOf(element, options);
  if (!checkSettings(settings, options)) return;
  const thread = new Thread(element, settings);
  const key = keyOf(element, settings);
  mounted.set(element, { thread, key, options, wasConnected: element.isConnected });
  thread.start(when).catch((error) => {
    console.error("Parley:", error);
  });
}

function detach(element) {
  mounted.get(element)?.thread.stop();
  mounted.delete(element);
}

function follow(element, state) {
  if (element.isConnected) state.wasConnected = true;
  const settings = settingsOf(element, state.options);
  if (state.wasConnected && !element.isConnected) detach(element);
  else if (keyOf(element, settings) !== state.key) {
    // Nobody writes to a page that is left: what was begun is a draft of that page. It goes on where
    // the page is only called otherwise, as by a canonical link that comes late.
    if (state.thread.address !== addressOf(settings)) element.textContent = "";
    attach(element, state.options);
  } else if (!element.classList.contains("parley-built")) state.thread.mark();
}

function look() {
  isScheduled = false;
  for (const [element, state] of [...mounted]) follow(element, state);
  for (const element of [...findPlaces(), ...custom]) {
    if (mounted.has(element) || left.has(element)) continue;
    // What is missing may be behind it.
    if (document.readyState !== "loading" || settingsOf(element, {}).site) attach(element, {});
  }
}

function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(look);
}

// Sites that change pages by script: whatever they do changes the address or the elements.
function watch() {
  const attributeFilter = ATTRIBUTES.flatMap((name) => [name, `data-${name}`]);
  const changes = { attributeFilter, childList: true, subtree: true };
  new MutationObserver(schedule).observe(document, changes);
  addEventListener("popstate", schedule);
  window.navigation?.addEventListener("currententrychange", schedule);
}

class ParleyComments extends HTMLElement {
  connectedCallback() {
    custom.add(this);
    schedule();
  }

  disconnectedCallback() {
    custom.delete(this);
    schedule();
  }
}

function refresh() {
  rememberTag();
  schedule();
}

async function begin() {
  look();
  watch();
  await parsed;
  look();
  if (!findPlaces().length && !mounted.size)
    console.warn(
      'Parley: no element yet: write <div id="parley"></div> or call Parley.mount(element)',
    );
}

export function mount(element, options) {
  checkElement(element, "mount");
  left.delete(element);
  attach(element, options || {}, null);
}

export function unmount(element) {
  checkElement(element, "unmount");
  detach(element);
  left.add(element);
  element.textContent = "";
}

// A page may load the script again for each of its elements, or on each navigation.
// An element of the page with the id Parley is window.Parley as well.
if (typeof window.Parley?.mount === "function") {
  window.Parley.refresh();
} else {
  window.Parley = { mount, unmount, refresh };
  if (!customElements.get(ELEMENT)) customElements.define(ELEMENT, ParleyComments);
  rememberTag();
  begin();
}
