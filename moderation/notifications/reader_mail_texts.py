"""Write a mail to a reader: plain text in their language, without what others wrote."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from importlib.resources import files

from moderation.comments import Status
from moderation.notifications.mail_headers import add_unsubscribing, new_mail, one_line
from moderation.notifications.reader_mails import MailKind, ReaderMail, author_token, link_token

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where mails come from, and where their links lead.

    Attributes:
        secret: The server's.
        public_url: Parley's own address.
        sender: The From of all mails.
    """

    secret: bytes
    public_url: str
    sender: Address

    def link(self, purpose: str, mail: ReaderMail) -> str:
        """The address of the page that confirms or stops."""
        return f"{self.public_url}/mail/{purpose}/{link_token(self.secret, purpose, mail.link)}"

    def own_page(self, comment: str) -> str:
        """The address of the author's page."""
        return f"{self.public_url}/own/{comment}/{author_token(self.secret, comment)}"


@cache
def mail_texts(code: str) -> dict[str, str]:
    """All texts of mails in a reader's language; English for one without any."""
    folder = files("moderation.notifications").joinpath("mail_texts")
    path = folder.joinpath(f"{code}.json")
    if not path.is_file():
        path = folder.joinpath(f"{_FALLBACK}.json")
    texts: dict[str, str] = json.loads(path.read_text("utf-8"))
    return texts


def written(mail: ReaderMail, place: MailPlace, now: datetime) -> EmailMessage:
    """Write the mail.

    Neither the reader's comment nor the reply is in it: what is erased here later could not be
    erased from a mailbox.
    """
    texts, values = mail_texts(mail.language), {"site": one_line(mail.site)}
    values |= {"name": one_line(mail.name), "page": one_line(mail.page)}
    key = str(mail.status) if mail.kind is MailKind.DECIDED else str(mail.kind)
    subject = texts[f"{key}_subject"].format(**values)
    message = new_mail(mail.address, subject, sender=place.sender, now=now)
    message.replace_header("Message-ID", f"<parley.{_proof(mail, place)}@{place.sender.domain}>")
    stop = place.link("stop", mail)
    add_unsubscribing(message, stop)
    paragraphs = (*_paragraphs(mail, place, texts, values), f"{texts['stop']}\n{stop}")
    message.set_content("\n\n".join(paragraphs) + "\n")
    return message


def _paragraphs(
    mail: ReaderMail, place: MailPlace, texts: dict[str, str], values: dict[str, str]
) -> list[str]:
    if mail.kind is MailKind.CONFIRM:
        link = place.link("confirm", mail)
        asking = texts["confirm"].format(**values)
        return [asking, f"{texts['confirm_link']}\n{link}", texts["confirm_ignore"]]
    if mail.kind is MailKind.REPLY:
        more = [texts["more"].format(count=mail.more)] if mail.more else []
        return [texts["reply"].format(**values), f"{texts['read']}\n{mail.url}", *more]
    return [*_decision(mail, texts, values), f"{texts['own']}\n{place.own_page(mail.link.comment)}"]


def _decision(mail: ReaderMail, texts: dict[str, str], values: dict[str, str]) -> list[str]:
    lines = [texts[f"{mail.status}"].format(**values)]
    if mail.status is Status.APPROVED:
        return [*lines, f"{texts['read']}\n{mail.url}"]
    if mail.reason is not None:
        reason = texts[f"reason_{mail.reason.replace('-', '_')}"]
        lines.append(texts["why"].format(reason=reason))
    return lines


def _proof(mail: ReaderMail, place: MailPlace) -> str:
    """Of the mail's number: the same mail, sent again, is known as the same."""
    token = link_token(place.secret, f"send {mail.number} {mail.kind} {mail.status}", mail.link)
    return token.rpartition("-")[2][:32]
