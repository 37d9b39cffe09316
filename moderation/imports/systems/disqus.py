"""Disqus: the XML file that its export sends by mail."""

from moderation.comments import Status
from moderation.imports.moments import moment
from moderation.imports.plain_text import disqus_text
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
from moderation.imports.xml_elements import Element, elements

_NS = "http://disqus.com "
_ID = "http://disqus.com/disqus-internals id"


def read(source: SourceFile) -> Records:
    """Yield what the file has; raises BrokenFile."""
    with source.opened() as file:
        for element in elements(file, "disqus", (f"{_NS}thread", f"{_NS}post")):
            if element.name == f"{_NS}thread":
                yield _page(element)
            else:
                yield from _post(element)


def _page(thread: Element) -> SourcePage:
    title = thread.text_of(f"{_NS}title") or None
    url = thread.text_of(f"{_NS}link") or thread.text_of(f"{_NS}id")
    return SourcePage(thread.attributes.get(_ID, ""), url, title)


def _post(post: Element) -> Records:
    post_id, place = post.attributes.get(_ID, ""), f"line {post.line}"
    try:
        yield _comment(post, post_id, place)
    except UnreadableRow as error:
        yield RefusedRow(place, post_id, str(error))
        return
    if post.text_of(f"{_NS}isSpam") == "true":
        yield SourceLabel(post_id, "spam", 1.0, BY_FILTER)


def _comment(post: Element, post_id: str, place: str) -> SourceComment:
    if not post_id:
        sentence = "it has no id"
        raise UnreadableRow(sentence)
    author = post.child(f"{_NS}author")
    return SourceComment(
        id=post_id,
        place=place,
        page=_reference(post, "thread") or "",
        text=disqus_text(post.text_of(f"{_NS}message")),
        status=_status(post),
        submitted_at=moment(post.text_of(f"{_NS}createdAt")),
        name="" if author is None else author.text_of(f"{_NS}name"),
        parent=_reference(post, "parent"),
        address=post.text_of(f"{_NS}ipAddress") or None,
        email=None if author is None else author.text_of(f"{_NS}email") or None,
    )


def _status(post: Element) -> Status:
    if post.text_of(f"{_NS}isSpam") == "true":
        return Status.REJECTED
    if post.text_of(f"{_NS}isDeleted") == "true":
        return Status.ERASED
    is_held = post.text_of(f"{_NS}isApproved") == "false"  # newer files say so
    return Status.FLAGGED if is_held else Status.APPROVED


def _reference(post: Element, name: str) -> str | None:
    child = post.child(f"{_NS}{name}")
    return None if child is None else child.attributes.get(_ID)
