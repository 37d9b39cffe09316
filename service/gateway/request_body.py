"""Read a request's body with a deadline: the head has one, and so must what follows it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from service.http.body import MAX_BODY
from service.problems.errors import BodyTooSlow


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body may take: some seconds, and one more for each so many bytes that came."""

    seconds: float = 10.0
    bytes_per_second: int = 8_192


Receive = Callable[[], Awaitable[dict[str, Any]]]
_PATIENCE = Patience()


class ClientGone(ConnectionError):
    """The client closed the connection before its request was whole: nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Body:
    """What came of a body, and what is wrong with it, if anything."""

    content: bytes = b""
    problem: Exception | None = None


async def read_body(
    headers: Iterable[tuple[bytes, bytes]],
    receive: Receive,
    patience: Patience = _PATIENCE,
    limit: int = MAX_BODY,
) -> Body:
    """Read the body; one that is too large is left unread, or cut after one byte too many.

    Args:
        headers: The request's, with names in lower case.
        receive: Gives the next part of the body.
        patience: How long to wait.
        limit: How many bytes it may have.

    Raises:
        ClientGone: The connection ended before the body did.
    """
    framing = dict(headers)
    length = framing.get(b"content-length")
    if length is None and b"transfer-encoding" not in framing:
        return Body()
    if length is not None and int(length) > limit:
        return Body()
    # One byte too many says that it is too large. One that says its length is read no further: to
    # be told that this was all costs another turn of the event loop.
    last = limit + 1 if length is None else int(length)
    try:
        return Body(await _in_time(receive, patience, last))
    except TimeoutError:
        sentence = "the body did not come in time: send it at once, and faster"
        return Body(problem=BodyTooSlow(sentence))


async def _in_time(receive: Receive, patience: Patience, last: int) -> bytes:
    content = bytearray()
    start = asyncio.get_running_loop().time()
    async with asyncio.timeout_at(start + patience.seconds) as deadline:
        while len(content) < last:
            part = await receive()
            if part["type"] == "http.disconnect":
                raise ClientGone
            content += part.get("body", b"")
            if not part.get("more_body", False):
                break
            earned = len(content) / patience.bytes_per_second
            deadline.reschedule(start + patience.seconds + earned)
    return bytes(content)
