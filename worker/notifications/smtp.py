"""Sending a mail through the operator's server."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from moderation.config.mail_server import MailServer
from moderation.networks import name_to_resolve

SECONDS = 10.0  # for each step
_ENHANCED = re.compile(rb"5\.([0-9])\.[0-9]")


class MailRefused(ValueError):
    """The server does not accept this mail, and will not later."""


class RecipientRefused(MailRefused):
    """The server says that no mailbox has the address."""


class MailServerAway(ConnectionError):
    """The server does not answer, or not now; the message is for the moderator."""


def send_mail(
    server: MailServer,
    mail: EmailMessage,
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    begin: Callable[[], bool] = lambda: True,
) -> None:
    """Send the mail to its recipients.

    Args:
        server: Through which.
        mail: With From and To.
        trust: Makes the certificate authorities that count, where the connection is encrypted.
        begin: Is called when the server is there, right before it gets the mail; where it says
            False the mail is not sent.

    Raises:
        RecipientRefused: The server does not know the recipient.
        MailRefused: The server does not accept it.
        MailServerAway: It may accept it later.
    """
    with _session(server, trust) as line:
        if begin():
            line.send_message(mail)


def check_mail_server(
    server: MailServer, trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
) -> None:
    """Do all that sending does, without a mail; raises MailRefused or MailServerAway."""
    with _session(server, trust) as line:
        line.noop()


@contextmanager
def _session(server: MailServer, trust: Callable[[], ssl.SSLContext]) -> Iterator[smtplib.SMTP]:
    """A connection that is signed in; what fails in the block too is one of the two errors."""
    try:
        with _connected(server, trust) as line:
            if server.scheme == "smtp+starttls":
                line.starttls(context=trust())
            if server.user is not None:
                line.login(server.user, server.password)
            yield line
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        code = _code(error)
        if 500 <= code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError):
            sentence = f"the mail server refused it with code {code}"
            raise (RecipientRefused if _has_no_mailbox(error) else MailRefused)(sentence) from error
        sentence = f"the mail server answered with code {code}"
        raise MailServerAway(sentence) from error
    except (OSError, smtplib.SMTPException) as error:
        sentence = "the mail server could not be reached"
        raise MailServerAway(sentence) from error


def _connected(server: MailServer, trust: Callable[[], ssl.SSLContext]) -> smtplib.SMTP:
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trust())
    # Without TLS nothing but its address says which machine it is.
    host = name_to_resolve(server.host) if server.scheme == "smtp" else server.host
    return smtplib.SMTP(host, server.port, timeout=SECONDS)


def _has_no_mailbox(error: smtplib.SMTPException) -> bool:
    """Whether the address is at fault (5.1 and 5.2 of RFC 3463), and no rule of the server."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    code, text = next(iter(error.recipients.values()))
    enhanced = _ENHANCED.match(text)
    return enhanced[1] in (b"1", b"2") if enhanced else code in (550, 551, 553)


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
