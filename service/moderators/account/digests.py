"""A moderator's digest: chosen on the account page, stopped by a link that needs no sign-in."""

import hmac
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.email_addresses import email_address
from moderation.notifications.digests import DigestFrequency, DigestNotFound, stop_token
from service.http.params import form_value, parse_choice
from service.moderators.request.access import require_moderator
from service.moderators.request.session_cookie import session_token
from service.wiring.parts import parts

digest_stop = Blueprint("digest_stop", __name__)
own_digest = Blueprint("own_digest", __name__)
own_digest.before_request(require_moderator)
OFF = "off"
_MAX_DIGITS = 18


@own_digest.post("/digest")
def choose() -> ResponseReturnValue:
    every = parse_choice(form_value("every"), (OFF, *DigestFrequency), "every")
    if every == OFF:
        parts().digests.choose_none(session_token())
    else:
        address = email_address(request.form.get("address", ""))
        parts().digests.choose(session_token(), DigestFrequency(every), address)
    return redirect(url_for("moderate.account.overview", done="digest"), HTTPStatus.SEE_OTHER)


@digest_stop.get("/digest/stop/<token>")
def ask(token: str) -> ResponseReturnValue:
    """A page with a button: mail scanners open every link of a mail."""
    _proven(token)
    return render_template("moderators/digest_unsubscribe.html", done=False)


@digest_stop.post("/digest/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """By the button, or by a mail program's own (RFC 8058), which sends no cookie."""
    found = _proven(token)
    if found is not None:
        parts().digests.unsubscribe(*found)
    return render_template("moderators/digest_unsubscribe.html", done=True)


def _proven(token: str) -> tuple[int, str] | None:
    """Whose digest and to which address; None where it is stopped already.

    Raises DigestNotFound for what no mail of ours had in it.
    """
    number, dash, _ = token.partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS
    if not dash or not is_number:
        raise DigestNotFound
    moderator_id = int(number)
    digest = parts().digests.get(moderator_id)
    if digest is None:
        return None
    right = stop_token(parts().secret, moderator_id, digest.address)
    if not hmac.compare_digest(token.encode(), right.encode()):
        raise DigestNotFound
    return moderator_id, digest.address
