"""WordPress: the WXR file of Tools, Export."""

from moderation.comments import Status
from moderation.imports.moments import moment
from moderation.imports.plain_text import html_text, plain_name
from moderation.imports.records import (
    BY_CORRECTION,
    BY_FILTER,
    Records,
    RefusedRow,
    SourceComment,
    SourceLabel,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile
from moderation.imports.xml_elements import Element, elements

_STATUSES = {
    "1": Status.APPROVED,
    "approved": Status.APPROVED,
    "0": Status.FLAGGED,
    "hold": Status.FLAGGED,
    "spam": Status.REJECTED,
    "trash": Status.ERASED,
    "post-trashed": Status.ERASED,
}
_WHAT_A_READER_WRITES = ("", "comment", "review")


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        number, is_commented = 1, False
        for element in elements(file, "rss", ("item",), parts=("comment",)):
            page = f"item {number}"
            if element.name != "item":
                is_commented = True
                yield from _records(element, page)
                continue
            if is_commented:
                post = {_local(child): child for child in element.children}
                yield SourcePage(page, _text(post, "link"), _text(post, "title") or None)
            number, is_commented = number + 1, False


def _records(comment: Element, page: str) -> Records:
    fields = {_local(child): child for child in comment.children}
    comment_id, place = _text(fields, "comment_id"), f"line {comment.line}"
    try:
        yield _comment(fields, page, place)
    except UnreadableRow as error:
        yield RefusedRow(place, comment_id, str(error))
        return
    yield from _labels(comment, fields)


def _comment(fields: dict[str, Element], page: str, place: str) -> SourceComment:
    what = _text(fields, "comment_type")
    if what not in _WHAT_A_READER_WRITES:
        sentence = f"its comment_type is {what[:20]!r}, which no reader writes"
        raise UnreadableRow(sentence)
    parent = _text(fields, "comment_parent")
    return SourceComment(
        id=_text(fields, "comment_id"),
        place=place,
        page=page,
        text=html_text(_text(fields, "comment_content"), keeps_breaks=True),
        status=_status(_text(fields, "comment_approved")),
        submitted_at=moment(_time(fields)),
        name=plain_name(_text(fields, "comment_author")),
        parent=None if parent in ("", "0") else parent,
        address=_text(fields, "comment_author_IP") or None,
        email=_text(fields, "comment_author_email") or None,
    )


def _status(approved: str) -> Status:
    if approved not in _STATUSES:
        sentence = f"its comment_approved is {approved[:20]!r}, not one of {', '.join(_STATUSES)}"
        raise UnreadableRow(sentence)
    return _STATUSES[approved]


def _time(fields: dict[str, Element]) -> str:
    """In UTC; old drafts have zeros there, and only the blog's own time."""
    time = _text(fields, "comment_date_gmt")
    return _text(fields, "comment_date") if time.startswith("0000") or not time else time


def _labels(comment: Element, fields: dict[str, Element]) -> Records:
    """What Akismet said, and above it what a person said when they corrected it."""
    comment_id, metas = _text(fields, "comment_id"), _metas(comment)
    for key, weight in (("akismet_user_result", BY_CORRECTION), ("akismet_result", BY_FILTER)):
        if metas.get(key) in ("true", "false"):
            yield SourceLabel(comment_id, "spam", float(metas[key] == "true"), weight)
            return
    if _text(fields, "comment_approved") == "spam":
        yield SourceLabel(comment_id, "spam", 1.0, BY_FILTER)


def _metas(comment: Element) -> dict[str, str]:
    metas = {}
    for meta in comment.children:
        if _local(meta) == "commentmeta":
            fields = {_local(child): child for child in meta.children}
            metas[_text(fields, "meta_key")] = _text(fields, "meta_value")
    return metas


def _local(element: Element) -> str:
    return element.name.rpartition(" ")[2]


def _text(fields: dict[str, Element], name: str) -> str:
    element = fields.get(name)
    return "" if element is None else element.text.strip()
