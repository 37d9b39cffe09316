"""Cusdis: its SQLite database, or its two tables as JSON."""

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
    if source.is_sqlite:
        for page in source.table("pages"):
            yield _page(page)
        for row in source.table("comments"):
            yield _record(row, f"comment {optional_text(row, 'id')}")
        return
    with source.opened() as file:
        for placed in items(file, "pages.item", "comments.item"):
            if placed.path == "pages.item":
                yield _page(placed.row)
            else:
                yield _record(placed.row, placed.place)


def _page(row: Row) -> SourcePage:
    url = optional_text(row, "url", "slug") or ""
    return SourcePage(optional_text(row, "id") or "", url, optional_text(row, "title"))


def _record(row: Row, place: str) -> SourceComment | RefusedRow:
    is_deleted = row.get("deletedAt", row.get("deleted_at")) is not None
    is_approved = flag(row, "approved")
    try:
        return SourceComment(
            id=text_of(row, "id"),
            place=place,
            page=text_of(row, "page_id", "pageId"),
            text="" if is_deleted else markdown_text(text_of(row, "content")),
            status=Status.ERASED
            if is_deleted
            else (Status.APPROVED if is_approved else Status.FLAGGED),
            submitted_at=moment(row.get("created_at", row.get("createdAt"))),
            name=optional_text(row, "by_nickname") or "",
            parent=reference(row, "parentId", "parent_id"),
            email=optional_text(row, "by_email"),
        )
    except UnreadableRow as error:
        return RefusedRow(place, optional_text(row, "id") or "", str(error))
