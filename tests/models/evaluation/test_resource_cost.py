from models.evaluation.resource_cost import CHARACTERS, long_texts


def test_the_texts_that_are_timed_are_long_and_different() -> None:
    texts = long_texts(50)

    assert {len(text) for text in texts} == {CHARACTERS}
    assert len(set(texts)) == len(texts)
