"""A cookie that marks a browser where a name signed in: strangers' failures do not lock it out."""

import hmac
import re
import secrets
from datetime import timedelta

from werkzeug.wrappers import Response

from moderation.accounts.moderators import name_key
from service.moderators.request.cookies import cookie_values, keep_cookie
from service.wiring.parts import parts

COOKIE = "parley_device"
LIFE = timedelta(days=180)
_MARK = re.compile("[0-9a-f]{24}")
_SHOWN = 8  # digits of a mark in the audit log: it names a browser there, and makes no cookie


def remember_device(response: Response, name: str) -> None:
    """Mark the browser as one where `name` signed in; the mark opens nothing by itself."""
    mark = known_device(name)
    if mark is None:
        mark = secrets.token_hex(12)
        parts().sign_in.note_device(name, mark[:_SHOWN])
    keep_cookie(response, COOKIE, f"{mark}.{_proof(name, mark)}", LIFE)


def known_device(name: str) -> str | None:
    """The mark to count this browser's attempts at the name by; None without one."""
    for value in cookie_values(COOKIE):
        mark, _, proof = value.partition(".")
        right = _proof(name, mark)
        if _MARK.fullmatch(mark) and hmac.compare_digest(proof.encode(), right.encode()):
            return mark
    return None


def _proof(name: str, mark: str) -> str:
    # The mark has a fixed length: no other pair of mark and name is signed by the same text.
    return parts().sign("device", f"{mark}:{name_key(name)}")
