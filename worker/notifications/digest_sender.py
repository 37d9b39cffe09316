"""Sends the digests that are due."""

from dataclasses import dataclass
from email.message import EmailMessage

import structlog

from moderation.clock import Clock
from moderation.config.mail_server import MailServer
from moderation.notifications.digest_confirmation import (
    AddressToConfirm,
    confirm_token,
    confirmation_mail,
)
from moderation.notifications.digests import ClaimedDigest, Links, digest_mail, stop_token
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.notifications.unconfirmed_digests import UnconfirmedDigests
from worker.notifications.sending_thread import SendingThread
from worker.notifications.smtp import MailRefused, MailServerAway, send_mail

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """What a digest needs beside what waits. `secret` proves who may stop it."""

    server: MailServer
    public_url: str
    secret: bytes


class DigestSender:
    """Asks addresses, and sends digests to those that are confirmed."""

    def __init__(
        self,
        digests: DueDigests,
        unconfirmed: UnconfirmedDigests,
        settings: DigestSettings,
        clock: Clock,
    ) -> None:
        self._digests = digests
        self._unconfirmed = unconfirmed
        self._settings = settings
        self._clock = clock
        self.thread = SendingThread("digests", self._run)

    def _run(self) -> None:
        self.ask_addresses()
        self.send_due()

    def ask_addresses(self) -> int:
        """Ask whoever reads mail at new addresses to confirm them; returns how many were asked."""
        asked = 0
        for address in self._unconfirmed.claim():
            try:
                send_mail(self._settings.server, self._confirmation(address))
                asked += 1
            except MailRefused as refusal:
                self._unconfirmed.note_refused(address, str(refusal))
                log.warning("digest_refused", moderator=address.moderator_id, cause=str(refusal))
            except MailServerAway as away:
                self._unconfirmed.retry_later(address, str(away))
                log.warning("mail_server_away", cause=str(away))
                break
            if self.thread.stop.is_set():
                break
        return asked

    def send_due(self) -> int:
        """Send what is due; returns how many mails went out."""
        sent = 0
        for claimed in self._digests.claim():
            self.thread.step_times.begin_step()
            try:
                sent += self._send(claimed)
            except MailRefused as refusal:
                self._digests.note_refused(claimed, str(refusal))
                log.warning("digest_refused", moderator=claimed.moderator.id, cause=str(refusal))
            except MailServerAway as away:
                self._digests.retry_later(claimed, str(away))
                log.warning("mail_server_away", cause=str(away))
                break  # the others wait, as it would answer them the same
            if self.thread.stop.is_set():
                break
        return sent

    def _send(self, claimed: ClaimedDigest) -> int:
        sites = self._digests.waiting_by_site(claimed.moderator.scope)
        if not sites:
            return 0
        server = self._settings.server
        mail = digest_mail(
            claimed, sites, self._links(claimed), sender=server.sender, now=self._clock()
        )
        send_mail(server, mail)
        log.info("digest_sent", moderator=claimed.moderator.id)
        return 1

    def _confirmation(self, asked: AddressToConfirm) -> EmailMessage:
        token = confirm_token(self._settings.secret, asked.moderator_id, asked.address)
        link = f"{self._settings.public_url}/moderate/digest/confirm/{token}"
        sender = self._settings.server.sender
        return confirmation_mail(asked, link, sender=sender, now=self._clock())

    def _links(self, claimed: ClaimedDigest) -> Links:
        queue = f"{self._settings.public_url}/moderate"
        token = stop_token(self._settings.secret, claimed.moderator.id, claimed.address)
        return Links(queue, f"{queue}/account", f"{queue}/digest/stop/{token}")
