"""The operator's mail server, from its settings."""

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from moderation.accounts.email_addresses import email_address
from moderation.networks import is_this_machine

_URL, _FROM = "PARLEY_SMTP_URL", "PARLEY_MAIL_FROM"
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class InvalidMailServer(ValueError):
    """A setting of the mail server is wrong; `right` says what it must be."""

    def __init__(self, name: str, right: str) -> None:
        super().__init__(right)
        self.name = name
        self.right = right


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail, and whom mail is from. `user` None: without a password."""

    scheme: str
    host: str
    port: int
    sender: Address
    user: str | None = None
    password: str = field(default="", repr=False)


def mail_server(url: str, sender: str) -> MailServer:
    """Parse the settings of the mail server.

    Args:
        url: PARLEY_SMTP_URL.
        sender: PARLEY_MAIL_FROM.

    Raises:
        InvalidMailServer: One of the two is wrong.
    """
    right = "smtp://host:25, smtp+starttls://user:password@host:587 or smtps://..."
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        raise InvalidMailServer(_URL, right) from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise InvalidMailServer(_URL, right)
    if parts.username and parts.scheme == "smtp" and not is_this_machine(parts.hostname):
        encrypted = "smtp+starttls:// or smtps://, so that the password is not sent in the clear"
        raise InvalidMailServer(_URL, encrypted)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        sender=_sender(sender),
        user=user or None,
        password=password,
    )


def _sender(value: str) -> Address:
    name, address = parseaddr(value)
    try:
        return Address(name, addr_spec=email_address(address))
    except ValueError as error:
        right = "an address, as parley@example.org or Parley <parley@example.org>"
        raise InvalidMailServer(_FROM, right) from error
