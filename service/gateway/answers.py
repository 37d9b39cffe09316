"""An answer as it is sent, and what a finished one gives to the next who asks the same."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Self

from werkzeug.http import is_entity_header, parse_etags

from service.gateway.plain_reads import PlainRead

Headers = list[tuple[bytes, bytes]]
_OWN_BYTES = 1_000  # of an answer's objects, about


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers with names in lower case, body.

    Attributes:
        route: By whose handler; None where the answer is for the request alone.
    """

    status: int
    headers: Headers
    body: bytes
    route: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer was begun.

    Attributes:
        commit: The database's number then; None where it did not say.
        at: Seconds of a clock that never goes back.
    """

    commit: tuple[int, int] | None
    at: float


@dataclass(frozen=True, slots=True)
class FinishedAnswer:
    """An answer for everybody; `whole` is None of one that only said "unchanged"."""

    begun: Moment
    route: str
    etag: bytes
    unchanged: Answer
    whole: Answer | None

    @classmethod
    def of(cls, answer: Answer, begun: Moment) -> Self | None:
        """Keep what can be given again: whole or unchanged, known by its ETag; else None."""
        headers = dict(answer.headers)
        etag = headers.get(b"etag")
        is_kind = answer.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        if answer.route is None or etag is None or not is_kind or b"set-cookie" in headers:
            return None
        rest = [pair for pair in answer.headers if not is_entity_header(pair[0].decode("latin-1"))]
        unchanged = Answer(HTTPStatus.NOT_MODIFIED, rest, b"")
        whole = answer if answer.status == HTTPStatus.OK else None
        return cls(begun, answer.route, etag, unchanged, whole)

    def answer_to(self, read: PlainRead) -> Answer | None:
        """What this request gets of it; None where it wants the body, and there is none."""
        known = read.headers.get(b"if-none-match")
        if known is not None and _names(known, self.etag):
            return self.unchanged
        if self.whole is not None and read.method == "HEAD":
            return replace(self.whole, body=b"")
        return self.whole

    def after(self, earlier: "FinishedAnswer | None") -> "FinishedAnswer":
        """The same with the body of an earlier one, where only the body was not asked for."""
        if self.whole is not None or earlier is None or earlier.etag != self.etag:
            return self
        return replace(self, whole=earlier.whole)

    @property
    def size(self) -> int:
        """In bytes, about."""
        headers = sum(len(name) + len(value) for name, value in self.unchanged.headers)
        return _OWN_BYTES + 2 * headers + (0 if self.whole is None else len(self.whole.body))


def _names(known: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names the ETag (RFC 9110, 13.1.2)."""
    if known == etag:
        return True
    tag = etag.decode("latin-1").removeprefix("W/").strip('"')
    return parse_etags(known.decode("latin-1")).contains_weak(tag)
