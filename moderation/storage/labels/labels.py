"""Keep what people say that texts are, and give it to whoever learns from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from moderation.clock import Clock
from moderation.labels import Label, LabelSource
from moderation.sites import Site
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.comments import comments
from moderation.storage.schema.labels import labels

_KEY = ("site_id", "subject", "attribute", "source")
_AT_A_TIME = 1_000
_STORED = (
    select(
        labels.c.id,
        func.coalesce(labels.c.text, comments.c.text).label("text"),
        comments.c.public_id,
        labels.c.attribute,
        labels.c.value,
        labels.c.weight,
        labels.c.source,
        labels.c.created_at,
    )
    .select_from(labels.outerjoin(comments, labels.c.comment_id == comments.c.id))
    .order_by(labels.c.id)
    .limit(_AT_A_TIME)
)


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """A label as it is kept; `text` is the comment's where `comment` is the id of one."""

    id: int
    text: str
    comment: str | None
    attribute: str
    value: float
    weight: float
    source: LabelSource
    created_at: datetime


class Labels:
    """The labels of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, site: Site, given: Sequence[Label]) -> None:
        """Keep labels; one of the same source, text and attribute takes the earlier one's place.

        Raises:
            LookupError: A label's comment is none of the site's.
        """
        with self._database.write() as connection:
            add_labels(connection, site.id, given, self._clock())

    def of_site(self, site: Site) -> Iterator[StoredLabel]:
        """The site's labels, the oldest first."""
        newest = 0
        while True:
            query = _STORED.where(labels.c.site_id == site.id, labels.c.id > newest)
            with self._database.read() as connection:
                rows = connection.execute(query).all()
            yield from (_stored(row) for row in rows)
            if len(rows) < _AT_A_TIME:
                return
            newest = rows[-1].id

    def remove(self, site: Site, label_id: int) -> bool:
        """Remove a label of the site by its number; returns whether there was one."""
        own = (labels.c.site_id == site.id) & (labels.c.id == label_id)
        with self._database.write() as connection:
            removed = connection.execute(labels.delete().where(own).returning(labels.c.id))
            return removed.first() is not None


def add_labels(connection: Connection, site_id: int, given: Sequence[Label], now: datetime) -> None:
    """Keep labels in a transaction; raises LookupError for a comment that is none of the site's."""
    if not given:
        return
    ids = _comment_ids(connection, site_id, [label.comment for label in given if label.comment])
    rows: dict[tuple[object, ...], Mapping[str, object]] = {}
    for label in given:
        row = _row(site_id, label, now) | {"comment_id": label.comment and ids[label.comment]}
        rows[tuple(row[column] for column in _KEY)] = row  # PostgreSQL takes none twice in one
    insert = insert_for(connection)(labels)
    newer = {name: insert.excluded[name] for name in ("value", "weight", "created_at")}
    statement = insert.on_conflict_do_update(index_elements=_KEY, set_=newer)
    connection.execute(statement, list(rows.values()))


def _comment_ids(connection: Connection, site_id: int, public: Sequence[str]) -> dict[str, int]:
    query = select(comments.c.public_id, comments.c.id).where(
        comments.c.site_id == site_id, comments.c.public_id.in_(public)
    )
    return {row.public_id: row.id for row in connection.execute(query)} if public else {}


def _row(site_id: int, label: Label, now: datetime) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "text": label.text,
        "subject": label.subject,
        "attribute": label.attribute,
        "value": label.value,
        "weight": label.weight,
        "source": label.source,
        "created_at": now,
    }


def _stored(row: Row[*tuple[Any, ...]]) -> StoredLabel:
    return StoredLabel(
        id=row.id,
        text=row.text,
        comment=row.public_id,
        attribute=row.attribute,
        value=row.value,
        weight=row.weight,
        source=LabelSource(row.source),
        created_at=row.created_at,
    )
