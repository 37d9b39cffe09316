import gzip
from pathlib import Path

import pytest

from models.datasets.corpus import BadTrainingData, read_corpus
from models.serving.attributes import ATTRIBUTES
from tests.support.labelled_samples import write, write_corpus


def test_every_file_gives_examples_with_a_label_per_attribute(corpus: Path) -> None:
    examples = read_corpus(corpus)

    assert {len(example.labels) for example in examples} == {len(ATTRIBUTES)}
    assert sorted({example.source for example in examples}) == [
        "civil_toxic",
        "contempt",
        "counter/reply",
        "exposure",
        "harm_sbic/board",
        "harmless",
        "hateful",
        "jigsaw",
        "linked",
        "mild",
        "neutral",
        "offers",
        "ord_reddit/forum",
        "paradetox",
        "profanity",
        "sms_spam",
        "spam_blog/blog",
        "threats",
        "toxic_spans",
        "unmarked",
        "wikipedia_strict",
        "youtube_spam",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    (tmp_path / "sms_spam.csv.gz").unlink()

    with pytest.raises(BadTrainingData, match=r"sms_spam\.csv\.gz is missing"):
        read_corpus(tmp_path)


def test_a_missing_column_is_named_with_what_is_right(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    write(tmp_path / "sms_spam.csv.gz", [{"text": "hello", "ham": "1"}])

    with pytest.raises(BadTrainingData, match=r"has no column 'spam': it needs text, spam"):
        read_corpus(tmp_path)


def test_a_wrong_label_is_named_with_its_row(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    rows = [{"text": "hello", "spam": "0"}, {"text": "hello", "spam": "maybe"}]
    write(tmp_path / "sms_spam.csv.gz", rows)

    with pytest.raises(BadTrainingData, match=r"row 2: column 'spam' holds 'maybe'; right is"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"text,spam\n\xff,1\n", mtime=0)])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes) -> None:
    write_corpus(tmp_path, copies=1)
    (tmp_path / "sms_spam.csv.gz").write_bytes(content)

    with pytest.raises(BadTrainingData, match=r"sms_spam\.csv\.gz cannot be read"):
        read_corpus(tmp_path)
