"""The queue as Atom (RFC 4287): plain text only, whatever readers wrote."""

import re
import uuid
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from moderation.notifications.feeds import Feed, FeedSummary, WaitingComment
from moderation.notifications.wording import how_many_wait
from moderation.review.reason_sentences import reason_sentences
from service.http.formats import rfc3339
from service.moderators.display.visible_text import visible_plain

NAMESPACE = "http://www.w3.org/2005/Atom"
_COMMENTS = uuid.UUID("5f0e8c53-9f5a-4a0e-8a40-2f1d6f3f9b7e")  # any: makes our entries' ids ours
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_MAX_TITLE = 120


def as_atom(
    feed: Feed, summary: FeedSummary, *, feed_id: uuid.UUID, address: str, queue: str
) -> bytes:
    """The document. `here` is its own address, `queue` the queue's, without a slash at the end."""
    root = Element("feed", xmlns=NAMESPACE)
    _add(root, "id", feed_id.urn)
    _add(root, "title", f"{how_many_wait(summary.numbers.total, summary.reported)} · Parley")
    _add(root, "subtitle", _since(summary))
    _add(root, "updated", rfc3339(max([feed.made_at, *(e.since for e in summary.newest)])))
    _add(SubElement(root, "author"), "name", "Parley")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=address)
    SubElement(root, "link", rel="alternate", type="text/html", href=queue)
    for waiting in summary.newest:
        _add_entry(root, waiting, queue)
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def _add_entry(root: Element, waiting: WaitingComment, queue: str) -> None:
    comment = waiting.comment
    entry = SubElement(root, "entry")
    _add(entry, "id", uuid.uuid5(_COMMENTS, comment.id).urn)
    title = f"{comment.name} on {waiting.title or comment.page} ({comment.site})"
    _add(entry, "title", title, limit=_MAX_TITLE)
    _add(entry, "published", rfc3339(comment.submitted_at))
    _add(entry, "updated", rfc3339(waiting.since))
    _add(SubElement(entry, "author"), "name", comment.name)
    link = f"{queue}/waiting/{comment.id}"
    SubElement(entry, "link", rel="alternate", type="text/html", href=link)
    why = "; ".join(reason_sentences(waiting.reasons, waiting.section))
    _add(entry, "content", f"{comment.text}\n\n{why and f'Why it waits: {why}'}".rstrip())


def _add(to: Element, tag: str, text: str, *, limit: int | None = None) -> None:
    shown = _FORBIDDEN.sub("\ufffd", visible_plain(text))
    short = shown if limit is None or len(shown) <= limit else f"{shown[: limit - 1]}…"
    kind = {"type": "text"} if tag in ("title", "subtitle", "content") else {}
    SubElement(to, tag, kind).text = short


def _since(summary: FeedSummary) -> str:
    """Without an age, which would make each look at the feed a new one."""
    if summary.oldest is None:
        return f"{how_many_wait(0, summary.reported)}."
    likely = summary.numbers.likely_rejected
    so_many = f", {likely:,} likely to be rejected" if likely else ""
    waiting = how_many_wait(summary.numbers.total, summary.reported)
    return f"{waiting}{so_many}, the oldest since {_minute(summary.oldest)} UTC."


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
