"""One count of characters for all; no text within its limit is too large on its way."""

import json
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

import pytest

from characters.length import MAX_BYTES, MOST_PARTS, length_of, length_up_to
from moderation.comments import MAX_ENCODED, MAX_NAME, MAX_TEXT, Submission

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
LONGEST = {
    "hangul": unicodedata.normalize("NFD", "한") * MAX_TEXT,
    "chinese": "漢" * MAX_TEXT,
    "emoji": "\U0001fae8" * MAX_TEXT,
    "greek": unicodedata.normalize("NFD", "\u1f82") * MAX_TEXT,
    "lines": "a\r\n" * (MAX_TEXT // 2),
}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        *(("", 0), ("a", 1), ("e\u0301", 1), ("\r\n", 1), ("a\r\nb\nc\r", 6)),
        *(("\U0001fae8", 1), (FAMILY, 7), (unicodedata.normalize("NFD", "한"), 1)),
    ],
)
def test_a_character_is_counted_once(text: str, length: int) -> None:
    assert length_of(text) == length


@pytest.mark.parametrize("text", ["a" * 5, FAMILY, "\u1f82" * 5, LONGEST["greek"][:20], "\r\n" * 5])
def test_a_length_within_the_limit_is_exact_and_a_longer_one_is_above_it(text: str) -> None:
    length = length_of(text)

    assert length_up_to(text, length) == length_up_to(text, length + 1) == length
    assert all(length_up_to(text, limit) > limit for limit in range(length))


def texts_of_unicode() -> Iterator[str]:
    characters = (chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    return (unicodedata.normalize("NFD", character) for character in characters)


def test_no_character_of_unicode_takes_more_bytes_on_its_way() -> None:
    most = max(
        max(len(quote_plus(t)), len(json.dumps(t)) - 2) / length_of(t) for t in texts_of_unicode()
    )

    assert most == MAX_BYTES
    assert len(quote_plus("\r\n")) <= MAX_BYTES
    assert max(len(text) / length_of(text) for text in texts_of_unicode()) == MOST_PARTS


@pytest.mark.parametrize("text", LONGEST.values(), ids=LONGEST)
@pytest.mark.parametrize("encode", [json.dumps, urlencode], ids=["json", "form"])
def test_the_longest_texts_are_no_larger_than_a_body_may_be(text: str, encode: object) -> None:
    assert callable(encode)
    url = "https://paper.example/?" + "x" * 9_000
    fields = {"site": "demo", "page": url, "url": url, "name": "漢" * MAX_NAME, "text": text}

    assert Submission.parse(fields).text == text
    assert len(encode(fields)) <= MAX_ENCODED
