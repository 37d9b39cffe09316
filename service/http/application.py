"""Flask, without what it does for each request that none of ours needs."""

import json
import re
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request, Response
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import Headers
from werkzeug.routing import MapAdapter
from werkzeug.wsgi import get_host

# Addresses in which Werkzeug would change nothing.
_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9]{1,60}(?:\.[a-z0-9]{1,60})*(?::(?:[1-5][0-9]{4}|[1-9][0-9]{0,3}))?(?:/[A-Za-z0-9_-]+)*"
)
_WITHOUT_BODY = (204, 304)


class Answer(Response):
    """A response whose headers are sent as they are, where that is right."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers to send; to copy and rewrite them took a twentieth of a submission's time."""
        return self.headers if self._is_complete() else super().get_wsgi_headers(environ)

    def _is_complete(self) -> bool:
        headers = {name.lower(): value for name, value in self.headers}
        if "content-length" not in headers or "content-location" in headers:
            return False
        if self.status_code < 200 or self.status_code in _WITHOUT_BODY:
            return False
        location = headers.get("location")
        return location is None or _PLAIN_ADDRESS.fullmatch(location) is not None


class _Json(DefaultJSONProvider):
    """One encoder for all answers; Flask makes one for each."""

    ensure_ascii = False
    sort_keys = False

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self._encoder = json.JSONEncoder(
            ensure_ascii=False, default=self.default, separators=(",", ":")
        )

    def response(self, *args: Any, **kwargs: Any) -> Answer:
        """The answer with one object."""
        body = self._encoder.encode(self._prepare_response_obj(args, kwargs))
        # Half a character that a program sent and hears again is \ud800 in JSON as well.
        octets = f"{body}\n".encode(errors="backslashreplace")
        return Answer(octets, content_type=self.mimetype)


class Application(Flask):
    """The application; its functions are all plain ones, so none is looked at."""

    response_class = Answer
    json_provider_class = _Json

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the handler; Flask's own looks at a request's host three times."""
        if request is None:
            return super().create_url_adapter(request)
        request.host = get_host(request.environ)
        return self.url_map.bind(
            request.host,
            request.root_path,
            url_scheme=request.scheme,
            default_method=request.method,
            path_info=request.path,
            query_args=request.query_string.decode(errors="replace"),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func
