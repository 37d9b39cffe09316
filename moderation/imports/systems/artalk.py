"""Artalk: its export, an array of comments in the form that it calls Artrans."""

from moderation.comments import Status
from moderation.imports.fields import Row, flag, optional_text, reference, text_of
from moderation.imports.json_rows import items
from moderation.imports.moments import moment
from moderation.imports.plain_text import markdown_text
from moderation.imports.records import (
    Records,
    RefusedRow,
    SourceComment,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        for placed in items(file, "item"):
            yield from _records(placed.row, placed.place)


def _records(row: Row, place: str) -> Records:
    try:
        page = text_of(row, "page_key")
        yield SourcePage(page, page, optional_text(row, "page_title"))
        yield _comment(row, page, place)
    except UnreadableRow as error:
        yield RefusedRow(place, optional_text(row, "id") or "", str(error))


def _comment(row: Row, page: str, place: str) -> SourceComment:
    return SourceComment(
        id=text_of(row, "id"),
        place=place,
        page=page,
        text=markdown_text(text_of(row, "content")),
        status=Status.FLAGGED if flag(row, "is_pending") else Status.APPROVED,
        submitted_at=moment(row.get("created_at")),
        name=optional_text(row, "nick") or "",
        parent=reference(row, "rid"),
        address=optional_text(row, "ip"),
        email=optional_text(row, "email"),
    )
