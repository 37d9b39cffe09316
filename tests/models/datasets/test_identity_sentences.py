import pytest

from models.datasets.identity_sentences import (
    ADJECTIVES,
    HATEFUL,
    NEUTRAL,
    PLURALS,
    hateful_plural_sentences,
    hateful_sentences,
    in_turn,
    neutral_sentences,
)


def test_every_term_is_in_neutral_and_in_hateful_sentences() -> None:
    neutral, hateful = neutral_sentences(), hateful_sentences() + hateful_plural_sentences()

    for term in (*ADJECTIVES, *PLURALS):
        assert any(term.lower() in sentence.lower() for sentence in neutral), term
        assert any(term.lower() in sentence.lower() for sentence in hateful), term


@pytest.mark.parametrize("templates", [*NEUTRAL.values(), *HATEFUL.values()])
def test_a_template_has_one_place_for_a_term(templates: list[str]) -> None:
    assert [template.count("{}") for template in templates] == [1] * len(templates)


def test_no_sentence_is_neutral_and_hateful() -> None:
    assert not set(neutral_sentences()) & {*hateful_sentences(), *hateful_plural_sentences()}


def test_terms_take_turns_and_sentences_begin_with_a_capital() -> None:
    sentences = in_turn(["{} came.", "I saw {}."], ["men", "women", "girls"], 2)

    assert list(sentences) == ["Men came.", "Women came.", "I saw girls.", "I saw men."]
