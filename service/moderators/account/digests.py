"""Confirm or stop a digest by the links in its mails, without a sign-in.

What is shown to whoever guesses a link does not depend on who has a digest.
"""

import hmac
import re

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from moderation.notifications.digest_confirmation import ConfirmationNotFound, confirm_token
from moderation.notifications.digests import DigestNotFound, stop_token
from service.wiring.parts import parts

digest_mail_links = Blueprint("digest_mail_links", __name__, url_prefix="/digest")
_TOKEN = re.compile("([0-9]{1,18})-[0-9a-f]{64}")
_UNSUBSCRIBE, _CONFIRM = (
    "moderators/digest_unsubscribe.html",
    "moderators/digest_confirmation.html",
)


@digest_mail_links.get("/stop/<token>")
def stop_form(token: str) -> ResponseReturnValue:
    """A page with a button: mail scanners open every link of a mail."""
    _moderator_id(token)
    return render_template(_UNSUBSCRIBE, done=False)


@digest_mail_links.post("/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """By the button, or by a mail program's own (RFC 8058), which sends no cookie."""
    moderator_id = _moderator_id(token)
    digest = parts().digests.get(moderator_id)
    if digest is not None:
        right = stop_token(parts().secret, moderator_id, digest.address)
        if hmac.compare_digest(token, right):
            parts().digests.unsubscribe(moderator_id, digest.address)
    return render_template(_UNSUBSCRIBE, done=True)


@digest_mail_links.get("/confirm/<token>")
def confirm_form(token: str) -> ResponseReturnValue:
    _moderator_id(token)
    return render_template(_CONFIRM, done=False)


@digest_mail_links.post("/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Raises ConfirmationNotFound for a link of an address that is not chosen any more."""
    moderator_id = _moderator_id(token)
    digest = parts().digests.get(moderator_id)
    address = "" if digest is None else digest.address
    right = confirm_token(parts().secret, moderator_id, address)
    if not hmac.compare_digest(token, right):
        raise ConfirmationNotFound
    parts().digests.confirm(moderator_id, address)
    return render_template(_CONFIRM, done=True)


def _moderator_id(token: str) -> int:
    """The number before the token's dash; raises DigestNotFound for what is no token."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise DigestNotFound
    return int(match[1])
