"""What a comment is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import (
    MAX_LETTERS,
    all_words,
    name_words,
    own_words,
    own_words_and_fingerprint,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You are a FOOL, a fool!", ["you", "are", "a", "fool"]),
        ("don't re-do", ["don", "t", "re", "do"]),
        ("José Müller Straße", ["jose", "muller", "strasse"]),
        ("f\u200bo\u00ado\u2060l", ["fool"]),
        ("f\U0001d173o\ufff9o\x01l a\u3164fool", ["fool", "a"]),
        ("f\x01ool", ["fool"]),
        ("\uff46\uff4f\uff4f\uff4c", ["fool"]),
        ("“A fool’s” – «gold»", ["a", "fool", "s", "gold"]),
        ("“a\u0301” — ДОМ’s", ["a", "дом", "s"]),
        ("https://spam.example/buy_now", ["https", "spam", "example", "buy", "now"]),
        ("日本 ok", ["日", "本", "ok"]),
        ("नमस्ते", ["नमस्ते"]),
        ("no 🖕 here", ["no", "🖕", "here"]),
        ("\"a\" AND (b OR c)* NEAR/2 'd' : ! & |", ["a", "and", "b", "or", "c", "near", "2", "d"]),
        ("w" * 10_000, ["w" * MAX_LETTERS]),
        ("\ue000s1", ["s1"]),
        ("  …  ", []),
        ("", []),
    ],
)
def test_words_are_what_a_person_reads(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_no_word_means_anything_to_a_database(text: str) -> None:
    words = words_of(text)

    assert len(set(words)) == len(words)
    for word in words:
        assert 0 < len(word) <= MAX_LETTERS
        assert not set(word) & set(" \"'&|!:*()^\\\0\ue000\n")


def test_a_field_stands_among_the_words_as_no_text_could() -> None:
    assert name_words("Ada L.") == ["\ue000nada", "\ue000nl"]
    assert all_words(site_id=1, page_id=2, name="Ada", text="Ada, s1") == [
        *("ada", "s1"),
        *("\ue000nada", "\ue000s1", "\ue000p2"),
    ]


@given(st.text(), st.one_of(st.text(), st.text(alphabet="ab19’“é _\u0301\u200b\n")))
def test_a_text_that_is_read_once_gives_the_same(name: str, text: str) -> None:
    assert own_words_and_fingerprint(name, text) == (own_words(name, text), fingerprint(text))
