"""Near-duplicates have the same fingerprint, other texts another, short ones none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text.near_duplicates import fingerprint

TEXT = "Earn 500 dollars a week from home: https://pills.example/a"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.upper(),
        TEXT.replace("500", "950"),
        TEXT.replace(" ", " \n "),
        TEXT.replace(":", " !!! "),
        TEXT.replace("Earn", "E\u00e0rn").replace("week", "we\u200bek"),
        f"{TEXT} {TEXT}",
        TEXT.replace("home", "hooooome"),
        "From home earn 500 dollars a week https://pills.example/a",
        TEXT.replace("Earn", "\uff25arn"),
        TEXT.replace(" week from ", "“week”—from "),
    ],
)
def test_what_says_the_same_has_the_same_fingerprint(text: str) -> None:
    assert fingerprint(text) == fingerprint(TEXT)


def test_what_says_something_else_has_another() -> None:
    assert fingerprint(TEXT.replace("dollars", "euros")) != fingerprint(TEXT)
    assert fingerprint("日本の統合司令部について、私は賛成です。") != fingerprint(
        "日本の統合司令部について、私は反対です。"
    )


@pytest.mark.parametrize("text", ["I agree.", "!!!" * 40, "ha" * 7, "\u200b" * 40, "a a a a a"])
def test_what_is_too_short_to_tell_has_none(text: str) -> None:
    assert fingerprint(text) is None


@given(st.text())
def test_any_text_has_one_of_sixteen_digits_or_none(text: str) -> None:
    digits = fingerprint(text)

    assert digits is None or int(digits, 16) >= 0
    assert digits is None or len(digits) == 16
