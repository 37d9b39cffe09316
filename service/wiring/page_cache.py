"""Pages of comments as bytes, kept as long as nothing public changed."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from moderation.storage.comments.pages import Order, Page, Pages, PublicComment
from service.http.times import rfc3339

_MAX_BYTES = 16 * 1024 * 1024  # of one web process


@dataclass(frozen=True, slots=True)
class Slice:
    """Which of a page's comments: `limit` of them that follow the public id `after`."""

    page: Page  # with its revision: a change of what is public asks for another slice
    after: str | None
    limit: int
    order: Order


class Rendered:
    """Renders slices, and keeps those asked for last: most readers ask for the same few."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._kept: OrderedDict[Slice, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def json(self, asked: Slice) -> bytes:
        """`{"count", "comments", "next"}`; raises CommentNotFound for an unknown `after`."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        body = self._render(asked)
        with self._lock:
            self._keep(asked, body)
        return body

    def _render(self, asked: Slice) -> bytes:
        found = self._pages.approved(
            asked.page, after=asked.after, limit=asked.limit + 1, order=asked.order
        )
        shown = found[: asked.limit]
        body = {
            "count": asked.page.count,
            "comments": [public_fields(comment) for comment in shown],
            "next": shown[-1].id if len(found) > asked.limit else None,
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def _keep(self, asked: Slice, body: bytes) -> None:
        if asked not in self._kept:
            self._kept[asked] = body
            self._size += len(body)
        while self._size > _MAX_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped)


def public_fields(comment: PublicComment) -> dict[str, object]:
    """All that anyone may see of a comment, spelled one by one."""
    return {
        "id": comment.id,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "parent": comment.parent,
    }
