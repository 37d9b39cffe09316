from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features.code_points import code_points
from models.features.ngram_hashing import character_ngrams, word_ngrams
from tests.support.strategies import ANY_TEXT

LENGTHS = range(2, 4)


def characters(*texts: str) -> Counter[tuple[int, int]]:
    owners, hashes = character_ngrams(code_points(texts), LENGTHS)
    return Counter(zip(owners.tolist(), hashes.tolist(), strict=True))


def test_equal_ngrams_have_equal_hashes_wherever_they_are() -> None:
    (_, words), (_, pairs) = word_ngrams(code_points(["cat dog cat dog"]))

    assert words[0] == words[2] != words[1] == words[3]
    assert pairs[0] == pairs[2] != pairs[1]


def test_the_order_of_a_pair_matters() -> None:
    pairs = [list(word_ngrams(code_points([text])))[1][1] for text in ("cat dog", "dog cat")]

    assert pairs[0] != pairs[1]


def test_words_of_two_texts_make_no_pair() -> None:
    _, (owners, pairs) = word_ngrams(code_points(["a b", "c", "d e"], owner_step=4))

    assert owners.tolist() == [0, 8]
    assert len(pairs) == 2


def test_character_ngrams_stay_within_a_word_and_the_spaces_around_it() -> None:
    # Of " ab c ": " a", "ab", "b ", " c", "c ", then " ab", "ab ", " c ".
    assert sum(characters("ab c").values()) == 8


@pytest.mark.parametrize("text", ["", "a"])
def test_a_short_text_has_the_ngrams_that_fit(text: str) -> None:
    assert sum(characters(text).values()) == {"": 1, "a": 3}[text]


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_a_text_has_the_same_ngrams_alone_and_among_others(texts: list[str]) -> None:
    together = characters(*texts)

    alone = Counter(
        {
            (number, ngram): count
            for number, text in enumerate(texts)
            for (_, ngram), count in characters(text).items()
        }
    )
    assert together == alone
