"""Commento and Commento++: their JSON export."""

from moderation.comments import Status
from moderation.imports.fields import Row, flag, optional_text, reference, text_of
from moderation.imports.json_rows import items
from moderation.imports.moments import moment
from moderation.imports.plain_text import html_text, markdown_text
from moderation.imports.records import (
    Records,
    RefusedRow,
    SourceAuthor,
    SourceComment,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

_STATUSES = {
    "approved": Status.APPROVED,
    "unapproved": Status.FLAGGED,
    "flagged": Status.FLAGGED,
}
_ANONYMOUS = "anonymous"


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        for placed in items(file, "comments.item", "commenters.item"):
            if placed.path == "commenters.item":
                hex_id = optional_text(placed.row, "commenterHex") or ""
                name, email = (optional_text(placed.row, field) for field in ("name", "email"))
                yield SourceAuthor(hex_id, name or "", email)
            else:
                yield from _records(placed.row, placed.place)


def _records(row: Row, place: str) -> Records:
    try:
        path = text_of(row, "url", "path")
        domain = optional_text(row, "domain") or ""
        url = f"https://{domain}{path}" if domain and path.startswith("/") else path
        yield SourcePage(url, url)
        yield _comment(row, url, place)
    except UnreadableRow as error:
        yield RefusedRow(place, optional_text(row, "commentHex") or "", str(error))


def _comment(row: Row, url: str, place: str) -> SourceComment:
    status, author = _status(row), optional_text(row, "commenterHex")
    return SourceComment(
        id=text_of(row, "commentHex"),
        place=place,
        page=url,
        text="" if status is Status.ERASED else _text(row),
        status=status,
        submitted_at=moment(row.get("creationDate")),
        author=None if author == _ANONYMOUS else author,
        parent=reference(row, "parentHex"),
    )


def _text(row: Row) -> str:
    html = optional_text(row, "html")
    return markdown_text(text_of(row, "markdown")) if html is None else html_text(html)


def _status(row: Row) -> Status:
    if flag(row, "deleted"):
        return Status.ERASED
    state = optional_text(row, "state") or "approved"
    if state not in _STATUSES:
        sentence = f"its state is {state[:20]!r}, not one of {', '.join(_STATUSES)}"
        raise UnreadableRow(sentence)
    return _STATUSES[state]
