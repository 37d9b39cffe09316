"""What a program sends to be checked: read once, strictly."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from moderation.comments import InvalidComment, Submission
from moderation.rules.closing import PageClosed
from moderation.sites import Site
from service.wiring.parts import parts

MAX_CHECKS = 100
_UNKNOWN = "-"  # stands for what need not be sent where nothing is stored


@dataclass(frozen=True, slots=True)
class SentCheck:
    """A comment to check.

    Attributes:
        submission: As a reader's would be; its name and page mean nothing where none was sent.
        name: The author's; empty where none was sent.
        address: The author's, None where none was sent.
        page: The page's key, None where none was sent.
    """

    submission: Submission
    name: str
    address: str | None
    page: str | None


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
    sentence = f"comments must be a list of 1 to {MAX_CHECKS} objects with a text"
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
        PageClosed: It shall be stored, and its page takes no comments.
    """
    try:
        return _parsed(sent, site, store=store)
    except InvalidComment as wrong:
        sentence = f"comment {place + 1}: {wrong}"
        raise InvalidComment(sentence, field=f"comments[{place}].{wrong.field}") from wrong
    except PageClosed as closed:
        sentence = f"comment {place + 1}: {closed}"
        raise PageClosed(sentence) from closed


def _parsed(sent: object, site: Site, *, store: bool) -> SentCheck:
    if not isinstance(sent, dict):
        sentence = "it must be an object with a name and a text"
        raise InvalidComment(sentence, field="text")
    known = {field: sent.get(field) for field in ("name", "text", "page")}
    is_named, is_placed = (known[field] not in (None, "") for field in ("name", "page"))
    if not store:
        missing = {field for field in ("name", "page") if known[field] in (None, "")}
        known.update(dict.fromkeys(missing, _UNKNOWN))
    submission = Submission.parse({**known, "site": site.name})
    site.admit(submission)
    name = submission.name if is_named else ""
    page = submission.page if is_placed else None
    if store:
        place = parts().pages.get(site, submission.page)
        parts().closed_pages.check(site.rules, place.id, place.rules)
    return SentCheck(submission, name, _address(sent.get("address")), page)


def _address(value: object) -> str | None:
    if value in (None, ""):
        return None
    try:
        return str(ipaddress.ip_address(value if isinstance(value, str) else ""))
    except ValueError as error:
        sentence = "address must be the author's IP address, as 192.0.2.1, or be left out"
        raise InvalidComment(sentence, field="address") from error
