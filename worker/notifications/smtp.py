"""Sending a mail through the operator's server."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from moderation.config.mail_server import MailServer
from moderation.networks import name_to_resolve

SECONDS = 10.0  # for each step


class MailRefused(ValueError):
    """The server does not accept this mail, and will not later."""


class MailServerAway(ConnectionError):
    """The server does not answer, or not now; the message is for the moderator."""


def send_mail(
    server: MailServer,
    mail: EmailMessage,
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
) -> None:
    """Send the mail to its recipients.

    Args:
        server: Through which.
        mail: With From and To.
        trust: Makes the certificate authorities that count, where the connection is encrypted.

    Raises:
        MailRefused: The server does not accept it.
        MailServerAway: It may accept it later.
    """
    with _session(server, trust) as line:
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
            raise MailRefused(sentence) from error
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


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
