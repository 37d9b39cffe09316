"""The operator's mail server, and the addresses that mail can go to."""

import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from moderation.networks import is_this_machine

MAX_ADDRESS = 254
_URL, _FROM = "PARLEY_SMTP_URL", "PARLEY_MAIL_FROM"
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")


class InvalidAddress(ValueError):
    """What is given is no address that mail can go to; the sentence says what is one."""


class InvalidMailServer(ValueError):
    """A setting of the mail server is wrong; `right` says what it must be."""

    def __init__(self, name: str, right: str) -> None:
        super().__init__(right)
        self.name = name
        self.right = right


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail is handed on, and from whom. `user` None: without a password."""

    scheme: str
    host: str
    port: int
    sender: Address
    user: str | None = None
    password: str = field(default="", repr=False)


def mail_address(value: str) -> str:
    """The address without spaces around it, or InvalidAddress."""
    address = value.strip()
    if len(address) > MAX_ADDRESS or not _ADDRESS.fullmatch(address):
        sentence = f"a mail address is name@host in plain letters, at most {MAX_ADDRESS} characters"
        raise InvalidAddress(sentence)
    return address


def mail_server(url: str, sender: str) -> MailServer:
    """Raises InvalidMailServer."""
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
        return Address(name, addr_spec=mail_address(address))
    except ValueError as error:
        right = "an address, as parley@example.org or Parley <parley@example.org>"
        raise InvalidMailServer(_FROM, right) from error
