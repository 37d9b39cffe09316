"""A request as WSGI has it (PEP 3333), with nothing lost that tells two senders apart."""

import io
import sys
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from service.gateway.request_body import Body

BODY_PROBLEM = "parley.body_problem"  # an exception in place of a body
# The route of an answer that is the same for whoever asks the same, but for what Vary names.
FOR_EVERYBODY = "parley.for_everybody"
_FIELDS = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def environ_of(scope: dict[str, Any], body: Body) -> WSGIEnvironment:
    """The environment of a request.

    Args:
        scope: As ASGI has it.
        body: What came of its body.
    """
    server, client = scope["server"] or ("", ""), scope["client"] or ("", "")
    return _headers(scope["headers"]) | {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(client[0]),
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body.content),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        BODY_PROBLEM: body.problem,
    }


def _headers(headers: list[tuple[bytes, bytes]]) -> WSGIEnvironment:
    """The headers; a name with an underscore is left out, as nginx does.

    WSGI would give it the name of another header, one that a proxy may have set.
    """
    environ: WSGIEnvironment = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:
            continue
        key = _FIELDS.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        separator = "; " if name == "cookie" else ", "
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
