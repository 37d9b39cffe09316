"""Mails to readers: which there are, what is sent at most, and the secrets in their links.

A reader's address is never shown and gets nothing before somebody who reads mail there has said so.
That holds for one comment: whoever writes another's address under a comment of their own gets that
person one question, and never a subscription.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from moderation.comments import Actor, Status
from moderation.keys import derive_key

CONFIRM_WITHIN = timedelta(days=7)  # then the address is deleted
REPLIES_A_DAY = 20  # mails about replies to one address; further ones wait, and come as a number
DAY = timedelta(days=1)
MAX_ATTEMPTS = 25  # three days of them
_AT_ONCE = timedelta(minutes=5)  # within it, an author sees on the page what became of a comment


class SubscriptionNotFound(LookupError):
    """No mail of ours had this link, or what it was about has ended."""


class MailKind(StrEnum):
    """What a mail is about."""

    CONFIRM = "confirm"  # whether the address is the reader's
    DECIDED = "decided"
    REPLY = "reply"


class MailState(StrEnum):
    """Where a mail is on its way."""

    WAITING = "waiting"
    HELD = "held"  # the address has had enough for a day
    SENDING = "sending"  # the server may have it already: it is not sent again
    SENT = "sent"


class SubscriptionState(StrEnum):
    """What an author hears of the mails that they asked for."""

    ASKED = "asked"  # a mail asks whether the address is theirs
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class MailWish:
    """An address that came with a comment.

    Attributes:
        address_hash: By which the address is known on the site.
        language: The code of the language that its reader reads.
        is_proven: Whether the sender has shown that the address is theirs.
    """

    site_id: int
    address: str
    address_hash: str
    language: str
    is_proven: bool = False


@dataclass(frozen=True, slots=True)
class MailLink:
    """What a link in a mail is about.

    Attributes:
        address_id: Storage's number of the address.
        address_hash: Of the address, so that no later one of this number is meant.
        comment: The public id of the reader's comment.
    """

    address_id: int
    address_hash: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReaderMail:
    """A mail that one process sends now.

    Attributes:
        number: Storage's number of the mail: sent twice, it would have the same Message-ID.
        address: Whom it goes to.
        language: The code of the reader's language.
        link: What its links are about.
        site: The title of the site.
        page: The title of the page, or its key.
        url: Where the comment is that it is about.
        status: What became of the reader's comment.
        reason: Why a moderator rejected it, as the decision has it; None where that says nothing.
        name: Of who replied.
        more: How many further replies it stands for.
    """

    number: int
    kind: MailKind
    address: str
    language: str
    link: MailLink
    site: str
    page: str
    url: str
    status: Status
    reason: str | None = None
    name: str = ""
    more: int = 0


def address_hash(server_secret: bytes, site_id: int, address: str) -> str:
    """By which an address is known on a site, also after it is deleted: 64 hexadecimal digits."""
    return derive_key(server_secret, f"reader address:{site_id}:{address.lower()}").hex()


def link_token(server_secret: bytes, purpose: str, link: MailLink) -> str:
    """The token of a link that only who reads mail at the address can have.

    Args:
        server_secret: Proves that this server made the link.
        purpose: What the link does, `confirm` or `stop`.
        link: What it is about.
    """
    signed = f"{purpose} reader mail:{link.address_id}:{link.address_hash}:{link.comment}"
    return f"{link.address_id}-{link.comment}-{derive_key(server_secret, signed).hex()}"


def author_token(server_secret: bytes, comment: str) -> str:
    """The token of the author's page of a comment, as whoever sent the comment got it."""
    return derive_key(server_secret, f"author:{comment}").hex()


def is_worth_a_mail(
    actor: Actor, status: Status, *, submitted_at: datetime, decided_at: datetime
) -> bool:
    """Whether an author may not have seen what became of their comment.

    What the policy publishes at once they see on the page.
    """
    is_seen = actor is not Actor.MODERATOR and status is Status.APPROVED
    return not (is_seen and decided_at - submitted_at < _AT_ONCE)
