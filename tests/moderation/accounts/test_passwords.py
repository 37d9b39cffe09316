"""Passwords: what is kept of them, and whose they are."""

import pytest
from argon2 import PasswordHasher

import moderation.accounts.passwords
from moderation.accounts.passwords import InvalidPassword, hash_password, is_password
from moderation.limits.concurrency_limit import ConcurrencyLimit, TooBusy


def test_only_the_password_itself_matches_its_hash() -> None:
    kept = hash_password("four words do well")

    assert kept.startswith("$argon2id$")
    assert is_password("four words do well", kept)
    assert not is_password("Four words do well", kept)


def test_the_same_password_from_another_keyboard_matches() -> None:
    assert is_password("cafe\u0301 at the corner", hash_password("caf\u00e9 at the corner"))


def test_nobody_has_a_password() -> None:
    assert not is_password("four words do well", None)


def test_a_password_nobody_has_is_checked_with_the_parameters_of_the_others() -> None:
    assert not PasswordHasher().check_needs_rehash(moderation.accounts.passwords._UNKNOWN_HASH)


@pytest.mark.parametrize("password", ["", "eleven char"])
def test_a_short_password_is_refused_with_how_long_it_must_be(password: str) -> None:
    with pytest.raises(InvalidPassword, match="at least 12 characters"):
        hash_password(password)


def test_every_use_of_argon2_waits_for_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hash_password("four words do well")
    full = ConcurrencyLimit(1, waiting=0, seconds=0)
    monkeypatch.setattr(moderation.accounts.passwords, "_LIMIT", full)

    with full.turn():
        for use in (
            lambda: hash_password("four words do well"),
            lambda: is_password("four words do well", kept),
            lambda: is_password("four words do well", None),
        ):
            with pytest.raises(TooBusy):
                use()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("\0" * 20, "no control characters"),
        ("four words\0do well", "no control characters"),
        ("four words\x1bdo well", "no control characters"),
        ("four words\u2028do well", "no control characters"),
        ("a" * 20, "at least 5 different characters"),
        ("\u200b" * 20, "at least 5 different characters"),
        ("abcABCabcABC", "at least 5 different characters"),
    ],
)
def test_a_password_that_nobody_types_or_everybody_guesses_is_refused(
    password: str, sentence: str
) -> None:
    with pytest.raises(InvalidPassword, match=sentence):
        hash_password(password)
