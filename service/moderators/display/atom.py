"""The queue as Atom, with nothing hidden in what readers wrote."""

import uuid
from datetime import datetime

from moderation.notifications.feeds import Feed, FeedSummary, WaitingComment
from moderation.notifications.wording import how_many_wait
from moderation.review.reason_sentences import reason_sentences
from service.http.atom import AtomDocument, AtomEntry
from service.moderators.display.visible_text import visible_plain


def as_atom(
    feed: Feed, summary: FeedSummary, *, feed_id: uuid.UUID, address: str, queue: str
) -> bytes:
    """The document. `address` is its own, `queue` the queue's, without a slash at the end."""
    return AtomDocument(
        id=feed_id,
        title=f"{how_many_wait(summary.numbers.total, summary.reported)} · Parley",
        author="Parley",
        updated=max([feed.made_at, *(waiting.since for waiting in summary.newest)]),
        address=address,
        entries=[_entry(waiting, queue) for waiting in summary.newest],
        alternate=queue,
        subtitle=_since(summary),
    ).as_xml()


def _entry(waiting: WaitingComment, queue: str) -> AtomEntry:
    comment = waiting.comment
    title = f"{comment.name} on {waiting.title or comment.page} ({comment.site})"
    why = "; ".join(reason_sentences(waiting.reasons, waiting.section))
    content = f"{comment.text}\n\n{why and f'Why it waits: {why}'}".rstrip()
    return AtomEntry(
        comment_id=comment.id,
        title=visible_plain(title),
        author=visible_plain(comment.name),
        published=comment.submitted_at,
        updated=waiting.since,
        link=f"{queue}/waiting/{comment.id}",
        content=visible_plain(content),
    )


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
