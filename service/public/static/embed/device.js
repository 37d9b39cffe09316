// What is kept on the reader's device, and nowhere else: drafts, the name, keys to own comments.

const KEEP_FOR = 30 * 86_400_000; // milliseconds
const MOST_TOKENS = 20;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // Refused, or not what we stored.
  }
}

// As it is, on a page with Array.prototype.toJSON as well.
function asItIs(key) {
  return this[key];
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value, asItIs));
    else localStorage.removeItem(key);
  } catch {
    // Storage is refused: known until the page is left.
  }
}

const isRecent = (at) => Date.now() - at < KEEP_FOR;
const isText = (value) => typeof value === "string";

export class Device {
  constructor(server, site, page) {
    this.tokensKey = `parley ${server} ${site} ${page}`;
    this.draftKey = `parley draft ${server} ${site} ${page}`;
    this.nameKey = `parley name ${server} ${site}`;
  }

  // id -> [token, sentAt] of the reader's own comments.
  tokens() {
    const tokens = new Map();
    try {
      for (const [id, [token, sentAt]] of read(this.tokensKey) || []) {
        if (isRecent(sentAt)) tokens.set(String(id), [String(token), sentAt]);
      }
    } catch {
      // Not what we stored.
    }
    return tokens;
  }

  // Adds one to `tokens`, or without `token` takes it away; those of other tabs stay.
  keepToken(tokens, id, token) {
    for (const [other, kept] of this.tokens()) tokens.set(other, kept);
    tokens.delete(id);
    if (token) tokens.set(id, token);
    write(this.tokensKey, tokens.size > 0 && [...tokens].slice(-MOST_TOKENS));
  }

  // {text, parent, attempt}; `attempt` was sent, and its answer never came.
  draft() {
    const draft = read(this.draftKey);
    return isText(draft?.text) && isRecent(draft.at) ? draft : { text: "" };
  }

  keepDraft(draft) {
    write(this.draftKey, draft.text && { ...draft, at: Date.now() });
  }

  name() {
    const kept = read(this.nameKey);
    return isText(kept?.name) && isRecent(kept.at) ? kept.name : "";
  }

  keepName(name) {
    write(this.nameKey, name && { name, at: Date.now() });
  }
}
