from models.card.functional import functional_lines

RESULTS = {
    "hateful": {"slur": {"sentences": 4, "right": 3}},
    "harmless": {"praise": {"sentences": 5, "right": 1}},
    "spelling": {"digits for letters": {"longest_word": 0.75, "every_word": 0.5}},
    "caught": 3,
}


def test_shares_are_of_all_sentences_and_each_kind_has_a_row() -> None:
    text = "\n".join(functional_lines(RESULTS))

    assert "by the flag of any attribute: 75.0% do. The others should not: 20.0% do not." in text
    assert "| slur | 4 | 75% |" in text
    assert "| praise | 5 | 20% |" in text
    assert "3 hateful sentences are flagged as written" in text
    assert "| digits for letters | 75.0% | 50.0% |" in text
