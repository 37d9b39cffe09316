"""The load's texts."""

from bench.texts import texts
from moderation.text.near_duplicates import fingerprint


def test_texts_differ_from_each_other_and_not_from_run_to_run() -> None:
    many_texts = texts(5_000)

    assert len(set(many_texts)) == 5_000
    assert texts(10) == many_texts[:10]


def test_texts_are_no_near_duplicates_of_each_other() -> None:
    fingerprints = [fingerprint(text) for text in texts(5_000)]

    long_enough = [known for known in fingerprints if known is not None]
    assert len(set(long_enough)) == len(long_enough) > 4_900


def test_texts_are_short_and_long() -> None:
    lengths = [len(text) for text in texts(100)]

    assert min(lengths) < 40
    assert max(lengths) > 500
