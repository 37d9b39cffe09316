"""How many public comments have reports that nobody has answered, within any scope."""

from sqlalchemy import ColumnElement, Select, func, select

from moderation.comments import Status
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import is_open, reports

REPORTED = reports.join(comments, reports.c.comment_id == comments.c.id)
is_reported = is_open & (comments.c.status == Status.APPROVED)


def reported_number(is_within: ColumnElement[bool]) -> Select[int]:
    """Select how many comments of those have open reports."""
    number = select(func.count(reports.c.comment_id.distinct())).select_from(REPORTED)
    return number.where(is_reported, is_within)
