"""A plain form that is sent again: it has no Idempotency-Key, and is the same comment."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from moderation.comments import Status, Submission
from moderation.sites import Site
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages

REPEAT_WINDOW = timedelta(minutes=10)  # a double click, a slow line, Back and send again
_parents = comments.alias("parents")


def lock_repeats(connection: Connection, key: str) -> None:
    """Let one transaction at a time store a comment with this key; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        lock = int.from_bytes(bytes.fromhex(key[:16]), signed=True)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")


@dataclass(frozen=True, slots=True)
class PlainForm:
    """What a form without script sends: no key, so that its fields tell whether it came before."""

    site: Site
    submission: Submission
    address_hash: str | None
    sent_at: datetime

    @property
    def key(self) -> str:
        """What is the same for one comment that is sent twice: sender, page, name, text."""
        fields = (self.address_hash, self.site.id, self.submission.page, self.submission.parent)
        same = (*fields, self.submission.name, self.submission.text)
        return hashlib.sha256(repr(same).encode()).hexdigest()


def sent_before(connection: Connection, form: PlainForm) -> str | None:
    """Return the public id of the comment that the same form made a short while ago, if any."""
    query = (
        select(comments.c.public_id)
        .select_from(
            comments.join(pages, comments.c.page_id == pages.c.id).outerjoin(
                _parents, comments.c.parent_id == _parents.c.id
            )
        )
        .where(
            comments.c.site_id == form.site.id,
            comments.c.address_hash == form.address_hash
            if form.address_hash is not None
            else comments.c.address_hash.is_(None),
            comments.c.status.in_(list(Status)),  # so that the index of addresses answers
            comments.c.submitted_at > form.sent_at - REPEAT_WINDOW,
            pages.c.key == form.submission.page,
            comments.c.name == form.submission.name,
            comments.c.text == form.submission.text,
            _parents.c.public_id.is_not_distinct_from(form.submission.parent),
        )
        .order_by(comments.c.id)
        .limit(1)
    )
    return connection.execute(query).scalar()
