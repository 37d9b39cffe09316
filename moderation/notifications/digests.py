"""The digest: a mail that says how many comments wait, never what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from enum import StrEnum

from characters.hidden import without_hidden
from moderation.accounts.moderators import Moderator
from moderation.keys import derived
from moderation.notifications.wording import how_many_wait, in_largest_unit

DAILY_HOUR = 7  # UTC: the first worker that looks after it sends


class Every(StrEnum):
    """How often at most."""

    HOURLY = "hourly"
    DAILY = "daily"


class DigestNotFound(LookupError):
    """No digest is stopped by this address."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a moderator chose. `problem` is why the last mail did not go out."""

    every: Every
    address: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A digest that is this worker's to send, for this period and no other."""

    moderator: Moderator
    every: Every
    address: str
    period: int
    before: int  # the period that the last one was for


@dataclass(frozen=True, slots=True)
class SiteWaiting:
    """How many comments wait on a site, and since when the oldest does."""

    title: str
    number: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Links:
    """Where a digest leads: the queue, the account, and the address that stops it."""

    queue: str
    account: str
    stop: str


def period_of(every: Every, now: datetime) -> int:
    """The number of the hour or day that a digest is for."""
    seconds = int(now.timestamp())
    if every is Every.HOURLY:
        return seconds // 3600
    return (seconds - DAILY_HOUR * 3600) // 86400


def stop_token(server_secret: bytes, moderator_id: int, address: str) -> str:
    """What stops a moderator's digest to this address, without signing in (RFC 8058)."""
    proof = derived(server_secret, f"stop digest:{moderator_id}:{address}").hex()
    return f"{moderator_id}-{proof}"


def digest_mail(
    claimed: Claimed, sites: Sequence[SiteWaiting], links: Links, *, sender: Address, now: datetime
) -> EmailMessage:
    """The mail; something waits on each of the sites."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = claimed.address
    mail["Subject"] = how_many_wait(sum(site.number for site in sites))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid("parley", domain=sender.domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{links.stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_text(claimed.every, sites, links, now))
    return mail


def _text(every: Every, sites: Sequence[SiteWaiting], links: Links, now: datetime) -> str:
    often = "an hour" if every is Every.HOURLY else "a day"
    paragraphs = (
        f"{how_many_wait(sum(site.number for site in sites))} for you:",
        "\n".join(_row(site, now) for site in sites),
        f"Open the queue: {links.queue}",
        "What they say is not in this mail: every server on its way keeps copies, and what\n"
        "readers wrote stays with Parley.",
        f"You get this at most once {often}, while something waits. Change that at\n"
        f"{links.account} or stop it here:\n{links.stop}",
    )
    return "\n\n".join(paragraphs) + "\n"


def _row(site: SiteWaiting, now: datetime) -> str:
    waited = in_largest_unit(now - site.oldest)
    return f"  {site.number:>6,}  {_line(site.title)}, the oldest for {waited}"


def _line(title: str) -> str:
    return " ".join(without_hidden(title).split())
