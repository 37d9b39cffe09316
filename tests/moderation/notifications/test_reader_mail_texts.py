"""Each language has all texts of mails, and no name can write a header."""

import json
import re
from datetime import UTC, datetime
from email.headerregistry import Address
from importlib.resources import files

import pytest

from moderation.comments import Actor, Status
from moderation.notifications.reader_mail_texts import MailPlace, mail_texts, written
from moderation.notifications.reader_mails import (
    MailKind,
    MailLink,
    ReaderMail,
    is_worth_a_mail,
)
from moderation.review.notes import RejectReason
from service.languages.reader_language import CODES, texts_of

PLACE = MailPlace(b"secret", "https://comments.example", Address("P", "p", "example.org"))
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
KINDS = (
    (MailKind.CONFIRM, Status.PENDING),
    (MailKind.DECIDED, Status.APPROVED),
    (MailKind.DECIDED, Status.REJECTED),
    (MailKind.REPLY, Status.APPROVED),
)


def mail_to(kind: MailKind, status: Status, language: str = "en", name: str = "Bob") -> ReaderMail:
    return ReaderMail(
        number=1,
        kind=kind,
        address="ada@example.org",
        language=language,
        link=MailLink(1, "a" * 64, "0123456789abcdef"),
        site="Demo",
        page="Of Bees",
        url="https://paper.example/a#parley-1",
        status=status,
        reason=RejectReason.OFF_TOPIC,
        name=name,
        more=2,
    )


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_all_texts_with_their_placeholders(code: str) -> None:
    english, texts = mail_texts("en"), mail_texts(code)

    assert list(texts) == list(english)
    for key, text in texts.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", english[key])), key
        assert code == "en" or text != english[key], key
        assert "\n" not in text


@pytest.mark.parametrize("code", CODES)
def test_reasons_are_those_of_the_authors_page(code: str) -> None:
    pages, texts = texts_of(code)["pages"], mail_texts(code)

    reasons = {f"reason_{reason.replace('-', '_')}" for reason in RejectReason} - {"reason_other"}

    assert {key: texts[key] for key in reasons} == {key: pages[f"own_{key}"] for key in reasons}


def test_there_is_a_file_for_each_language() -> None:
    folder = files("moderation.notifications").joinpath("mail_texts")

    assert sorted(path.name for path in folder.iterdir()) == [f"{code}.json" for code in CODES]
    for code in CODES:
        text = json.dumps(mail_texts(code), ensure_ascii=False, indent=2) + "\n"
        assert folder.joinpath(f"{code}.json").read_text("utf-8") == text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("kind", "status"), KINDS)
def test_every_mail_can_be_written(code: str, kind: MailKind, status: Status) -> None:
    mail = written(mail_to(kind, status, code), PLACE, NOW)

    text = mail.get_content()
    assert "{" not in text + mail["Subject"]
    assert "https://comments.example/mail/stop/1-0123456789abcdef-" in text
    assert mail.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    "name", ["Bob\r\nBcc: all@example.org", "Bob\u2028Bcc: x", "{site}", "\u202eBob"]
)
def test_a_name_writes_no_header_and_no_text(name: str) -> None:
    mail = written(mail_to(MailKind.REPLY, Status.APPROVED, name=name), PLACE, NOW)

    assert mail["Bcc"] is None
    assert len(mail.as_bytes().split(b"\r\n\r\n")[0].split(b"Subject:")) == 2
    assert "\u202e" not in mail["Subject"] + mail.get_content()


def test_a_long_link_to_unsubscribe_stays_a_link_on_the_wire() -> None:
    mail = written(mail_to(*KINDS[3]), PLACE, NOW)

    assert f"\r\nList-Unsubscribe: {mail['List-Unsubscribe']}\r\n".encode() in mail.as_bytes()


def test_the_same_mail_has_the_same_message_id() -> None:
    first, second = (written(mail_to(*KINDS[3]), PLACE, NOW) for _ in range(2))

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"] != written(mail_to(*KINDS[1]), PLACE, NOW)["Message-ID"]


@pytest.mark.parametrize(
    ("actor", "status", "minutes", "answer"),
    [
        (Actor.POLICY, Status.APPROVED, 4, False),
        (Actor.POLICY, Status.APPROVED, 5, True),
        (Actor.POLICY, Status.REJECTED, 0, True),
        (Actor.MODERATOR, Status.APPROVED, 0, True),
    ],
)
def test_what_an_author_has_seen_is_worth_no_mail(
    actor: Actor, status: Status, minutes: int, answer: bool
) -> None:
    decided_at = NOW.replace(minute=minutes)

    assert is_worth_a_mail(actor, status, submitted_at=NOW, decided_at=decided_at) is answer
