"""Remark42: its own backup, compressed or not."""

from moderation.comments import Status
from moderation.imports.fields import Row, flag, optional_text, part, parts, reference, text_of
from moderation.imports.json_rows import lines
from moderation.imports.moments import moment
from moderation.imports.plain_text import html_text, plain_name
from moderation.imports.records import (
    BrokenFile,
    Records,
    RefusedRow,
    SourceComment,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

_RIGHT = 'a backup of Remark42 begins with a line such as {"version": 1, "users": []}'


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        placed_rows = lines(file)
        first = next(placed_rows, None)
        if first is None or "version" not in first.row:
            raise BrokenFile(_RIGHT)
        if first.row["version"] != 1:
            sentence = f"its version is {first.row['version']!r:.20}, and only version 1 is known"
            raise BrokenFile(sentence)
        for post in parts(first.row, "posts"):
            yield from _pages(post)
        for placed in placed_rows:
            yield from _records(placed.row, placed.place)


def _pages(post: Row) -> Records:
    url = optional_text(post, "url")
    if url is not None:
        yield SourcePage(url, url)


def _records(row: Row, place: str) -> Records:
    comment_id = optional_text(row, "id") or ""
    try:
        url = text_of(part(row, "locator"), "url")
        yield SourcePage(url, url, optional_text(row, "title"))
        yield _comment(row, url, place)
    except UnreadableRow as error:
        yield RefusedRow(place, comment_id, str(error))


def _comment(row: Row, url: str, place: str) -> SourceComment:
    is_deleted = flag(row, "delete")
    return SourceComment(
        id=text_of(row, "id"),
        place=place,
        page=url,
        text="" if is_deleted else html_text(text_of(row, "text", "orig")),
        status=Status.ERASED if is_deleted else Status.APPROVED,
        submitted_at=moment(row.get("time")),
        # Its address is a hash already, by a key that nobody here has.
        name=plain_name(optional_text(part(row, "user"), "name") or ""),
        parent=reference(row, "pid"),
    )
