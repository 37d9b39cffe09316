"""The mail server's settings."""

from email.headerregistry import Address

import pytest

from moderation.config.environment import InvalidSettings
from moderation.config.mail_server import MailServer
from moderation.config.settings import Settings

FROM = {"PARLEY_MAIL_FROM": "Parley <parley@example.org>"}
SENDER = Address("Parley", "parley", "example.org")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("smtp", "localhost", 25, SENDER)),
        ("smtp://mail.example:2525", MailServer("smtp", "mail.example", 2525, SENDER)),
        (
            "smtp+starttls://me%40example.org:p%3Ass@mail.example",
            MailServer("smtp+starttls", "mail.example", 587, SENDER, "me@example.org", "p:ss"),
        ),
        ("smtps://u:p@mail.example", MailServer("smtps", "mail.example", 465, SENDER, "u", "p")),
        ("smtp://u:p@127.0.0.1", MailServer("smtp", "127.0.0.1", 25, SENDER, "u", "p")),
        ("smtp://u:p@127.0.0.2", MailServer("smtp", "127.0.0.2", 25, SENDER, "u", "p")),
        ("smtp://u:p@a.localhost", MailServer("smtp", "a.localhost", 25, SENDER, "u", "p")),
    ],
)
def test_a_mail_server(url: str, server: MailServer) -> None:
    settings = Settings.read({"PARLEY_SMTP_URL": url, **FROM})

    assert settings.mail == server
    assert "p:ss" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"PARLEY_SMTP_URL": "smtp://localhost"}, "PARLEY_MAIL_FROM is not set: set both"),
        (FROM, "PARLEY_SMTP_URL is not set: set both"),
        ({"PARLEY_SMTP_URL": "http://h:25", **FROM}, "must be smtp://host:25"),
        ({"PARLEY_SMTP_URL": "smtp://h:port", **FROM}, "must be smtp://host:25"),
        ({"PARLEY_SMTP_URL": "smtp://", **FROM}, "must be smtp://host:25"),
        ({"PARLEY_SMTP_URL": "smtp://u:pw@h", **FROM}, "'smtp://u:...@h', but must be smtp+start"),
        (
            {"PARLEY_SMTP_URL": "smtp://h", "PARLEY_MAIL_FROM": "Parley"},
            "PARLEY_MAIL_FROM is 'Parley', but must be an address",
        ),
    ],
)
def test_no_mail_server(given: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.read(given)

    assert message in str(refused.value)


def test_webhooks_may_lead_where_the_setting_says() -> None:
    given = Settings.read({"PARLEY_WEBHOOK_PRIVATE": "127.0.0.1, 10.0.0.0/8"})

    assert [str(network) for network in given.webhook_private] == ["127.0.0.1/32", "10.0.0.0/8"]
    with pytest.raises(InvalidSettings, match="PARLEY_WEBHOOK_PRIVATE is 'yes', but must be"):
        Settings.read({"PARLEY_WEBHOOK_PRIVATE": "yes"})
