"""Sends the digests that are due."""

import threading
from dataclasses import dataclass

import structlog

from moderation.clock import Clock
from moderation.config.mail_server import MailServer
from moderation.notifications.digests import Claimed, Links, digest_mail, stop_token
from moderation.storage.database.engine import DatabaseAway
from moderation.storage.notifications.digests import Digests
from worker.notifications.smtp import MailRefused, MailServerAway, send_mail

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sender:
    """What a mail needs beside what waits. `secret` proves who may stop it."""

    server: MailServer
    public_url: str
    secret: bytes


class Digester:
    """One look at a time, in a thread of its own: a slow mail server holds up no webhook."""

    def __init__(self, digests: Digests, sender: Sender, clock: Clock) -> None:
        self._digests = digests
        self._sender = sender
        self._clock = clock
        self._busy = threading.Lock()
        self.stop = threading.Event()

    def start(self) -> None:
        """Look, unless the last look is still going on."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._turn, name="digests", daemon=True).start()

    def finish(self, seconds: float) -> None:
        """Wait a while for the mail that is being sent, and begin nothing more."""
        self.stop.set()
        self._busy.acquire(timeout=seconds)

    def _turn(self) -> None:
        try:
            self.send_due()
        except DatabaseAway as away:
            log.warning("database_away", cause=str(away))
        except Exception:  # the next look tries again
            log.exception("digests_failed")
        finally:
            self._busy.release()

    def send_due(self) -> int:
        """Send what is due; returns how many mails went out."""
        sent = 0
        for claimed in self._digests.claim():
            try:
                sent += self._send(claimed)
            except MailRefused as refusal:
                self._digests.note_refused(claimed, str(refusal))
                log.warning("digest_refused", moderator=claimed.moderator.id, cause=str(refusal))
            except MailServerAway as away:
                self._digests.put_back(claimed, str(away))
                log.warning("mail_server_away", cause=str(away))
                break  # the others wait, as it would tell them the same
            if self.stop.is_set():
                break
        return sent

    def _send(self, claimed: Claimed) -> int:
        sites = self._digests.waiting(claimed.moderator.reach)
        if not sites:
            return 0
        sender = self._sender.server.sender
        mail = digest_mail(claimed, sites, self._links(claimed), sender=sender, now=self._clock())
        send_mail(self._sender.server, mail)
        log.info("digest_sent", moderator=claimed.moderator.id)
        return 1

    def _links(self, claimed: Claimed) -> Links:
        at = f"{self._sender.public_url}/moderate"
        token = stop_token(self._sender.secret, claimed.moderator.id, claimed.address)
        return Links(at, f"{at}/account", f"{at}/digest/stop/{token}")
