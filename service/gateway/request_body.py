"""Read a request's body with a deadline: the head has one, and so must what follows it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from service.http.body import MAX_BODY, MAX_LARGE_BODY
from service.problems.errors import BodyTooSlow


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body may take: some seconds, and one more for each so many bytes that came."""

    seconds: float = 10.0
    bytes_per_second: int = 8_192


Receive = Callable[[], Awaitable[dict[str, Any]]]
_PATIENCE = Patience()
_MOST_READ = MAX_LARGE_BODY  # bytes


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
    """Read the body; of one that is too large at most one byte too many is kept.

    It is read all the same, unless it is far too large or its sender waits to be told: many clients
    send their body to its end before they look for an answer, and would not hear this one.

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
    size = _MOST_READ if length is None else int(length)
    is_too_large = length is not None and size > limit
    if is_too_large and (size > _MOST_READ or b"expect" in framing):
        return Body()
    try:
        return Body(await _in_time(receive, patience, size, 0 if is_too_large else limit + 1))
    except TimeoutError:
        sentence = "the body did not come in time: send it at once, and faster"
        return Body(problem=BodyTooSlow(sentence))


async def _in_time(receive: Receive, patience: Patience, size: int, kept: int) -> bytes:
    """The first `kept` bytes of `size`: to be told that these were all costs another turn."""
    content, came = bytearray(), 0
    start = asyncio.get_running_loop().time()
    async with asyncio.timeout_at(start + patience.seconds) as deadline:
        while came < size:
            part = await receive()
            if part["type"] == "http.disconnect":
                raise ClientGone
            octets = part.get("body", b"")
            content += octets[: kept - len(content)]
            came += len(octets)
            if not part.get("more_body", False):
                break
            earned = came / patience.bytes_per_second
            deadline.reschedule(start + patience.seconds + earned)
    return bytes(content)
