"""The payload of a delivery: the decision as it was, the comment as it is now.

It is read when it is sent and kept nowhere else: what an author took back meanwhile is not sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from moderation.policy import ATTRIBUTES, Reason
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.schema.comments import comments, earlier_texts, name_score, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.notifications import deliveries
from moderation.storage.schema.sites import pages, sites

_parents = comments.alias("payload_parents")
# A decision about a text that its author has changed since goes with that text, and not with one
# that nobody has decided yet.
_is_of_earlier = (earlier_texts.c.comment_id == comments.c.id) & (
    earlier_texts.c.version >= decisions.c.version
)


def _as_decided(column: str) -> ColumnElement[Any]:
    earlier = select(earlier_texts.c[column]).where(_is_of_earlier)
    first = earlier.order_by(earlier_texts.c.version).limit(1)
    return func.coalesce(first.scalar_subquery(), comments.c[column]).label(column)


_PAYLOAD: tuple[ColumnElement[Any], ...] = (
    decisions.c.version,
    decisions.c.actor,
    decisions.c.from_status,
    decisions.c.to_status,
    decisions.c.reasons,
    decisions.c.decided_at,
    comments.c.public_id,
    _as_decided("name"),
    _as_decided("text"),
    comments.c.staff_id.is_not(None).label("is_staff"),
    comments.c.submitted_at,
    sites.c.name.label("site"),
    pages.c.key.label("page"),
    pages.c.url,
    pages.c.title,
    _parents.c.public_id.label("parent"),
    scores.c.model,
    *(scores.c[attribute] for attribute in ATTRIBUTES),
    *(scores.c[name_score(attribute)] for attribute in ATTRIBUTES),
)
# Deliveries, each with the columns of its payload; those are NULL for a test.
SELECT_PAYLOAD: Select[Any] = (
    select(deliveries)
    .add_columns(*_PAYLOAD)
    .select_from(deliveries)
    .outerjoin(decisions, deliveries.c.decision_id == decisions.c.id)
    .outerjoin(comments, decisions.c.comment_id == comments.c.id)
    .outerjoin(sites, comments.c.site_id == sites.c.id)
    .outerjoin(pages, comments.c.page_id == pages.c.id)
    .outerjoin(_parents, comments.c.parent_id == _parents.c.id)
    .outerjoin(scores, (scores.c.comment_id == comments.c.id) & ~exists().where(_is_of_earlier))
)


@dataclass(frozen=True, slots=True)
class DecisionPayload:
    """A decision about a comment.

    Attributes:
        comment: Its public id, as `parent` is that of the comment that it answers.
        version: Of the comment, after this decision.
        is_staff: Whether a moderator wrote the comment for the site.
        page: The site's own key of the article page.
        reasons: Why the decision was taken.
        scores: Of the text by attribute, from 0 to 1; None where the comment was not scored.
        name_scores: Of the author's name; None where it was not scored.
        model: The version that gave the scores.
    """

    comment: str
    version: int
    site: str
    page: str
    url: str | None
    title: str | None
    name: str
    text: str
    is_staff: bool
    parent: str | None
    submitted_at: datetime
    decided_at: datetime
    decided_by: str
    previous_status: str
    status: str
    reasons: Sequence[Reason]
    scores: Mapping[str, float] | None
    name_scores: Mapping[str, float] | None
    model: str | None


def _is_score(value: float | None) -> bool:
    return value is not None


def to_payload(row: Row[Any]) -> DecisionPayload:
    """The payload of a row of SELECT_PAYLOAD that has a decision."""
    values = {attribute: row._mapping[attribute] for attribute in ATTRIBUTES}
    name_values = {attribute: row._mapping[name_score(attribute)] for attribute in ATTRIBUTES}
    return DecisionPayload(
        comment=row.public_id,
        version=row.version,
        site=row.site,
        page=row.page,
        url=row.url,
        title=row.title,
        name=row.name,
        text=row.text,
        is_staff=bool(row.is_staff),
        parent=row.parent,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        decided_by=row.actor,
        previous_status=row.from_status,
        status=row.to_status,
        reasons=to_reasons(row.reasons),
        scores=None if row.model is None else values,
        name_scores=name_values if any(map(_is_score, name_values.values())) else None,
        model=row.model,
    )
