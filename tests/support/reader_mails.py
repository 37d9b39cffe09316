"""What the tests of mails to readers share."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.headerregistry import Address

from moderation.clock import Clock
from moderation.config.mail_server import MailServer
from moderation.notifications.reader_mail_texts import MailPlace
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.notifications.mail_queue import MailQueue
from moderation.storage.notifications.outbox import Outbox
from tests.support.smtp_server import Postbox, receiving_mail
from tests.support.webhooks import SECRET
from worker.notifications.reader_mail_sender import ReaderMailSender

PARLEY = Address("Parley", "parley", "example.org")
PUBLIC_URL = "https://comments.example"
_LINK = re.compile(rf"{PUBLIC_URL}(/mail/\w+/\S+)")


@dataclass(frozen=True)
class ReaderMailbox:
    """A mail server, and the sending that the notifier does."""

    postbox: Postbox
    database: Database
    clock: Clock

    @property
    def server(self) -> MailServer:
        """The server's settings."""
        return MailServer("smtp", "127.0.0.1", self.postbox.port, PARLEY)

    def sender(self) -> ReaderMailSender:
        """What sends, as another process would have it."""
        queue = MailQueue(self.database, self.clock, PUBLIC_URL, jitter=lambda: 1.0)
        place = MailPlace(SECRET, PUBLIC_URL, PARLEY)
        return ReaderMailSender(queue, self.server, place, self.clock)

    def send(self) -> int:
        """Do what the process does each second; returns how many mails went out."""
        Outbox(self.database, self.clock).fan_out()
        return self.sender().send_due()

    def links(self, number: int = -1) -> list[str]:
        """The paths of the links of a mail, the newest by default."""
        return _LINK.findall(self.text(number))

    def text(self, number: int = -1) -> str:
        """The text of a mail, the newest by default."""
        content: str = self.postbox.mails[number].get_content()
        return content.replace("\r\n", "\n")


@contextmanager
def mailing_readers(database: Database, clock: Clock) -> Iterator[ReaderMailbox]:
    """A mail server, and the site demo with mails to readers."""
    Sites(database, clock).change("demo", lambda site: replace(site, reader_mail=True))
    with receiving_mail() as postbox:
        yield ReaderMailbox(postbox, database, clock)


SendMails = Callable[[], int]
