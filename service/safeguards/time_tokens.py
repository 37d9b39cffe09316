"""A signed token that says when somebody began to write: `TIME.NONCE.SIGNATURE`."""

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

from moderation.choices.safeguards import Catch
from moderation.comments import Submission
from service.wiring.parts import parts

TOO_FAST = timedelta(seconds=1)  # from the first look at the form to the click
TOO_OLD = timedelta(days=1)
_CLOCKS_DIFFER = timedelta(minutes=1)  # of web servers
_TOKEN = re.compile(r"([0-9]{1,15})\.([0-9a-f]{24})\.([0-9a-f]{64})")


def new_time_token(site: str) -> str:
    """A token for one comment on the site, from now on."""
    begun, nonce = int(parts().clock().timestamp() * 1000), secrets.token_hex(12)
    return f"{begun}.{nonce}.{_signature(site, begun, nonce)}"


def caught_by_token(submission: Submission, token: str) -> Catch | None:
    """What is wrong with a token, None for a right one; it is right for one comment."""
    parsed = _TOKEN.fullmatch(token)
    if parsed is None:
        return Catch.FORGED_TOKEN
    begun, nonce = int(parsed[1]), parsed[2]
    if not hmac.compare_digest(parsed[3], _signature(submission.site, begun, nonce)):
        return Catch.FORGED_TOKEN
    age = parts().clock() - datetime.fromtimestamp(begun / 1000, UTC)
    if not -_CLOCKS_DIFFER <= age <= TOO_OLD:
        return Catch.OLD_TOKEN
    if age < TOO_FAST:
        return Catch.TOO_FAST
    is_own = parts().token_uses.is_first(nonce, _what_is_sent(submission))
    return None if is_own else Catch.USED_TOKEN


def _what_is_sent(submission: Submission) -> str:
    """The same for a comment that is sent again, as after an answer that was lost."""
    same = (submission.page, submission.parent, submission.name, submission.text)
    return parts().sign("time token's comment", repr(same))


def _signature(site: str, begun: int, nonce: str) -> str:
    return parts().sign("time token", f"{site}:{begun}:{nonce}")
