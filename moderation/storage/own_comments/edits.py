"""Change a comment for its author: the new text is decided anew, the old one is kept.

What was published is not shown any more until then: a comment has one text, and only an approved
one is public. A worker that scores the old text holds it no longer, and a moderator who saw the old
text is told so: the version is another.
"""

from typing import Any

from sqlalchemy import Connection, Row, exists, select

from moderation.audit_chain import AUTHOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Actor, Comment, QueueSection, Status
from moderation.own_comments.edits import Edit, EditRefused, check_may_edit
from moderation.sites import Site
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.search_index import replace_words
from moderation.storage.database.engine import Database
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments, earlier_texts, scores
from moderation.storage.schema.decisions import decisions, is_by_person
from moderation.storage.schema.labels import labels
from moderation.storage.schema.review import sample_reviews, samples, skips
from moderation.storage.system.audit_log import append_audit
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words

_by_person = exists().where(decisions.c.comment_id == comments.c.id, is_by_person)
_ROW = select(
    comments.c.id,
    comments.c.public_id,
    comments.c.page_id,
    comments.c.name,
    comments.c.text,
    comments.c.status,
    comments.c.version,
    _by_person.label("is_by_person"),
)
# All that was found out about the old text alone.
_OF_TEXT = (scores, labels, skips, samples, sample_reviews)


class Edits:
    """Changes comments while their authors may."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def apply(self, comment_id: str, site: Site, edit: Edit) -> Comment:
        """Change name and text; the comment is pending then. The same again changes nothing.

        Raises:
            CommentNotFound: No comment has this public id.
            EditRefused: Its time is over, a moderator has decided it, or it is not to be published.
        """
        query = _ROW.where(comments.c.public_id == comment_id)
        with self._database.write() as connection:
            row = connection.execute(query.with_for_update(key_share=True, of=comments)).first()
            comment = find_comment(connection, comment_id)
            if row is None or (row.name, row.text) == (edit.name, edit.text):
                return comment
            check_may_edit(comment, site.edit_minutes, self._clock())
            if row.is_by_person:
                sentence = "a moderator has decided this comment, it cannot be changed any more"
                raise EditRefused(sentence)
            self._replace(connection, row, edit)
            return find_comment(connection, comment_id)

    def _replace(self, connection: Connection, row: Row[Any], edit: Edit) -> None:
        now = self._clock()
        old = {"comment_id": row.id, "version": row.version, "name": row.name, "text": row.text}
        connection.execute(earlier_texts.insert().values(old | {"replaced_at": now}))
        for table in _OF_TEXT:
            connection.execute(table.delete().where(table.c.comment_id == row.id))
        new = _pending(edit) | {"version": row.version + 1, "edited_at": now}
        connection.execute(comments.update().where(comments.c.id == row.id).values(new))
        replace_words(
            connection, row.id, own_words(row.name, row.text), own_words(edit.name, edit.text)
        )
        if row.status != Status.PENDING:
            record_decisions(connection, [_to_record(row, new)])
        append_audit(connection, now, _to_entry(row))


def _pending(edit: Edit) -> dict[str, Any]:
    """The columns of a comment that nobody has looked at."""
    return {
        "name": edit.name,
        "text": edit.text,
        "fingerprint": fingerprint(edit.text),
        "status": Status.PENDING,
        "attempts": 0,
        "lease_until": EPOCH,
        "lease_token": None,
        "automatic_status": None,
        "section": QueueSection.IN_DOUBT,
        "max_score": 0.0,
        "uncertainty": 0.0,
    }


def _to_record(row: Row[Any], new: dict[str, Any]) -> DecisionRecord:
    return DecisionRecord(
        comment_id=row.id,
        page_id=row.page_id,
        version=new["version"],
        actor=Actor.AUTHOR,
        from_status=Status(row.status),
        to_status=Status.PENDING,
        reasons=(),
        decided_at=new["edited_at"],
    )


def _to_entry(row: Row[Any]) -> AuditEntry:
    before = {"status": row.status, "version": row.version}
    after = {"status": Status.PENDING, "version": row.version + 1}
    subject = f"comment {row.public_id}"
    return AuditEntry(AUTHOR, AuditAction.COMMENT_EDITED, subject, before, after)
