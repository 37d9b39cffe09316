// A reader's plain text as nodes: links, folded blank lines, and how long it is.

import { node } from "./elements.js";

// As in plain_text.py: what ends a link, and what is seen of no line.
const ENDS = String.raw`\s\u200c\u200d\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b\u200e-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}<>"\x60{}|\\^\[\]`;
const BLANKS = new RegExp(`[${ENDS.split("<>")[0]}]+`, "gu");
const ADDRESS = new RegExp(
  `(^|[^A-Za-z0-9])([hH][tT][tT][pP][sS]?://[^!-/:-@${ENDS}][^/?#@${ENDS}]*(?:[/?#][^${ENDS}]*)?)`,
  "gu",
);
const LINE_BREAK = /\r\n?|[\n\u2028\u2029]/g;

// In characters, as the server counts them: a line break is one, an emoji's code points are.
export const lengthOf = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;

// Many blank lines are shown as one.
export function foldBlankLines(text) {
  return text.replace(BLANKS, (blanks) => {
    const lines = blanks.split(LINE_BREAK);
    return lines.length > 3 ? `\n\n${lines.pop()}` : blanks;
  });
}

function trimAddress(address) {
  let surplus = address.split(")").length - address.split("(").length;
  let end = address.length;
  while (".,:;!?'".includes(address[end - 1]) || (address[end - 1] === ")" && surplus > 0)) {
    if (address[end - 1] === ")") surplus -= 1;
    end -= 1;
  }
  return address.slice(0, end);
}

export function linkify(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const start = match.index + match[1].length;
    const link = node("a", "", trimAddress(match[2]));
    link.href = link.textContent;
    link.rel = "nofollow ugc noopener noreferrer";
    nodes.push(text.slice(end, start), link);
    end = start + link.textContent.length;
  }
  return [...nodes, text.slice(end)];
}
