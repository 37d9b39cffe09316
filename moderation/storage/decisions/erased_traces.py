"""Erase the name and text of comments from every table, in the transaction that decides it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, null, select

from moderation.labels import text_subject
from moderation.notifications.deliveries import DeliveryState
from moderation.review.search_filter import Filter
from moderation.storage.comments.search_index import remove_words
from moderation.storage.reader_mail.forgotten_addresses import forget_subscriptions
from moderation.storage.schema.comments import comments, earlier_texts, scores
from moderation.storage.schema.decisions import bulks, decisions
from moderation.storage.schema.labels import labels
from moderation.storage.schema.notifications import deliveries, is_waiting, outbox
from moderation.storage.schema.review import appeals, notes, reports, skips
from moderation.text.search_terms import own_words

_TEXTS = select(comments.c.id, comments.c.site_id, comments.c.name, comments.c.text)
# What is left of a comment: where it stands, when it was sent, and how it was decided.
_BLANK: dict[str, Any] = {
    "name": "",
    "text": "",
    "address_hash": None,
    "idempotency_key": None,
    "body_hash": None,
    "fingerprint": None,
    "lease_token": None,
    "caught_by": None,
    "staff_id": None,
    "max_score": 0.0,
    "uncertainty": 0.0,
}


def erase_traces(connection: Connection, ids: Sequence[int]) -> None:
    """Remove what was written in comments, and all that was kept because of it.

    Args:
        connection: The transaction, which has locked the comments.
        ids: Their internal ids.
    """
    if not ids:
        return
    rows = connection.execute(_TEXTS.where(comments.c.id.in_(ids))).all()
    _remove_labels(connection, [*rows, *_earlier_texts(connection, ids)])
    remove_words(connection, [(row.id, own_words(row.name, row.text)) for row in rows])
    connection.execute(comments.update().where(comments.c.id.in_(ids)).values(_BLANK))
    for table in (scores, notes, skips, labels, earlier_texts, appeals):  # people quote in notes
        connection.execute(table.delete().where(table.c.comment_id.in_(ids)))
    forget_subscriptions(connection, ids)
    _close_reports(connection, ids)
    _stop_deliveries(connection, ids)
    _hide_filters(connection, ids)


def _earlier_texts(connection: Connection, ids: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    query = select(comments.c.site_id, earlier_texts.c.text).join(earlier_texts)
    return connection.execute(query.where(comments.c.id.in_(ids))).all()


def _remove_labels(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    """Those that the site has of the same texts, sent to it without the comment."""
    for row in rows:
        same = (labels.c.site_id == row.site_id) & (labels.c.subject == text_subject(row.text))
        connection.execute(labels.delete().where(same))


def _close_reports(connection: Connection, ids: Sequence[int]) -> None:
    """That there were some is kept; what their readers added may quote."""
    closed_at = func.coalesce(reports.c.closed_at, reports.c.reported_at)
    values = {"text": null(), "closed_at": closed_at}
    connection.execute(reports.update().where(reports.c.comment_id.in_(ids)).values(values))


def _stop_deliveries(connection: Connection, ids: Sequence[int]) -> None:
    """Nobody is told any more what became of the text before."""
    earlier = select(decisions.c.id).where(decisions.c.comment_id.in_(ids))
    connection.execute(outbox.delete().where(outbox.c.decision_id.in_(earlier)))
    of_these = deliveries.c.decision_id.in_(earlier)
    stopped = {"state": DeliveryState.FAILED, "problem": "the comment was erased before"}
    connection.execute(deliveries.update().where(of_these, is_waiting).values(stopped))


def _hide_filters(connection: Connection, ids: Sequence[int]) -> None:
    """A bulk was made of what a filter found: its words are words of the comments."""
    of_these = select(decisions.c.bulk_id).where(decisions.c.comment_id.in_(ids))
    query = select(bulks.c.id, bulks.c.filter).where(bulks.c.id.in_(of_these))
    for row in connection.execute(query).all():
        if row.filter is not None:
            hidden = Filter.parse(row.filter).without_words().as_fields()
            connection.execute(bulks.update().where(bulks.c.id == row.id).values(filter=hidden))
