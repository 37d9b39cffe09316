"""What of a name is scored: real names that look rude are not, phrases and nicknames are."""

import pytest
from hypothesis import given

from models.serving.author_names import as_scored, is_phrase
from tests.support.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("name", "scored"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Dick Cockburn", "John Johnsonj"),
        ("dick cheney", "John cheney"),
        ("Hans-Dick Fuchs", "Hans-John Johns"),
        ("Big Dick", "Big Dick"),
        ("You dick", "You dick"),
        ("D1ck", "D1ck"),
        ("Dickhead", "Dickhead"),
        ("stupid_idiot99", "stupid idiot  "),
        ("StupidIdiot", "Stupid Idiot"),
        ("m0r0n", "m0r0n"),
        ("ɪᴅɪᴏᴛ 🅵🇺", "idiot fu"),
    ],
)
def test_a_name_is_scored_without_what_only_looks_rude(name: str, scored: str) -> None:
    assert as_scored(name) == scored


@given(name=ANY_TEXT)
def test_words_keep_their_places_where_capitals_do_not_join_them(name: str) -> None:
    assert len(as_scored(name.lower())) == len(name.lower())


@pytest.mark.parametrize("name", ["You are all fools", "Death to the king", "IHateYouAll"])
def test_what_says_something_is_a_phrase(name: str) -> None:
    assert is_phrase(name)


@pytest.mark.parametrize("name", ["Ada", "Will Smith", "A. B.", "You", "I. Kiss László", "Do An"])
def test_a_mere_name_is_none(name: str) -> None:
    assert not is_phrase(name)
