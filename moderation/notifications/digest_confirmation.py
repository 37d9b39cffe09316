"""Before a digest goes to an address, somebody who reads mail there confirms it."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from moderation.keys import derive_key
from moderation.notifications.mail_headers import new_mail, one_line


class ConfirmationNotFound(LookupError):
    """No mail of ours had this link, or its address is not chosen any more."""


@dataclass(frozen=True, slots=True)
class AddressToConfirm:
    """Where a moderator of this name wants digests."""

    moderator_id: int
    moderator_name: str
    address: str


def confirm_token(server_secret: bytes, moderator_id: int, address: str) -> str:
    """The token of the link that confirms an address.

    Args:
        server_secret: Proves that this server made the link.
        moderator_id: Whose digest it is.
        address: Where it shall go: the link confirms no other.
    """
    proof = derive_key(server_secret, f"confirm digest:{moderator_id}:{address}").hex()
    return f"{moderator_id}-{proof}"


def confirmation_mail(
    asked: AddressToConfirm, link: str, *, sender: Address, now: datetime
) -> EmailMessage:
    """Write the mail that asks.

    Args:
        asked: Whose digest it is and where it shall go.
        link: Where somebody confirms the address.
        sender: Its From; the domain is that of the Message-ID.
        now: Its date.
    """
    subject = "Confirm this address for Parley's digests"
    mail = new_mail(asked.address, subject, sender=sender, now=now)
    name = one_line(asked.moderator_name)
    mail.set_content(
        f"The moderator {name} wants mails here that say how many comments wait.\n\n"
        f"To get them, open this link and press the button:\n{link}\n\n"
        "If you do not know what this is about, do nothing: no other mail will come.\n"
    )
    return mail
