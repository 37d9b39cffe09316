// One comment in the list.

import { node } from "./elements.js";
import { foldBlankLines, linkify } from "./text.js";

// Where the styles cut a long text, there is "Read more".
const folds =
  typeof ResizeObserver === "function" &&
  new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const fold = target.nextElementSibling;
      // None once the comment is erased.
      if (fold?.open === false) fold.hidden = target.scrollHeight <= target.clientHeight + 1;
    }
  });

function foldOf(body) {
  const more = node("span", "read-more", "Read more");
  const fold = node(
    "details",
    "fold",
    node("summary", "", more, node("span", "less", "Show less")),
  );
  fold.hidden = true;
  if (folds) folds.observe(body);
  else fold.open = true;
  return fold;
}

function timeOf(submittedAt) {
  const local = new Date(submittedAt).toLocaleString([], {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const time = node("time", "time", local);
  time.dateTime = submittedAt;
  return time;
}

function authorOf(answered) {
  if (answered?.erased) return "an erased comment";
  return answered ? node("bdi", "name", answered.name) : "an earlier comment";
}

// `answered` is the comment that it replies to, if that is known.
export function commentItem(comment, answered, ...controls) {
  if (comment.erased) {
    const gone = node("p", "state", "This comment was erased.");
    return node("li", "comment", gone, timeOf(comment.submitted_at));
  }
  const { name, submitted_at, parent, text, staff } = comment;
  const badge = staff ? [node("span", "staff", "Editor")] : [];
  const by = node("p", "by", node("bdi", "name", name), ...badge, timeOf(submitted_at));
  const item = node("li", "comment", by);
  item.tabIndex = -1;
  if (parent) {
    item.append(node("p", "parent", "in reply to ", authorOf(answered)));
  }
  const body = node("div", "text", ...linkify(foldBlankLines(text)));
  body.dir = "auto";
  item.append(body, foldOf(body), ...controls);
  return item;
}
