"""Which e-mail addresses Parley takes, for moderators and for digests alike."""

import sys
import unicodedata

import pytest

from moderation.accounts.email_addresses import InvalidEmailAddress, email_address, same_mailbox
from moderation.accounts.moderators import moderator_email


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Anna.B+parley@mail.example.org ", "Anna.B+parley@mail.example.org"),
        ("anna@Paper.Example", "anna@paper.example"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
        ("anna@corp.local", "anna@corp.local"),
        ("anna@mail", "anna@mail"),
        ("a" * 242 + "@example.org", "a" * 242 + "@example.org"),
    ],
)
def test_an_address_is_kept_in_ascii(typed: str, address: str) -> None:
    assert email_address(typed) == address
    assert moderator_email(typed) == address.lower()


@pytest.mark.parametrize(
    "typed",
    [
        "anna",
        "@example.org",
        "anna@",
        "a b@example.org",
        "anna@example.org, bea@example.org",
        "anna@example.org\r\nBcc: all@example.org",
        "anna@example.org\0",
        "Anna <anna@example.org>",
        '"a"@example.org',
        ".a@example.org",
        "a..b@example.org",
        "a@-x.org",
        "a@x.org.",
        "a@[127.0.0.1]",
        "jörg@example.org",
        "anna@exam\u200bple.org",
        "\ud800@example.org",
        "a" * 243 + "@example.org",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    for parse in (email_address, moderator_email):
        with pytest.raises(InvalidEmailAddress, match="an e-mail address is name@host"):
            parse(typed)


def test_a_moderator_may_have_no_address_and_a_digest_needs_one() -> None:
    assert moderator_email(" ") is None
    with pytest.raises(InvalidEmailAddress):
        email_address(" ")


@pytest.mark.parametrize(
    ("verified", "spellings"),
    [
        ("Anna@Paper.example", {"anna@paper.example"}),
        ("Anna@Bücher.example", {"anna@bücher.example", "anna@xn--bcher-kva.example"}),
        ("Jörg@example.org", {"jörg@example.org"}),
        ("a..b@example.org", {"a..b@example.org"}),
        ("anna@paper.example\0", set()),
        ("\ud800@paper.example", set()),
    ],
)
def test_a_moderator_is_known_by_each_spelling_of_an_address(
    verified: str, spellings: set[str]
) -> None:
    assert same_mailbox(verified) == spellings


def test_no_character_beyond_ascii_stands_for_one_in_ascii() -> None:
    ours = same_mailbox("kate@example.org")
    for number in [*range(0x80, 0xD800), *range(0xE000, sys.maxunicode + 1)]:
        letter = chr(number)
        if not unicodedata.normalize("NFKC", letter).isascii() and not letter.lower().isascii():
            continue
        for address in (f"{letter}ate@example.org", f"kate@e{letter}ample.org"):
            assert not same_mailbox(address) & ours, hex(number)
        for part in (letter, f"{letter}ample"):
            assert not same_mailbox(f"kate@{part}.org") & ours, hex(number)


def test_a_domain_in_another_script_is_its_ascii_form() -> None:
    assert "kate@xn--bcher-kva.example" in same_mailbox("Kate@b\u00fccher.example")
