"""The headers that all mails of Parley have."""

from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, make_msgid

from characters.hidden import without_hidden


class _LinkHeader(UnstructuredHeader):
    """A header that is never folded: of a long link Python would make RFC 2047's encoded words.

    Mail programs do not look for a link in those. A line may have 998 characters (RFC 5322).
    """

    def fold(self, *, policy: Policy) -> str:
        return f"List-Unsubscribe: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _LinkHeader)  # type: ignore[arg-type]
_POLICY = SMTP.clone(header_factory=_HEADERS)


def new_mail(recipient: str, subject: str, *, sender: Address, now: datetime) -> EmailMessage:
    """A mail without its text.

    Args:
        recipient: Where it goes.
        subject: Made one line: what people wrote may stand in it.
        sender: Its From; the domain is that of the Message-ID.
        now: Its date.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = one_line(subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid("parley", domain=sender.domain)
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def add_unsubscribing(mail: EmailMessage, link: str) -> None:
    """Let mail programs stop such mails by a button of their own (RFC 8058)."""
    mail["List-Unsubscribe"] = f"<{link}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def one_line(text: str) -> str:
    """The text without line breaks and without characters that nobody sees."""
    return " ".join(without_hidden(text).split())
