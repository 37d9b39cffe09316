"""The suspect words of a site: its own, and the lists that come with Parley."""

import pytest

from moderation.choices.site_languages import NAMES, InvalidLanguages
from moderation.choices.suspect_words import (
    LISTS,
    MOST_WORDS,
    NO_WORDS,
    InvalidSuspectWords,
    suspect_word,
)
from moderation.text.suspect_spans import suspect_spans


def test_words_are_taken_once_with_single_blanks() -> None:
    words = NO_WORDS.with_words(["  Piss   off ", "", "idiot*", "PISS off"])

    assert words.words == ("PISS off", "idiot*")


@pytest.mark.parametrize("line", ["*", "a*b", "a\u202eb", "x" * 81, "\u200b", "a**"])
def test_what_is_no_word_is_refused_with_what_is_one(line: str) -> None:
    with pytest.raises(InvalidSuspectWords, match="as idiot\\*"):
        NO_WORDS.with_words([line])


def test_too_many_words_are_refused() -> None:
    with pytest.raises(InvalidSuspectWords, match="at most 10,000"):
        NO_WORDS.with_words(f"word{number}" for number in range(MOST_WORDS + 1))


def test_a_list_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InvalidSuspectWords, match=r"in Welsh; it has those of ar, .*zh"):
        NO_WORDS.with_lists(["cy"])
    with pytest.raises(InvalidLanguages, match="'xx'"):
        NO_WORDS.with_lists(["xx"])


@pytest.mark.parametrize("code", LISTS)
def test_every_word_of_a_list_is_found_in_a_text(code: str) -> None:
    assert code in NAMES
    for word in LISTS[code]:
        assert suspect_word(word) == word
        assert suspect_spans(f"So: {word.rstrip('*')}!", NO_WORDS.with_lists([code]).all_words())


def test_the_audit_log_learns_that_a_word_changed_and_not_which() -> None:
    before, after = (NO_WORDS.with_words([word]).as_audited() for word in ("idiot", "moron"))

    assert before != after
    assert "moron" not in str(after)
