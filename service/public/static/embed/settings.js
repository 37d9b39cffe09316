// What an element is mounted with: its own attributes, else those of its script tag.

import { complain } from "./complaints.js";

export const ELEMENT = "parley-comments"; // its attributes need no data-
export const PLACES = `#parley, [data-parley], ${ELEMENT}`;
const TAGS = "script[data-site][src*='embed.js']";
const TEXTS = ["site", "page", "query", "title", "lang", "order"]; // options that are texts
const OPTIONS = [...TEXTS, "depth", "server", "texts"];
export const ORDERS = { oldest: "oldest", newest: "newest", replies: "most_replies" }; // and their texts
const roots = new Set([document]); // and open shadow roots that have a script tag of ours
let lastTag = null; // tags may leave the page again, as with Turbo

// The script that runs now. Modules and shadow roots do not tell it: then it is looked for.
export function rememberTag() {
  if (document.currentScript) lastTag = document.currentScript;
  else addShadowRoots(document);
  for (const root of roots) lastTag = [...root.querySelectorAll(TAGS)].pop() || lastTag;
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

function attributesOf(element) {
  const attributes = element.localName === ELEMENT ? [...element.attributes] : [];
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
}

export function settingsOf(element, options) {
  const tag = tagOf(element);
  const own = { ...attributesOf(element), ...element.dataset, ...options };
  const settings = { site: "", order: "oldest", depth: 3, ...tag?.dataset, ...own };
  return { ...settings, server: serverOf(settings.server || tag?.src, !settings.server) };
}

// The address of the comments, from that of the script or of the server; none where it is none.
function serverOf(address, isScript) {
  try {
    return new URL("v1/comments", isScript ? address : `${address}/`.replace(/\/+$/, "/")).href;
  } catch {
    return "";
  }
}

const isTextOrNone = (value) => ["undefined", "string"].includes(typeof value);

// Whether comments can be mounted with them; if not, the console says why.
export function checkSettings(settings, options) {
  const { server, site, order, depth } = settings;
  const isRight =
    server &&
    site &&
    TEXTS.every((name) => isTextOrNone(settings[name])) &&
    order in ORDERS &&
    /^[1-9]$/.test(depth);
  const hasUnknown = Object.keys(options).some((name) => !OPTIONS.includes(name));
  const known = [TEXTS, OPTIONS, Object.keys(ORDERS)];
  if (!isRight || hasUnknown) complain(server, "settings", settings, options, known);
  return isRight;
}
