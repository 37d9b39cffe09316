"""A comment that is sent again without an Idempotency-Key: equal in all, it is the same comment."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from moderation.comments import Status, Submission
from moderation.sites import Site
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages

FORM_WINDOW = timedelta(minutes=10)  # a double click, a slow line, Back and send again
PROGRAM_WINDOW = timedelta(minutes=1)  # a program that tries again; it could give a key
_parents = comments.alias("parents")


def lock_repeats(connection: Connection, keyless: "KeylessComment") -> None:
    """Let one transaction at a time store a comment that is equal; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        digest = hashlib.sha256(repr(keyless.same).encode()).digest()
        lock = int.from_bytes(digest[:8], signed=True)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")


@dataclass(frozen=True, slots=True)
class KeylessComment:
    """What is sent without a key, so that its fields tell whether it came before.

    Attributes:
        address_hash: None for a server of the site, and where a proxy hides the reader.
        around: Between which moments, without them, an equal one was written.
    """

    site: Site
    submission: Submission
    address_hash: str | None
    around: tuple[datetime, datetime]

    @property
    def same(self) -> tuple[object, ...]:
        """What is the same for one comment that is sent twice: sender, page, name, text."""
        fields = (self.address_hash, self.site.id, self.submission.page, self.submission.parent)
        return (*fields, self.submission.name, self.submission.text)


# Built once: to build a statement costs as much as to run it. An index answers: that of
# fingerprints, and for short texts that of addresses or names.
_EQUAL = (
    select(comments.c.public_id)
    .select_from(
        comments.join(pages, comments.c.page_id == pages.c.id).outerjoin(
            _parents, comments.c.parent_id == _parents.c.id
        )
    )
    .where(
        comments.c.site_id == bindparam("site_id"),
        comments.c.address_hash.is_not_distinct_from(bindparam("address_hash")),
        comments.c.submitted_at > bindparam("from"),
        comments.c.submitted_at < bindparam("until"),
        pages.c.key == bindparam("page"),
        comments.c.name == bindparam("name"),
        comments.c.text == bindparam("text"),
        comments.c.staff_id.is_(None),
        _parents.c.public_id.is_not_distinct_from(bindparam("parent")),
    )
    .order_by(comments.c.id)
    .limit(1)
)
_LONG = DriverStatement(_EQUAL.where(comments.c.fingerprint == bindparam("fingerprint")))
_STATUSES: list[Any] = [literal_column(f"'{status}'") for status in Status]
_SHORT = DriverStatement(_EQUAL.where(comments.c.status.in_(_STATUSES)))


def sent_before(
    connection: Connection, keyless: KeylessComment, fingerprint: str | None
) -> str | None:
    """Return the public id of the equal comment that came a short while ago, if any.

    Args:
        connection: A transaction that has the lock of `lock_repeats`.
        keyless: What is looked for.
        fingerprint: Its text's, by which it is looked up; None for a short one.
    """
    submission = keyless.submission
    values = {
        "site_id": keyless.site.id,
        "address_hash": keyless.address_hash,
        "from": keyless.around[0],
        "until": keyless.around[1],
        "page": submission.page,
        "name": submission.name,
        "text": submission.text,
        "parent": submission.parent,
    }
    if fingerprint is None:
        row = _SHORT.first(connection, values)
    else:
        row = _LONG.first(connection, {**values, "fingerprint": fingerprint})
    return None if row is None else str(row.public_id)
