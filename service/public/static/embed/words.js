// The reader's language: which one it is, its texts, and how it writes numbers and times.

import { complain } from "./complaints.js";

// The server puts both in: which language the first part of a tag stands for, and English itself.
const CODES = new Map(
  "codes of languages".split(" ").map((pair) => {
    const [tag, code = tag] = pair.split(":");
    return [tag, code];
  }),
);
const ENGLISH = "texts in English";
const RIGHT_TO_LEFT = ["ar", "fa", "he"];
const fetched = new Map(); // address -> promise of texts
const marked = new WeakMap(); // element -> the `lang` and `dir` that the page gave it

const codeOf = (tag) => CODES.get(String(tag).toLowerCase().split(/[-_]/)[0]);

// As Intl takes it: a page may write de_AT, or what is no tag at all.
function validTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, "-"))[0];
  } catch {
    return codeOf(tag);
  }
}

// The tag of the first language that there are texts in: what the site says, the page, the browser.
export function languageOf(element, { lang }) {
  const [given] = marked.get(element) || [];
  const from = marked.has(element) ? element.parentElement : element;
  const host = element.getRootNode().host?.closest("[lang]");
  const page = from?.closest("[lang]") || host || document.documentElement;
  const tags = [lang, given, page.lang, ...navigator.languages, "en"];
  const first = tags.find(codeOf);
  // The reader's own region, where it is the same language.
  return navigator.languages.find((own) => codeOf(own) === codeOf(first)) || validTag(first);
}

function fetchTexts(address) {
  if (!fetched.has(address)) {
    const texts = fetch(address, { credentials: "omit" }).then((answer) =>
      answer.ok ? answer.json() : Promise.reject(),
    );
    fetched.set(address, texts);
    texts.catch(() => fetched.delete(address)); // to be tried again on the next page
  }
  return fetched.get(address);
}

// The site's own texts, by key: an object, or JSON in data-texts. What cannot be used is left out.
function ownTexts({ texts }, address) {
  const own = {};
  try {
    const given = typeof texts === "string" ? JSON.parse(texts) : texts || {};
    for (const [key, text] of Object.entries(given)) {
      if (typeof text !== "string" && typeof text.other !== "string")
        throw new TypeError(`not "${key}"`);
      if (!(key in ENGLISH)) complain(address, "unknown_text", key); // it may be one of the rest
      own[key] = text;
    }
  } catch (error) {
    complain(address, "texts", error.message);
  }
  return own;
}

// A language that cannot be fetched leaves English.
export async function loadWords(tag, server, settings) {
  const code = codeOf(tag);
  const address = new URL(`../languages/${code}.json`, server.address);
  const own = code === "en" ? {} : await fetchTexts(address.href).catch(() => null);
  return new Words(own ? tag : "en", { ...own, ...ownTexts(settings, server.address) });
}

export class Words {
  constructor(tag, texts) {
    this.tag = tag;
    this.texts = { ...ENGLISH, ...texts };
    this.rules = new Intl.PluralRules(tag);
    this.numbers = new Intl.NumberFormat(tag);
    this.times = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
    // The first of each takes the browser 10 to 20 ms: while the comments are on their way.
    this.numbers.format(0);
    this.times.format();
  }

  // More texts in English, where there are none yet.
  complete(texts) {
    this.texts = { ...texts, ...this.texts };
  }

  // The text in pieces, with the values in their places; `count` chooses the plural form.
  pieces(key, values = {}) {
    const text = this.texts[key];
    const form =
      typeof text === "string" ? text : text[this.rules.select(values.count)] || text.other;
    return form.split(/\{(\w+)\}/).map((piece, place) => {
      const value = place % 2 ? (values[piece] ?? "") : piece;
      return typeof value === "number" ? this.numbers.format(value) : value;
    });
  }

  say(key, values) {
    return this.pieces(key, values).join("");
  }

  time(moment) {
    return this.times.format(new Date(moment));
  }

  // What is inside is in this language, unless it says another.
  mark(element) {
    if (!marked.has(element)) marked.set(element, [element.lang, element.dir]);
    element.lang = this.tag;
    element.dir = RIGHT_TO_LEFT.includes(codeOf(this.tag)) ? "rtl" : "ltr";
  }
}

export function unmark(element) {
  if (!marked.has(element)) return;
  [element.lang, element.dir] = marked.get(element);
  for (const name of ["lang", "dir"]) if (!element[name]) element.removeAttribute(name);
  marked.delete(element);
}
