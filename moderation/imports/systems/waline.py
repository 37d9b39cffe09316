"""Waline: the JSON of its admin page's export, or an array of its comments."""

from moderation.comments import Status
from moderation.imports.fields import Row, optional_text, reference, text_of
from moderation.imports.json_rows import items
from moderation.imports.moments import moment
from moderation.imports.plain_text import markdown_text, plain_name
from moderation.imports.records import (
    BY_FILTER,
    Records,
    RefusedRow,
    SourceComment,
    SourceLabel,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

_STATUSES = {
    "approved": Status.APPROVED,
    "waiting": Status.FLAGGED,
    "spam": Status.REJECTED,
}


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        for placed in items(file, "data.Comment.item", "results.item", "item"):
            yield from _records(placed.row, placed.place)


def _records(row: Row, place: str) -> Records:
    own = optional_text(row, "objectId", "id") or ""
    try:
        url = text_of(row, "url")
        yield SourcePage(url, url)
        yield _comment(row, url, place)
    except UnreadableRow as error:
        yield RefusedRow(place, own, str(error))
        return
    if row.get("status") == "spam":
        yield SourceLabel(own, "spam", 1.0, BY_FILTER)


def _comment(row: Row, url: str, place: str) -> SourceComment:
    status = optional_text(row, "status") or "approved"
    if status not in _STATUSES:
        sentence = f"its status is {status[:20]!r}, not one of {', '.join(_STATUSES)}"
        raise UnreadableRow(sentence)
    return SourceComment(
        id=text_of(row, "objectId", "id"),
        place=place,
        page=url,
        text=markdown_text(text_of(row, "comment")),
        status=_STATUSES[status],
        submitted_at=moment(row.get("insertedAt", row.get("createdAt"))),
        name=plain_name(optional_text(row, "nick") or ""),
        parent=reference(row, "pid", "rid"),
        address=optional_text(row, "ip"),
        email=optional_text(row, "mail"),
    )
