"""Isso: its SQLite database, or its generic JSON."""

from moderation.comments import Status
from moderation.imports.fields import Row, optional_text, parts, reference, text_of
from moderation.imports.json_rows import items
from moderation.imports.moments import moment
from moderation.imports.plain_text import markdown_text, plain_name
from moderation.imports.records import (
    BrokenFile,
    Records,
    RefusedRow,
    SourceComment,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

_STATUSES = {1: Status.APPROVED, 2: Status.FLAGGED, 4: Status.ERASED}


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    return _from_database(source) if source.is_sqlite else _from_json(source)


def _from_database(source: SourceFile) -> Records:
    for thread in source.table("threads"):
        title = optional_text(thread, "title")
        yield SourcePage(str(thread.get("id")), optional_text(thread, "uri") or "", title)
    for row in source.table("comments"):
        comment_id = str(row.get("id"))
        place = f"comment {comment_id}"
        try:
            yield _comment(row, comment_id, place)
        except UnreadableRow as error:
            yield RefusedRow(place, comment_id, str(error))


def _comment(row: Row, comment_id: str, place: str) -> SourceComment:
    status = _STATUSES.get(row.get("mode"))  # type: ignore[call-overload]
    if status is None:
        sentence = f"its mode is {row.get('mode')!r:.20}, not 1, 2 or 4"
        raise UnreadableRow(sentence)
    return SourceComment(
        id=comment_id,
        place=place,
        page=text_of(row, "tid"),
        text="" if status is Status.ERASED else markdown_text(text_of(row, "text")),
        status=status,
        submitted_at=moment(row.get("created")),
        name=plain_name(optional_text(row, "author") or ""),  # its address is cut: nobody's
        parent=reference(row, "parent"),
        email=plain_name(optional_text(row, "email") or "") or None,
    )


def _from_json(source: SourceFile) -> Records:
    with source.opened() as file:
        for placed in items(file, "item"):
            thread = placed.row
            if not isinstance(thread.get("comments"), list):
                sentence = f"{placed.place}: a thread of Isso has `id`, `title` and `comments`"
                raise BrokenFile(sentence)
            page = optional_text(thread, "id") or ""
            yield SourcePage(page, page, optional_text(thread, "title"))
            for number, row in enumerate(parts(thread, "comments"), start=1):
                yield _json_comment(row, page, f"{placed.place}, comment {number}")


def _json_comment(row: Row, page: str, place: str) -> SourceComment | RefusedRow:
    own = optional_text(row, "id") or place
    try:
        return SourceComment(
            id=f"{page} {own}",
            place=place,
            page=page,
            text=markdown_text(text_of(row, "text")),
            status=Status.APPROVED,
            submitted_at=moment(row.get("created")),
            name=plain_name(optional_text(row, "author") or ""),
            email=plain_name(optional_text(row, "email") or "") or None,
        )
    except UnreadableRow as error:
        return RefusedRow(place, own, str(error))
