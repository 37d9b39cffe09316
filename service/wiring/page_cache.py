"""A cache of article pages' comments as JSON bytes, valid until something public changes."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from moderation.storage.comments.pages import Order, Page, Pages, PublicComment
from service.http.formats import rfc3339

_MAX_BYTES = 16 * 1024 * 1024  # of one web process


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which of a page's comments: `limit` of them that follow the public id `after`."""

    page: Page  # with its revision: after a public change no cached answer fits any more
    after: str | None
    limit: int
    order: Order
    max_text: int  # of the site's comments, in characters


class PageCache:
    """The comments of pages as JSON; the most recently used answers are kept."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._bodies: OrderedDict[PageRequest, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def json(self, request: PageRequest) -> bytes:
        """The answer `{"count", "comments", "next", "max_text"}`.

        Raises:
            CommentNotFound: No comment of the page has the id `after`.
        """
        with self._lock:
            if request in self._bodies:
                self._bodies.move_to_end(request)
                return self._bodies[request]
        body = self._render(request)
        with self._lock:
            self._store(request, body)
        return body

    def _render(self, request: PageRequest) -> bytes:
        comments = self._pages.approved(
            request.page, after=request.after, limit=request.limit + 1, order=request.order
        )
        shown = comments[: request.limit]
        body = {
            "count": request.page.count,
            "comments": [public_fields(comment) for comment in shown],
            "next": shown[-1].id if len(comments) > request.limit else None,
            "max_text": request.max_text,
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def _store(self, request: PageRequest, body: bytes) -> None:
        if request not in self._bodies:
            self._bodies[request] = body
            self._size += len(body)
        while self._size > _MAX_BYTES:
            _, dropped = self._bodies.popitem(last=False)
            self._size -= len(dropped)


def public_fields(comment: PublicComment) -> dict[str, object]:
    """The public fields of a comment, listed one by one: a new column is never published."""
    return {
        "id": comment.id,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "parent": comment.parent,
        "staff": comment.is_staff,
        "erased": comment.is_erased,
    }
