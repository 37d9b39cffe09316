// Mount comments into elements, follow the page as it changes, let go of what left it.

import { complain } from "./complaints.js";
import { pageOf } from "./page.js";
import { findPlaces, rememberTag, settingsOf } from "./settings.js";
import { Thread } from "./thread.js";
import { languageOf } from "./words.js";

const mounted = new Map(); // element -> {thread, key, options, wasConnected}
const left = new WeakSet(); // elements that the page itself unmounted
let isScheduled = false;

function check(element, { server, site }) {
  if (!(element instanceof Element))
    throw new TypeError("Parley.mount needs the element for the comments, as its first argument");
  if (!server)
    complain(
      'this script cannot find its own tag (in a closed shadow root?): call Parley.mount(element, { site: "my-paper", server: "https://comments.example.org" })',
    );
  else if (!site)
    complain(
      'no site is named: write data-site="my-paper" into the script tag; "parley site list" shows the names',
    );
  return Boolean(server && site);
}

const keyOf = (element, settings) =>
  `${settings.server} ${settings.site} ${pageOf(settings).page} ${languageOf(element, settings)}`;

function attach(element, options) {
  detach(element);
  const settings = element instanceof Element ? settingsOf(element, options) : {};
  if (!check(element, settings)) return;
  const thread = new Thread(element, settings);
  const key = keyOf(element, settings);
  mounted.set(element, { thread, key, options, wasConnected: element.isConnected });
  element.dataset.parley = "started";
  thread.start().catch((error) => {
    console.error("Parley:", error);
  });
}

function detach(element) {
  mounted.get(element)?.thread.stop();
  mounted.delete(element);
}

function follow(element, state) {
  state.wasConnected = state.wasConnected || element.isConnected;
  if (state.wasConnected && !element.isConnected) detach(element);
  else if (keyOf(element, settingsOf(element, state.options)) !== state.key)
    attach(element, state.options);
}

function look() {
  isScheduled = false;
  for (const [element, state] of [...mounted]) follow(element, state);
  for (const element of findPlaces()) {
    if (!mounted.has(element) && !left.has(element)) attach(element, {});
  }
}

function schedule() {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(look);
}

// Sites that change pages by script: whatever they do changes the address or the elements.
function watch() {
  const attributeFilter = ["data-lang", "data-page", "data-query", "data-site", "href", "lang"];
  const changes = { attributeFilter, attributes: true, childList: true, subtree: true };
  new MutationObserver(schedule).observe(document, changes);
  addEventListener("popstate", schedule);
  window.navigation?.addEventListener("currententrychange", schedule);
}

function refresh() {
  rememberTag();
  schedule();
}

function begin() {
  look();
  watch();
  if (!findPlaces().length && !mounted.size)
    console.warn(
      'Parley: this page has no element for comments yet: write <div id="parley"></div> where they go, or call Parley.mount(element)',
    );
}

export function mount(element, options = {}) {
  left.delete(element);
  attach(element, options);
}

export function unmount(element) {
  detach(element);
  left.add(element);
  element.textContent = "";
}

// A page may load the script again for each of its elements, or on each navigation.
if (window.Parley?.mount) {
  window.Parley.refresh();
} else {
  window.Parley = { mount, unmount, refresh };
  rememberTag();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
