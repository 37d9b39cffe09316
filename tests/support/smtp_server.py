"""An operator's mail server: a real one, in a thread, that keeps what it gets."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from ssl import SSLContext
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope


@dataclass
class Postbox:
    """Mails that arrived, to whom; a test says what is answered to the next ones instead."""

    port: int = 0
    sources: list[bytes] = field(default_factory=list)  # of the mails, as they came
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    under_way: Event = field(default_factory=Event)  # a mail is being sent
    taken: Event = field(default_factory=Event)  # a test that clears it lets mails wait

    def __post_init__(self) -> None:
        self.taken.set()

    async def handle_RCPT(  # noqa: N802 aiosmtpd's name
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: object, _session: object, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.under_way.set()
        await asyncio.to_thread(self.taken.wait, 20)
        mail: Any = message_from_bytes(envelope.content, policy=SMTP)
        self.mails.append(mail)
        self.sources.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"

    def authenticate(self, *arguments: Any) -> AuthResult:
        given = arguments[-1]
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password == b"right p@ss", handled=False)


class _Server(Controller):
    @property
    def address(self) -> Any:
        """Its host and port, once it listens."""
        assert isinstance(self.server, asyncio.Server)
        return self.server.sockets[0].getsockname()

    def _trigger_server(self) -> None:
        """Its own connects to the port it was told, which is 0 here, and cannot speak TLS."""
        with socket.create_connection(self.address):
            pass


@contextmanager
def receiving_mail(tls: SSLContext | None = None, *, starttls: bool = False) -> Iterator[Postbox]:
    """A mail server on a free port of 127.0.0.1; `tls` from the start, or by STARTTLS."""
    box = Postbox()
    how: dict[str, Any] = {}
    if tls is not None:
        how = {"authenticator": box.authenticate, "auth_require_tls": starttls}
        how |= {"tls_context": tls, "require_starttls": True} if starttls else {"ssl_context": tls}
    controller = _Server(box, hostname="127.0.0.1", port=0, **how)
    controller.start()
    try:
        box.port = controller.address[1]
        yield box
    finally:
        controller.stop()
