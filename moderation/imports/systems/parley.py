"""Parley itself: what `parley export` writes."""

from moderation.comments import Status
from moderation.imports.fields import Row, optional_text, text_of
from moderation.imports.json_rows import lines
from moderation.imports.moments import moment
from moderation.imports.records import (
    BrokenFile,
    ParleyRow,
    Records,
    RefusedRow,
    SourceComment,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

FORMAT = 1
_KINDS = ("page", "comment", "decision", "label", "end")


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile, also where its last line is missing."""
    with source.opened() as file:
        placed_rows = lines(file)
        first = next(placed_rows, None)
        if first is None or first.row.get("parley_export") != FORMAT:
            sentence = f'line 1: an export of Parley begins with {{"parley_export": {FORMAT}}}'
            raise BrokenFile(sentence)
        kind, place = None, first.place
        for placed in placed_rows:
            kind, place = placed.row.get("type"), placed.place
            if kind not in _KINDS:
                sentence = f"{place}: its type is {kind!r:.40}, not one of {', '.join(_KINDS)}"
                raise BrokenFile(sentence)
            if kind != "end":
                yield _record(placed.row, str(kind), place)
        if kind != "end":
            sentence = f"it ends after {place}, without its line of the type `end`: it is cut"
            raise BrokenFile(sentence)


def _record(row: Row, kind: str, place: str) -> SourcePage | SourceComment | ParleyRow | RefusedRow:
    try:
        if kind == "page":
            return _page(row)
        if kind == "comment":
            return _comment(row, place)
        return ParleyRow(kind, optional_text(row, "comment"), row)
    except UnreadableRow as error:
        return RefusedRow(place, optional_text(row, "id", "key") or "", str(error))


def _page(row: Row) -> SourcePage:
    key = text_of(row, "key")
    title, moved_to = optional_text(row, "title"), optional_text(row, "moved_to")
    return SourcePage(key, optional_text(row, "url") or key, title, moved_to)


def _comment(row: Row, place: str) -> SourceComment:
    try:
        status = Status(text_of(row, "status"))
    except ValueError as error:
        sentence = f"its status is {row.get('status')!r:.20}, not one of {', '.join(Status)}"
        raise UnreadableRow(sentence) from error
    is_erased = status is Status.ERASED
    return SourceComment(
        id=text_of(row, "id"),
        place=place,
        page=text_of(row, "page"),
        text="" if is_erased else text_of(row, "text"),
        status=status,
        submitted_at=moment(row.get("submitted_at")),
        name="" if is_erased else text_of(row, "name"),
        parent=optional_text(row, "parent"),
        state=row,
    )
