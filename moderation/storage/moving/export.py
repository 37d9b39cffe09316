"""Give all of a site as lines: pages, comments with their decisions, labels."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from moderation.imports.systems.parley import FORMAT
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.moving.export_lines import (
    SCORES,
    comment_line,
    decision_line,
    label_line,
    page_line,
)
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, earlier_texts, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.labels import labels
from moderation.storage.schema.sites import pages

_AT_A_TIME = 1_000
_targets = pages.alias("targets")
_parents = comments.alias("parents")
_staff = moderators.alias("staff")
_PAGES: Select[Any] = (
    select(pages.c.id, pages.c.key, pages.c.url, pages.c.title, _targets.c.key.label("moved_to"))
    .select_from(pages.outerjoin(_targets, pages.c.moved_to == _targets.c.id))
    .order_by(pages.c.id)
)
_COMMENTS: Select[Any] = (
    select(
        comments,
        pages.c.key,
        _parents.c.public_id.label("parent"),
        _staff.c.name.label("staff"),
        scores.c.model,
        *(scores.c[name].label(f"score_{name}") for name in SCORES),
    )
    .select_from(
        comments.join(pages, comments.c.page_id == pages.c.id)
        .outerjoin(_parents, comments.c.parent_id == _parents.c.id)
        .outerjoin(_staff, comments.c.staff_id == _staff.c.id)
        .outerjoin(scores, scores.c.comment_id == comments.c.id)
    )
    .order_by(comments.c.id)
    .limit(_AT_A_TIME)
)
_DECISIONS = (
    select(decisions, moderators.c.name.label("moderator"))
    .select_from(decisions.outerjoin(moderators, decisions.c.moderator_id == moderators.c.id))
    .order_by(decisions.c.comment_id, decisions.c.version)
)


_EARLIER = (
    select(earlier_texts)
    .where(earlier_texts.c.comment_id.in_(bindparam("ids", expanding=True)))
    .order_by(earlier_texts.c.id)
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """By comment: the lines of its decisions and labels, and the rows of its earlier texts."""

    lines: Mapping[int, list[dict[str, object]]]
    earlier: Mapping[int, list[Row[Any]]]


@dataclass(slots=True)
class Export:
    """The lines of one site, as it is while they are read."""

    database: Database
    site: Site

    def lines(self) -> Iterator[dict[str, object]]:
        """Yield each line; one that says that it is the last comes last."""
        yield {"parley_export": FORMAT, "site": self.site.name, "title": self.site.title}
        known: set[int] = set()
        yield from self._pages(known)
        number, newest = 0, self._newest()
        for rows, kept in self._comments(newest):
            if missing := {row.page_id for row in rows} - known:
                yield from self._pages(known, missing)
            for row in rows:
                number += 1
                yield comment_line(row, kept.earlier.get(row.id, ()))
                yield from kept.lines.get(row.id, ())
        yield from self._text_labels()
        yield {"type": "end", "comments": number}

    def _newest(self) -> int:
        query = select(func.max(comments.c.id)).where(comments.c.site_id == self.site.id)
        with self.database.read() as connection:
            return connection.execute(query).scalar() or 0

    def _pages(self, known: set[int], only: set[int] | None = None) -> Iterator[dict[str, object]]:
        query, last = _PAGES.where(pages.c.site_id == self.site.id).limit(_AT_A_TIME), 0
        if only is not None:
            query = query.where(pages.c.id.in_(only))
        while True:
            with self.database.read() as connection:
                rows = connection.execute(query.where(pages.c.id > last)).all()
            if not rows:
                return
            for row in rows:
                known.add(row.id)
                yield page_line(row)
            last = rows[-1].id

    def _comments(self, newest: int) -> Iterator[tuple[Sequence[Row[Any]], _Kept]]:
        last = 0
        while True:
            of_site = comments.c.site_id == self.site.id
            query = _COMMENTS.where(of_site, comments.c.id > last, comments.c.id <= newest)
            with self.database.read() as connection:
                rows = connection.execute(query).all()
                kept = _kept_of(connection, rows)
            if not rows:
                return
            yield rows, kept
            last = rows[-1].id

    def _text_labels(self) -> Iterator[dict[str, object]]:
        last, of_site = 0, labels.c.site_id == self.site.id
        query = select(labels).where(of_site, labels.c.comment_id.is_(None))
        while True:
            after = query.where(labels.c.id > last).order_by(labels.c.id).limit(_AT_A_TIME)
            with self.database.read() as connection:
                rows = connection.execute(after).all()
            if not rows:
                return
            yield from (label_line(row, None) for row in rows)
            last = rows[-1].id


def _kept_of(connection: Connection, rows: Sequence[Row[Any]]) -> _Kept:
    """What is kept of comments; a decision since they were read is left out."""
    by_id = {row.id: row for row in rows}
    kept: dict[int, list[dict[str, object]]] = {row.id: [] for row in rows}
    for row in connection.execute(_DECISIONS.where(decisions.c.comment_id.in_(list(by_id)))):
        comment = by_id[row.comment_id]
        if row.version <= comment.version:
            kept[comment.id].append(decision_line(row, comment.public_id))
    query = select(labels).where(labels.c.comment_id.in_(list(by_id))).order_by(labels.c.id)
    for row in connection.execute(query):
        kept[row.comment_id].append(label_line(row, by_id[row.comment_id].public_id))
    earlier: dict[int, list[Row[Any]]] = defaultdict(list)
    changed = [row.id for row in rows if row.edited_at is not None]
    for row in connection.execute(_EARLIER, {"ids": changed}) if changed else ():
        earlier[row.comment_id].append(row)
    return _Kept(kept, earlier)
