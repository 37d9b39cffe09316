"""Stop a digest by the link in its mails, without a sign-in."""

import hmac

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from moderation.notifications.digests import DigestNotFound, stop_token
from service.http.params import parse_int
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

digest_stop = Blueprint("digest_stop", __name__)
_MAX_ID = 10**18 - 1


@digest_stop.get("/digest/stop/<token>")
def form(token: str) -> ResponseReturnValue:
    """A page with a button: mail scanners open every link of a mail."""
    _digest_of(token)
    return render_template("moderators/digest_unsubscribe.html", done=False)


@digest_stop.post("/digest/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """By the button, or by a mail program's own (RFC 8058), which sends no cookie."""
    digest = _digest_of(token)
    if digest is not None:
        parts().digests.unsubscribe(*digest)
    return render_template("moderators/digest_unsubscribe.html", done=True)


def _digest_of(token: str) -> tuple[int, str] | None:
    """The moderator's id and the address of the digest; None where it is stopped already.

    Raises:
        DigestNotFound: No mail of ours had this token in it.
    """
    moderator_id = _moderator_id(token)
    digest = parts().digests.get(moderator_id)
    if digest is None:
        return None
    right = stop_token(parts().secret, moderator_id, digest.address)
    if not hmac.compare_digest(token.encode(), right.encode()):
        raise DigestNotFound
    return moderator_id, digest.address


def _moderator_id(token: str) -> int:
    """The number before the token's dash."""
    number, dash, _ = token.partition("-")
    try:
        moderator_id = parse_int(number, "token", most=_MAX_ID)
    except InvalidQuery as error:
        raise DigestNotFound from error
    if not dash:
        raise DigestNotFound
    return moderator_id
