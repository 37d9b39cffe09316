import pytest

from models.features.normalise import normalise
from models.serving.stopwords import STOPWORDS


@pytest.mark.parametrize("language", STOPWORDS)
def test_stop_words_are_written_as_the_normaliser_leaves_them(language: str) -> None:
    assert {word for word in STOPWORDS[language] if normalise(word) != word} == set()


def test_english_is_told_from_fifteen_other_languages() -> None:
    assert len(STOPWORDS) == 1 + 15
    assert {"the", "you", "don't"} <= STOPWORDS["en"]
