"""The digest: a mail that says how many comments wait, and nothing that readers wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum

from moderation.accounts.moderators import Moderator
from moderation.keys import derive_key
from moderation.notifications.mail_headers import add_unsubscribing, new_mail, one_line
from moderation.notifications.wording import how_many_wait, in_largest_unit

DAILY_HOUR = 7  # UTC: the first worker that looks after it sends


class DigestFrequency(StrEnum):
    """How often a moderator gets a digest at most."""

    HOURLY = "hourly"
    DAILY = "daily"


class DigestNotFound(LookupError):
    """No mail of ours had this link to stop a digest."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a moderator chose.

    Attributes:
        problem: Why the last mail was not sent, or None.
        is_confirmed: Whether somebody who reads mail at the address has confirmed it.
    """

    frequency: DigestFrequency
    address: str
    problem: str | None
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ClaimedDigest:
    """A digest that this process alone sends for this period.

    Attributes:
        period: The number of the hour or day that it is for.
        previous_period: The one that the last digest was for.
    """

    moderator: Moderator
    frequency: DigestFrequency
    address: str
    period: int
    previous_period: int


@dataclass(frozen=True, slots=True)
class SiteWaiting:
    """How many comments wait on a site, and when the oldest was submitted; None where none waits.

    `likely` is how many of them are likely to be rejected, `reported` how many public comments
    readers have reported.
    """

    title: str
    number: int
    likely: int
    oldest: datetime | None
    reported: int = 0


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a digest: to the queue, to the account page, and to stop it."""

    queue: str
    account: str
    stop: str


def period_of(frequency: DigestFrequency, now: datetime) -> int:
    """The number of the hour or day that a digest is for, counted from 1970.

    A day begins at DAILY_HOUR.
    """
    seconds = int(now.timestamp())
    if frequency is DigestFrequency.HOURLY:
        return seconds // 3600
    return (seconds - DAILY_HOUR * 3600) // 86400


def stop_token(server_secret: bytes, moderator_id: int, address: str) -> str:
    """The token of the link that stops a digest without signing in (RFC 8058).

    Args:
        server_secret: Proves that this server made the link.
        moderator_id: Whose digest it is.
        address: Where it goes: after a change the links of earlier mails stop nothing.
    """
    proof = derive_key(server_secret, f"stop digest:{moderator_id}:{address}").hex()
    return f"{moderator_id}-{proof}"


def digest_mail(
    claimed: ClaimedDigest,
    sites: Sequence[SiteWaiting],
    links: Links,
    *,
    sender: Address,
    now: datetime,
) -> EmailMessage:
    """Write the mail.

    Args:
        claimed: Whose digest it is, how often it comes and where to.
        sites: Those on which something waits; at least one.
        links: Where it leads.
        sender: Its From; the domain is that of the Message-ID.
        now: Its date.
    """
    mail = new_mail(claimed.address, _in_all(sites), sender=sender, now=now)
    add_unsubscribing(mail, links.stop)
    mail.set_content(_text(claimed.frequency, sites, links, now))
    return mail


def _text(
    frequency: DigestFrequency, sites: Sequence[SiteWaiting], links: Links, now: datetime
) -> str:
    often = "an hour" if frequency is DigestFrequency.HOURLY else "a day"
    paragraphs = (
        f"{_in_all(sites)} for you:",
        "\n".join(_row(site, now) for site in sites),
        f"Open the queue: {links.queue}",
        "What they say is not in this mail: every server on its way keeps copies, and what\n"
        "readers wrote stays with Parley.",
        f"You get this at most once {often}, while something waits. Change that at\n"
        f"{links.account} or stop it here:\n{links.stop}",
    )
    return "\n\n".join(paragraphs) + "\n"


def _row(site: SiteWaiting, now: datetime) -> str:
    waited = f", the oldest for {in_largest_unit(now - site.oldest)}" if site.oldest else ""
    likely = f", {site.likely:,} likely to be rejected" if site.likely else ""
    reported = f", {site.reported:,} reported by readers" if site.reported else ""
    return f"  {site.number:>6,}  {one_line(site.title)}{waited}{likely}{reported}"


def _in_all(sites: Sequence[SiteWaiting]) -> str:
    waiting, reported = (sum(getattr(s, name) for s in sites) for name in ("number", "reported"))
    return how_many_wait(waiting, reported)
