"""Names that a moderator may have."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.accounts.moderators import InvalidModerator, moderator_name, name_key


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Anna", "Anna"),
        ("  Anna B. ", "Anna B."),
        ("Zoe\u0301", "Zo\u00e9"),
        ("a" * 80, "a" * 80),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("Ada \U0001fae8", "Ada \U0001fae8"),
    ],
)
def test_a_name_is_kept_as_people_would_write_it_again(given: str, name: str) -> None:
    assert moderator_name(given) == name


@pytest.mark.parametrize(
    "given",
    ["", "  ", "a" * 81, "two\nlines", "nul\0", "\u202eannA", "\u3164", "An\u034fna", "a\ud800"],
)
def test_a_name_that_cannot_be_read_is_refused(given: str) -> None:
    with pytest.raises(InvalidModerator, match="1 to 80 visible characters"):
        moderator_name(given)


@given(st.text(max_size=12))
def test_the_key_of_a_name_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_letters_that_normalise_to_others_are_the_same_name_all_over_unicode() -> None:
    for number in [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]:
        letter = chr(number)
        for other in {unicodedata.normalize("NFKC", letter), letter.casefold()} - {letter}:
            assert name_key(f"x{other}") == name_key(f"x{letter}"), hex(number)
