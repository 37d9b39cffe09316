"""The load's texts."""

from bench.texts import texts


def test_texts_differ_from_each_other_and_not_from_run_to_run() -> None:
    many_texts = texts(5_000)

    assert len(set(many_texts)) == 5_000
    assert texts(10) == many_texts[:10]


def test_texts_are_short_and_long() -> None:
    lengths = [len(text) for text in texts(100)]

    assert min(lengths) < 40
    assert max(lengths) > 500
