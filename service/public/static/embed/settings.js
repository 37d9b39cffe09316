// What an element is mounted with: its own attributes, else those of its script tag.

export const PLACES = "#parley, [data-parley]";
const TAGS = "script[data-site][src*='embed.js']";
const roots = new Set([document]); // and open shadow roots that have a script tag of ours
let lastTag = null; // tags may leave the page again, as with Turbo

// The script that runs now. Modules and shadow roots do not tell it: then it is looked for.
export function rememberTag() {
  if (document.currentScript) lastTag = document.currentScript;
  else addShadowRoots(document);
  for (const root of roots) lastTag = [...root.querySelectorAll(TAGS)].pop() || lastTag;
  return lastTag;
}

function addShadowRoots(root) {
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    if (!shadowRoot) continue;
    if (shadowRoot.querySelector(TAGS)) roots.add(shadowRoot);
    addShadowRoots(shadowRoot);
  }
}

export function findPlaces() {
  for (const root of roots) if (root.host && !root.host.isConnected) roots.delete(root);
  return [...roots].flatMap((root) => [...root.querySelectorAll(PLACES)]);
}

// With several elements and scripts: the last script before the next element, else the last of all.
function tagOf(element) {
  const follows = (first, second) =>
    first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING;
  const root = element.getRootNode();
  const tags = root.querySelectorAll ? [...root.querySelectorAll(TAGS)] : [];
  const next = tags.length && [...root.querySelectorAll(PLACES)].find((it) => follows(element, it));
  const own = tags.filter((tag) => follows(element, tag) && !(next && follows(next, tag)));
  return own.pop() || tags.pop() || lastTag;
}

export function settingsOf(element, options) {
  const tag = tagOf(element);
  const settings = { site: "", ...tag?.dataset, ...element.dataset, ...options };
  const base = settings.server ? `${settings.server}/`.replace(/\/+$/, "/") : tag?.src;
  return { ...settings, server: base && new URL("v1/comments", base).href };
}
