"""A cookie that marks a browser where a name signed in: strangers' failures do not lock it out."""

import hmac
import secrets
from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from service.wiring.parts import parts

COOKIE = "parley_device"
LIFE = timedelta(days=180)


def remember_device(response: Response, name: str, *, path: str, secure: bool) -> None:
    """Mark the browser as one where `name` signed in; the mark opens nothing by itself."""
    nonce = secrets.token_hex(12)
    response.set_cookie(
        COOKIE,
        f"{nonce}.{_proof(name, nonce)}",
        max_age=LIFE,
        path=path,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def known_device(name: str) -> str | None:
    """The mark to count this browser's attempts at the name by; None without one."""
    nonce, _, proof = request.cookies.get(COOKIE, "").partition(".")
    if not hmac.compare_digest(proof.encode(), _proof(name, nonce).encode()):
        return None
    return nonce


def _proof(name: str, nonce: str) -> str:
    return parts().sign("device", f"{nonce}:{name}")
