"""Names that a moderator may have."""

import pytest

from moderation.accounts.moderators import InvalidModerator, moderator_name


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
