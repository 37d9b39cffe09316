"""Sends the mails to readers that are due."""

from functools import partial

import structlog

from moderation.clock import Clock
from moderation.config.mail_server import MailServer
from moderation.notifications.reader_mail_texts import MailPlace, written
from moderation.storage.notifications.mail_queue import LeasedMail, MailQueue
from worker.notifications.sending_thread import SendingThread
from worker.notifications.smtp import MailRefused, MailServerAway, RecipientRefused, send_mail

log = structlog.get_logger()


class ReaderMailSender:
    """Sends one mail after the other, each at most once; no address is in a log."""

    def __init__(
        self, queue: MailQueue, server: MailServer, place: MailPlace, clock: Clock
    ) -> None:
        self._queue = queue
        self._server = server
        self._place = place
        self._clock = clock
        self.thread = SendingThread("reader mails", self.send_due)

    def send_due(self) -> int:
        """Send until none is due or the server is away; returns how many mails went out."""
        sent = 0
        while not self.thread.stop.is_set() and (leased := self._queue.lease()) is not None:
            self.thread.step_times.begin_step()
            try:
                sent += self._send(leased)
            except MailServerAway as away:
                self._queue.retry_later(leased)
                log.warning("mail_server_away", cause=str(away))
                break  # the others wait, as it would answer them the same
        return sent

    def _send(self, leased: LeasedMail) -> int:
        mail, number = leased.mail, leased.numbers[0]
        try:
            message = written(mail, self._place, self._clock())
            send_mail(self._server, message, begin=partial(self._queue.begin, leased))
        except RecipientRefused as refusal:
            self._queue.stop(leased)
            log.warning("reader_address_refused", mail=number, cause=str(refusal))
            return 0
        except MailRefused as refusal:  # often a setting of the server, which an operator mends
            self._queue.retry_later(leased)
            log.warning("reader_mail_refused", mail=number, cause=str(refusal))
            return 0
        self._queue.note_sent(leased)
        log.info("reader_mail_sent", mail=number, kind=str(mail.kind))
        return 1
