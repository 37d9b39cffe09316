"""What a program sends to be checked: read once, strictly."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from moderation.comments import InvalidComment, Submission
from moderation.sites import Site

MAX_CHECKS = 100
_UNKNOWN = "-"  # stands for what need not be sent where nothing is stored


@dataclass(frozen=True, slots=True)
class SentCheck:
    """A comment to check.

    Attributes:
        submission: As a reader's would be; its name and page mean nothing where none was sent.
        name: The author's; empty where none was sent.
        address: The author's, None where none was sent.
    """

    submission: Submission
    name: str
    address: str | None


def wants_to_store(fields: Mapping[str, object]) -> bool:
    """Whether what is held shall wait for the site's moderators; raises InvalidComment."""
    store = fields.get("store", False)
    if isinstance(store, bool):
        return store
    sentence = "store must be true or false"
    raise InvalidComment(sentence, field="store")


def sent_comments(fields: Mapping[str, object]) -> list[object]:
    """The comments of a body, none of them read yet; raises InvalidComment."""
    sent = fields.get("comments")
    if isinstance(sent, list) and 1 <= len(sent) <= MAX_CHECKS:
        return sent
    sentence = f"comments must be a list of 1 to {MAX_CHECKS} objects with a name and a text"
    raise InvalidComment(sentence, field="comments")


def parse_check(place: int, sent: object, site: Site, *, store: bool) -> SentCheck:
    """Read one comment.

    Args:
        place: Its place in the body, from 0: errors name it.
        sent: The object.
        site: Whose key was sent.
        store: Whether it may be stored, which takes a name and a page.

    Raises:
        InvalidComment: A field is missing or wrong; `field` is as comments[0].text.
    """
    try:
        return _parsed(sent, site, store=store)
    except InvalidComment as wrong:
        sentence = f"comment {place + 1}: {wrong}"
        raise InvalidComment(sentence, field=f"comments[{place}].{wrong.field}") from wrong


def _parsed(sent: object, site: Site, *, store: bool) -> SentCheck:
    if not isinstance(sent, dict):
        sentence = "it must be an object with a name and a text"
        raise InvalidComment(sentence, field="text")
    known = {field: sent.get(field) for field in ("name", "text", "page")}
    is_named = known["name"] not in (None, "")
    if not store:
        missing = {field for field in ("name", "page") if known[field] in (None, "")}
        known.update(dict.fromkeys(missing, _UNKNOWN))
    submission = Submission.parse({**known, "site": site.name})
    site.admit(submission)
    return SentCheck(submission, submission.name if is_named else "", _address(sent.get("address")))


def _address(value: object) -> str | None:
    if value in (None, ""):
        return None
    try:
        return str(ipaddress.ip_address(value if isinstance(value, str) else ""))
    except ValueError as error:
        sentence = "address must be the author's IP address, as 192.0.2.1, or be left out"
        raise InvalidComment(sentence, field="address") from error
