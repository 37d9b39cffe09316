"""What a reader's comment is caught by: a field that nobody sees, a time that nobody needs."""

from collections.abc import Mapping

from moderation.choices.safeguards import Catch
from moderation.comments import Submission, optional_text
from moderation.sites import Site
from service.safeguards.time_tokens import caught_by_token

HONEYPOT = "website"  # a field that people do not see and programs fill in
TIME_TOKEN = "time_token"  # noqa: S105 a field's name


def catch_of(fields: Mapping[str, object], submission: Submission, site: Site) -> Catch | None:
    """The first thing that tells of a program, of those that the site looks for.

    Raises:
        InvalidComment: One of the fields is no text.
    """
    filled, token = optional_text(fields, HONEYPOT), optional_text(fields, TIME_TOKEN)
    safeguards = site.safeguards
    if safeguards.honeypot and filled:
        return Catch.HONEYPOT
    if not safeguards.time_token:
        return None
    if not token:
        return Catch.NO_TOKEN if safeguards.token_required else None
    return caught_by_token(submission, token)
