"""Words that differ are marked, and nothing of a text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from service.moderators.display.text_differences import differences


def test_only_the_words_that_differ_are_marked() -> None:
    pieces = differences("Vote NO on it, Bob", "Please vote NO on it, Ada")

    assert [text.strip() for text, differs in pieces if differs] == ["Please vote", "Ada"]


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_the_pieces_are_the_text(text: str, other: str) -> None:
    assert "".join(piece for piece, _ in differences(text, other)) == other


def test_what_is_very_long_is_kept_but_not_compared() -> None:
    long = "word " * 5_000

    assert "".join(piece for piece, _ in differences("other", long)) == long
