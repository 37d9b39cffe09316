"""What a reader does not see hides nothing, and what a reader does see is never refused."""

import pytest

from characters.hidden import has_visible, is_visible_line, without_hidden
from models.features.surface_features import INDICATORS, shape_buckets

BLANK_TEXTS = [
    *("", " ", "\t\n", "\u00a0", "\u200b", "\ufeff", "\u202e", "\u3000", "\x1b"),
    *("\u2800\u2800", "\u3164", "\uffa0", "\u115f", "\u1160", "\u17b4", "\u034f", "\ufe0f"),
    *("\U000e0100", "\U0001d159", "\u180b", "\u0301", "\ufffc", "\U000e0041", "\ufff9", "\u2065"),
]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("stu\u200bpid", "stupid"),
        ("s\u2800t\u2800u\u2800p\u2800i\u2800d", "stupid"),
        ("kill\u3164yourself", "kill yourself"),
        ("I\u2028am a reader", "I am a reader"),
        ("u\u0308\u2800b\u2800e\u0301\u2800r!", "u\u0308be\u0301r!"),
        ("bell\x07 and\r\nlines\tstay", "bell and\nlines\tstay"),
        ("one\rtwo\x0c", "onetwo"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\U0001f469\u200d\U0001f4bb \u2764\ufe0f", "\U0001f469\U0001f4bb \u2764"),
    ],
)
def test_words_are_found_as_they_are_read(text: str, plain: str) -> None:
    assert without_hidden(text) == plain


@pytest.mark.parametrize("text", BLANK_TEXTS)
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert not has_visible(text)
    assert not is_visible_line(text)


@pytest.mark.parametrize(
    "text",
    [
        *("a", ".", "e\u0301", "\u00a9\ufe0f", "1\ufe0f\u20e3"),
        *("\U0001fae8", "\U0001fae9", "\U00031350"),  # of Unicode 15 and 16
        *("\U0001faff", "\u0378", "\ue000", "\U00011fff"),  # unassigned, private
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f469\u200d\U0001f4bb",
    ],
)
def test_what_is_seen_is_visible_whatever_its_unicode_version(text: str) -> None:
    assert has_visible(text)
    assert is_visible_line(text)


@pytest.mark.parametrize(
    "text",
    [
        *("two\nlines", "a\tb", "a\u00a0b", "a\u2028b", "a\u202eb", "a\u200db", "a\u2800b"),
        *("a\x00", "a\ud800", "\x1b[2J", "a\U0001d173b"),
    ],
)
def test_a_line_hides_nothing(text: str) -> None:
    assert has_visible(text)
    assert not is_visible_line(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("\u2800", "\u2800a", "a\u2800", "a\u0301\u2800", "\u0301\u2800", "!\u2800a"),
        *("\u0301", "\u034f", "a\u034f", "\u200b", "a\u200b", "\x01a"),
    ],
)
@pytest.mark.timeout(60)  # a step for each pair of characters would take minutes
def test_a_text_of_two_hundred_thousand_characters_is_read_through(piece: str) -> None:
    text = (piece * 200_000)[:200_000]

    assert len(without_hidden(text)) <= len(text)
    assert len(shape_buckets(text, "")) == len(INDICATORS)
