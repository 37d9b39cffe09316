"""A cache of article pages' comments as bytes, valid until something public changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from moderation.storage.threads.page_comments import PageComments
from moderation.storage.threads.page_threads import PageThreads
from service.wiring.page_bodies import BodyRequest, body_of

_MAX_BYTES = 16 * 1024 * 1024  # of one web process


class PageCache:
    """The comments of pages as JSON and in other forms; what was used last is kept."""

    def __init__(self, comments: PageComments, threads: PageThreads) -> None:
        self._comments = comments
        self._threads = threads
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def json(self, request: BodyRequest) -> bytes:
        """The answer to the request.

        Raises:
            CommentNotFound: The page has nothing from where it is to go on.
        """
        return self.kept(request, lambda: body_of(self._comments, self._threads, request))

    def kept(self, request: Hashable, make: Callable[[], bytes]) -> bytes:
        """The body of this request, made if it is not kept; the request says all it is made of."""
        with self._lock:
            if request in self._bodies:
                self._bodies.move_to_end(request)
                return self._bodies[request]
        body = make()
        with self._lock:
            self._store(request, body)
        return body

    def _store(self, request: Hashable, body: bytes) -> None:
        if request not in self._bodies:
            self._bodies[request] = body
            self._size += len(body)
        while self._size > _MAX_BYTES:
            _, dropped = self._bodies.popitem(last=False)
            self._size -= len(dropped)
