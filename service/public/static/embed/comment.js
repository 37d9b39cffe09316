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

function foldOf(body, words) {
  const more = node("span", "read-more", words.say("read_more"));
  const fold = node(
    "details",
    "fold",
    node("summary", "", more, node("span", "less", words.say("read_less"))),
  );
  fold.hidden = true;
  if (folds) folds.observe(body);
  else fold.open = true;
  return fold;
}

function timeOf(submittedAt, words) {
  const style = { dateStyle: "medium", timeStyle: "short" };
  const time = node("time", "time", words.date(submittedAt, style));
  time.dateTime = submittedAt;
  return time;
}

function parentLine(answered, words) {
  if (answered?.erased) return words.pieces("answers_erased");
  if (!answered) return words.pieces("answers_earlier");
  return words.pieces("answers", { name: node("bdi", "name", answered.name) });
}

// `answered` is the comment that it replies to, if that is known.
export function commentItem(comment, answered, words, ...controls) {
  if (comment.erased) {
    const gone = node("p", "state", words.say("erased"));
    return node("li", "comment", gone, timeOf(comment.submitted_at, words));
  }
  const { name, submitted_at, parent, text, staff } = comment;
  const badge = staff ? [node("span", "staff", words.say("staff"))] : [];
  const by = node("p", "by", node("bdi", "name", name), ...badge, timeOf(submitted_at, words));
  const item = node("li", "comment", by);
  item.tabIndex = -1;
  if (parent) item.append(node("p", "parent", ...parentLine(answered, words)));
  const body = node("div", "text", ...linkify(foldBlankLines(text)));
  body.dir = "auto";
  item.append(body, foldOf(body, words), ...controls);
  return item;
}
