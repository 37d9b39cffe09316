"""Cards: comments as moderators see them, with page, scores and latest decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import Actor, Comment, CommentNotFound
from moderation.policy import ATTRIBUTES, Reason
from moderation.storage.comments.comments import PARENTS, SELECT_COMMENT, Parent, to_comment
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, name_score, scores
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.sites import pages


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision; `by` is the moderator's name."""

    actor: Actor
    by: str | None
    at: datetime
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A comment of any status with what a moderator needs to decide it.

    `decided` is None while nobody has; `scores` of the text and `name_scores` of the author's name
    have every attribute, None where it was not scored.
    """

    comment: Comment
    page_id: int
    url: str | None
    title: str | None
    parent: Parent | None
    decided: Decided | None
    scores: Mapping[str, float | None]
    name_scores: Mapping[str, float | None]
    model: str | None


# The columns of pages, PARENTS and scores that a moderator sees beside a comment.
SHOWN_WITH: tuple[ColumnElement[Any], ...] = (
    comments.c.page_id,
    pages.c.url,
    pages.c.title,
    PARENTS.c.name.label("parent_name"),
    PARENTS.c.text.label("parent_text"),
    scores.c.model,
    *(scores.c[attribute] for attribute in ATTRIBUTES),
    *(scores.c[name_score(attribute)] for attribute in ATTRIBUTES),
)
# Built once: to build a statement costs as much as to run it.
_CARDS = (
    SELECT_COMMENT.add_columns(
        comments.c.id,
        *SHOWN_WITH,
        decisions.c.actor,
        decisions.c.decided_at,
        decisions.c.reasons,
        moderators.c.name.label("moderator"),
    )
    .outerjoin(decisions, is_latest)
    .outerjoin(moderators, decisions.c.moderator_id == moderators.c.id)
    .outerjoin(scores, scores.c.comment_id == comments.c.id)
    .where(comments.c.id.in_(bindparam("ids", expanding=True)))
)


def cards_of(connection: Connection, ids: Sequence[int]) -> list[Card]:
    """Return the cards of the comments with these internal ids, in this order."""
    if not ids:
        return []
    cards = {row.id: _to_card(row) for row in connection.execute(_CARDS, {"ids": list(ids)})}
    return [cards[comment_id] for comment_id in ids if comment_id in cards]


def number_of(connection: Connection, comment_id: str, scope: AccessScope) -> int:
    """Return the internal id of the comment with this public id; raises CommentNotFound."""
    query = select(comments.c.id).where(comment_with_id(comment_id, scope))
    number = connection.execute(query).scalar()
    if number is None:
        raise CommentNotFound(comment_id)
    return int(number)


def parent_of(row: Row[Any]) -> Parent | None:
    """Return the comment that is answered, of a row with SHOWN_WITH."""
    return row.parent and Parent(row.parent_name, row.parent_text)


def scores_of(row: Row[Any]) -> dict[str, float | None]:
    """Return the scores by attribute, of a row with SHOWN_WITH."""
    return {attribute: row._mapping[attribute] for attribute in ATTRIBUTES}


def name_scores_of(row: Row[Any]) -> dict[str, float | None]:
    """Return the scores of the author's name by attribute, of a row with SHOWN_WITH."""
    return {attribute: row._mapping[name_score(attribute)] for attribute in ATTRIBUTES}


def _to_card(row: Row[Any]) -> Card:
    return Card(
        comment=to_comment(row),
        page_id=row.page_id,
        url=row.url,
        title=row.title,
        parent=parent_of(row),
        decided=_to_decided(row),
        scores=scores_of(row),
        name_scores=name_scores_of(row),
        model=row.model,
    )


def _to_decided(row: Row[Any]) -> Decided | None:
    if row.actor is None:
        return None
    return Decided(Actor(row.actor), row.moderator, row.decided_at, to_reasons(row.reasons))
