"""Sign-ins that failed, as the audit log has them: in whose name, and by what."""

from moderation.accounts.moderators import name_key
from moderation.keys import hash_token
from service.problems.errors import RateLimitExceeded
from service.wiring.parts import parts

_NOTES = "30 per hour"  # of one moderator, and of all names that nobody has: strangers fill no disk


def note_failed_sign_in(method: str, name: str | None) -> None:
    """Note that somebody could not sign in; what is beyond the limit is not noted.

    Args:
        method: What failed: password, code, link, provider.
        name: The moderator in whose name; None where nobody has the name that was given.
    """
    who = "nobody" if name is None else hash_token(name_key(name))
    try:
        parts().limits.hit(_NOTES, what="note of failed sign-in", who=who)
    except RateLimitExceeded:
        return
    parts().sign_in.note_failure(method, name)
