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

function linkTo(href, time, words) {
  const link = node("a", "link", time);
  link.href = href;
  link.title = words.say("link");
  return link;
}

// `answered` is the comment that it replies to, if that is known.
export function parentLine(answered, words) {
  if (answered?.erased) return words.pieces("answers_erased");
  if (!answered) return words.pieces("answers_earlier");
  return words.pieces("answers", { name: node("bdi", "name", answered.name) });
}

// `parent` are the nodes of the line that says whom it answers, where its place does not.
export function commentBody(comment, words, { parent, href }, ...controls) {
  const { name, submitted_at, text, staff, pinned } = comment;
  const time = node("time", "time", words.time(submitted_at));
  time.dateTime = submitted_at;
  if (comment.erased) return node("div", "comment", node("p", "state", words.say("erased")), time);
  const marks = [staff && "staff", pinned && "pinned"].filter(Boolean);
  const badges = marks.map((mark) => node("span", mark, words.say(mark)));
  const at = href ? linkTo(href, time, words) : time;
  const by = node("p", "by", node("bdi", "name", name), ...badges, at);
  if (comment.edited_at) by.append(" ", node("span", "edited", words.say("edited")));
  const body = node("div", "comment", by);
  body.tabIndex = -1;
  if (parent) body.append(node("p", "parent", ...parent));
  const content = node("div", "text", ...linkify(foldBlankLines(text)));
  content.dir = "auto";
  body.append(content, foldOf(content, words), ...controls);
  return body;
}
