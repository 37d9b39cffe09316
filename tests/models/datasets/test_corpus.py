import gzip
from pathlib import Path

import pytest

from models.datasets.augmentation import origins
from models.datasets.corpus import BadTrainingData, read_corpus
from models.fitting.design_matrix import tabulate
from models.serving.attributes import ATTRIBUTES
from tests.support.labelled_samples import write, write_corpus


def test_every_file_gives_examples_with_a_label_per_attribute(corpus: Path) -> None:
    examples = read_corpus(corpus)

    assert {len(example.labels) for example in examples} == {len(ATTRIBUTES)}
    assert sorted({example.source for example in examples}) == [
        "civil_toxic",
        "hateful",
        "jigsaw",
        "linked",
        "neutral",
        "paradetox",
        "profanity",
        "sms_spam",
        "toxic_spans",
        "unmarked",
        "wikipedia_strict",
        "youtube_spam",
    ]


def test_marked_spans_are_removed(corpus: Path) -> None:
    news = [each for each in read_corpus(corpus) if each.source == "toxic_spans"]
    civil = [each.text for each in news if not each.disguised and each.labels[0] == 0]

    assert civil
    assert not any("stupid" in text for text in civil)


def test_sentences_without_a_mark_are_kept_whole_beside_what_was_cut(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    text = "You stupid man. The bridge opens on Tuesday morning. Stupid!"
    write(tmp_path / "toxic_spans.csv.gz", [{"text": text, "spans": "[4, 5, 6, 7, 8, 9, 53]"}])

    parts = [each for each in read_corpus(tmp_path) if each.whole and not each.disguised]

    assert [(each.source, each.text) for each in parts] == [
        ("toxic_spans", "You  man. The bridge opens on Tuesday morning. tupid!"),
        ("unmarked", "The bridge opens on Tuesday morning."),
    ]


def test_the_parts_of_a_comment_are_of_one_group(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    text = "You stupid man. The bridge opens on Tuesday morning."
    write(tmp_path / "toxic_spans.csv.gz", [{"text": text, "spans": "[4, 5, 6, 7, 8, 9]"}])
    examples = read_corpus(tmp_path)

    groups = tabulate(examples, seed=1).groups

    assert len({int(groups[row]) for row, each in enumerate(examples) if each.whole == text}) == 1


def test_marks_of_the_collection_are_no_part_of_a_comment(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    rows = [{"text": "Nice song.\ufeff", "spam": "0", "video": "A"}]
    write(tmp_path / "youtube_spam.csv.gz", rows)

    found = [each.text for each in read_corpus(tmp_path) if each.source == "youtube_spam"]

    assert found == ["Nice song."]


def test_a_disguised_copy_belongs_to_its_text(corpus: Path) -> None:
    examples = read_corpus(corpus)

    places = origins(examples)

    pairs = [(each, examples[place]) for each, place in zip(examples, places, strict=True)]
    copies = [(each, origin) for each, origin in pairs if each.disguised]
    assert copies
    assert all(each.labels == origin.labels and not each.natural for each, origin in copies)
    assert all(each is origin for each, origin in pairs if each.source in ("neutral", "sms_spam"))


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
