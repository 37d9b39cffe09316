"""The application as an ASGI server calls it: whole bodies in, a thread for each request."""

from collections.abc import Awaitable, Callable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from service.gateway.answer_store import AnswerStore
from service.gateway.answers import Answer, Headers
from service.gateway.environ import FOR_EVERYBODY, environ_of
from service.gateway.large_bodies import body_limit, is_large
from service.gateway.plain_reads import plain_read
from service.gateway.request_body import ClientGone, Receive, read_body
from service.gateway.request_threads import RequestThreads
from service.gateway.shared_answers import SharedAnswers
from service.http.body import MAX_BODY

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Gateway:
    """Calls a WSGI application for each request, once the request is here as a whole.

    A client that sends slowly is waited for in the event loop, where it costs a socket and no
    thread. Threads are for what the application itself waits for. What it has just answered
    everybody is given again without it.
    """

    def __init__(
        self,
        application: WSGIApplication,
        threads: int,
        knows_key: Callable[[str], bool],
        answers: AnswerStore,
    ) -> None:
        """Start no thread yet.

        Args:
            application: The WSGI application.
            threads: How many requests it may answer at once; the others wait.
            knows_key: Whether a program with this key or token may send larger bodies.
            answers: Keeps what it answered.
        """
        self._application = application
        self._knows_key = knows_key
        self._threads = RequestThreads(threads)
        self._answers = answers
        self._shared = SharedAnswers(answers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        read = plain_read(scope)
        if read is None:
            answer = await self._ask(scope, receive)
        else:
            answer = self._answers.get(read) or await self._shared.make(
                read, lambda: self._ask(scope, receive)
            )
        if answer is None:
            return
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    async def _ask(self, scope: Scope, receive: Receive) -> Answer | None:
        """What the application answers; None where nobody waits for it any more."""
        limit = MAX_BODY
        if is_large(scope):
            limit = await self._threads.run(lambda: body_limit(scope, self._knows_key))
        try:
            body = await read_body(scope["headers"], receive, limit=limit)
        except ClientGone:
            return None
        environ = environ_of(scope, body)
        return await self._threads.run(lambda: self._call(environ))

    def _call(self, environ: WSGIEnvironment) -> Answer:
        start = _Start()
        chunks = self._application(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            if callable(close := getattr(chunks, "close", None)):
                close()
        return Answer(start.status, start.headers, body, environ.get(FOR_EVERYBODY))


class _Start(StartResponse):
    """Keeps status and headers; a later call, after an error, replaces them (PEP 3333)."""

    status = 500
    headers: Headers

    def __call__(
        self, status: str, headers: list[tuple[str, str]], _exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return _no_write


def _no_write(_: bytes) -> object:
    sentence = "answers are returned, not written"
    raise NotImplementedError(sentence)
