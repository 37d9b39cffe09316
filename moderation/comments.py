"""The words: what a reader submits, what becomes of it, and what can be wrong with it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from characters.hidden import has_visible, without_controls
from characters.length import MAX_BYTES, MOST_PARTS, length_up_to
from characters.normal_forms import normalised
from moderation.pages.origins import web_address
from moderation.pages.page_keys import naming_parameters, page_key

MAX_SITE = 80  # of a name that is asked for; `site_name` says which there can be
MAX_NAME = 80
MAX_ID = 80
MAX_TEXT = 10_000
MAX_URL = 8_000  # of a page's address; a longer one is left out
MAX_TITLE = 300  # of a page's title; the rest is cut off
# The bytes of the longest submission, however it is encoded; address and title have some to spare.
MAX_ENCODED = MAX_BYTES * (MAX_TEXT + MAX_NAME + MAX_ID + MAX_SITE) + 65_536


class Status(StrEnum):
    """Where a comment is on its way; only an approved one is public."""

    PENDING = "pending"  # stored, not decided yet
    APPROVED = "approved"
    FLAGGED = "flagged"  # waits for a moderator
    REJECTED = "rejected"
    ERASED = "erased"  # for good: name and text are gone, its place in the thread stays


SETTLED = (Status.APPROVED, Status.REJECTED)  # decided, and waiting for nobody


class QueueSection(StrEnum):
    """Where in the queue a comment waits."""

    IN_DOUBT = "in_doubt"
    # A score reaches the model's threshold to reject, and its site rejects nothing by itself there.
    LIKELY_REJECTED = "likely_rejected"


class Actor(StrEnum):
    """Who takes a decision about a comment."""

    POLICY = "policy"
    MODERATOR = "moderator"
    AUTHOR = "author"  # changes or erases what they wrote
    OPERATOR = "operator"  # erases on the server, and nothing else


MistakeKind = Literal["empty", "length", "line", "parent", "email"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a reader can mend in a field; their language has a text for each kind.

    Attributes:
        length: How many characters there are, where the kind is "length".
        limit: How many there may be.
    """

    kind: MistakeKind
    length: int = 0
    limit: int = 0


class InvalidComment(ValueError):
    """A submission that cannot be taken: `field` is wrong, the sentence says how to right it.

    `mistake` says the same for people who read another language.
    """

    def __init__(self, sentence: str, *, field: str, mistake: Mistake | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.mistake = mistake


class CommentNotFound(LookupError):
    """No comment has this public id, or none that the asker may see."""


class IdempotencyConflict(ValueError):
    """The Idempotency-Key was used before with another body."""


class DecisionConflict(ValueError):
    """Somebody decided the comment first: `comment` is what it is now, `by` which moderator."""

    def __init__(self, comment: "Comment", *, by: str | None = None) -> None:
        whom = "" if by is None else f" by {by}"
        what = "put back into the queue" if comment.status is Status.FLAGGED else comment.status
        sentence = f"the comment was {what} already{whom}"
        if comment.edited_at is not None and by is None and comment.status is not Status.ERASED:
            sentence = "its author has changed the comment since: look at the new text"
        super().__init__(sentence)
        self.comment = comment


@dataclass(frozen=True, slots=True)
class Submission:
    """What a reader leaves under a page, checked: text and name are byte-exact as sent.

    No text that is said of the page refuses a comment: it is normalised, cut or left out.

    Attributes:
        page: The page's key, as `page_key` gives it.
        url: The address where the reader is, as a browser spells it; of any site.
        title: What the sender calls the page.
        naming: The query parameters that name the article on this site.
    """

    site: str
    page: str
    name: str
    text: str
    url: str | None = None
    title: str | None = None
    parent: str | None = None
    naming: tuple[str, ...] = ()

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> "Submission":
        """Raises InvalidComment for the first field that is missing, too long or not text."""
        naming = naming_parameters(optional_text(fields, "query"))
        return cls(
            site=storable_line(fields, "site", MAX_SITE),
            page=_page(fields.get("page"), naming),
            name=storable_line(fields, "name", MAX_NAME),
            text=storable_text(fields, "text", MAX_TEXT),
            url=_url(optional_text(fields, "url")),
            title=page_title(optional_text(fields, "title")),
            parent=_optional_line(fields, "parent", MAX_ID),
            naming=naming,
        )


@dataclass(frozen=True, slots=True)
class Comment:
    """A stored comment.

    Attributes:
        id: Public, random and not guessable.
        version: Counts its changes.
        is_staff: Whether a moderator wrote it for the site.
        edited_at: When its author changed it last; None: never.
        is_pinned: Whether it stands first on its page.
        is_unseen: Whether it was published to be looked at later, and nobody has yet.
    """

    id: str
    site: str
    page: str
    name: str
    text: str
    status: Status
    version: int
    submitted_at: datetime
    parent: str | None
    is_staff: bool = False
    edited_at: datetime | None = None
    is_pinned: bool = False
    is_unseen: bool = False


def page_title(value: str | None) -> str | None:
    """Return a page's title as one line, cut to MAX_TITLE; None for what nobody could read."""
    if value is None or not has_visible(value):
        return None
    value = value[: 2 * MOST_PARTS * MAX_TITLE]  # megabytes may come; spaces do not count
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    line = normalised("NFC", without_controls(" ".join(whole.split())))
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 1].rstrip()}…"


def _page(value: object, naming: tuple[str, ...]) -> str:
    if not isinstance(value, str) or not has_visible(value):
        sentence = "page is missing: give the page's path, or a name of your own for it"
        raise InvalidComment(sentence, field="page")
    return page_key(value, naming)


def _url(value: str | None) -> str | None:
    address = web_address(value) if value is not None and len(value) <= MAX_URL else None
    return None if address is None else address.href


def storable_line(fields: Mapping[str, object], field: str, limit: int) -> str:
    """As `storable_text`, of one line."""
    value = storable_text(fields, field, limit)
    if not value.isprintable() and any(map(_ends_line, value)):
        sentence = f"{field} must be one line without tabs or control characters"
        raise InvalidComment(sentence, field=field, mistake=Mistake("line"))
    return value


def _ends_line(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Zl", "Zp")


def _optional_line(fields: Mapping[str, object], field: str, limit: int) -> str | None:
    if fields.get(field) in (None, ""):
        return None
    return storable_line(fields, field, limit)


def optional_text(fields: Mapping[str, object], field: str) -> str | None:
    """The field's text, whatever it says, or None; raises InvalidComment for another type."""
    value = fields.get(field)
    if value is None or isinstance(value, str):
        return value
    sentence = f"{field} must be a string, or be left out"
    raise InvalidComment(sentence, field=field)


def storable_text(fields: Mapping[str, object], field: str, limit: int) -> str:
    """The field's text, which both databases can keep; raises InvalidComment."""
    value = fields.get(field)
    if value is None:
        sentence = f"{field} is missing: give 1 to {limit:,} characters"
        raise InvalidComment(sentence, field=field, mistake=Mistake("empty"))
    if not isinstance(value, str):
        sentence = f"{field} must be a string of 1 to {limit:,} characters"
        raise InvalidComment(sentence, field=field)
    _refuse_unstorable(field, value)
    _refuse_wrong_length(field, value, limit)
    return value


def _refuse_unstorable(field: str, value: str) -> None:
    """NUL and lone surrogates: PostgreSQL cannot store the one, UTF-8 not the other."""
    if "\0" in value:
        sentence = f"{field} must not contain the NUL character (U+0000)"
        raise InvalidComment(sentence, field=field)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        sentence = f"{field} must be valid Unicode, it has a lone surrogate (U+D800 to U+DFFF)"
        raise InvalidComment(sentence, field=field) from error


def _refuse_wrong_length(field: str, value: str, limit: int) -> None:
    if not has_visible(value):
        sentence = f"{field} must have at least one visible character"
        raise InvalidComment(sentence, field=field, mistake=Mistake("empty"))
    length = length_up_to(value, limit)
    if length > limit:
        sentence = f"{field} has {length:,} characters, at most {limit:,} are allowed"
        mistake = Mistake("length", length, limit)
        raise InvalidComment(sentence, field=field, mistake=mistake)
