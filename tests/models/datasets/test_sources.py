import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.datasets.corpus import read_corpus
from models.datasets.examples import Example
from models.datasets.sources import DATASET_FILES
from tests.support.labelled_samples import write, write_corpus

READERS = {dataset.path.partition(".")[0]: dataset.examples for dataset in DATASET_FILES}


def labels_by_text(examples: Iterator[Example]) -> list[tuple[str, str, list[float | None]]]:
    """Source, text and labels; None where a label is unknown."""
    return [
        (
            example.source,
            example.text,
            [None if math.isnan(label) else label for label in example.labels],
        )
        for example in examples
    ]


def jigsaw(toxic: str, insult: str) -> dict[str, str]:
    rest = dict.fromkeys(("severe_toxic", "obscene", "threat", "identity_hate"), "")
    return {"text": "a", "toxic": toxic, "insult": insult, "natural": "1", **rest}


def test_a_missing_label_of_a_toxic_comment_is_unknown_and_of_another_negative() -> None:
    toxic, civil = (labels_by_text(READERS["jigsaw"](jigsaw(label, "1"))) for label in ("1", "0.0"))

    assert toxic == [("jigsaw", "a", [1, None, None, None, 1, None, 0])]
    assert civil == [("jigsaw", "a", [0, 0, 0, 0, 1, 0, 0])]


def test_a_rewrite_is_civil_and_an_empty_one_is_left_out() -> None:
    row = {"toxic": "shut up", "neutral1": "be quiet", "neutral2": " "}

    toxicity = [(text, labels[0]) for _, text, labels in labels_by_text(READERS["paradetox"](row))]

    assert toxicity == [("shut up", 1), ("be quiet", 0)]


@pytest.mark.parametrize(("severity", "examples"), [("Mild", 0), ("Strong", 1), ("Severe", 1)])
def test_only_strong_profanities_are_examples(severity: str, examples: int) -> None:
    row = {"text": "a", "severity_description": severity}

    assert len(list(READERS["lists/profanity_en"](row))) == examples


def test_marked_spans_are_removed(corpus: Path) -> None:
    examples = [example for example in read_corpus(corpus) if example.source == "toxic_spans"]
    civil = [
        example.text for example in examples if not example.obfuscated and example.labels[0] == 0
    ]

    assert civil
    assert not any("stupid" in text for text in civil)


def test_sentences_without_a_mark_are_kept_whole_beside_what_was_cut(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    text = "You stupid man. The bridge opens on Tuesday morning. Stupid!"
    write(tmp_path / "toxic_spans.csv.gz", [{"text": text, "spans": "[4, 5, 6, 7, 8, 9, 53]"}])

    parts = [
        (example.source, example.text)
        for example in read_corpus(tmp_path)
        if example.source_text and not example.obfuscated
    ]

    assert parts == [
        ("toxic_spans", "You  man. The bridge opens on Tuesday morning. tupid!"),
        ("unmarked", "The bridge opens on Tuesday morning."),
    ]


def test_marks_of_the_collection_are_no_part_of_a_comment(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    rows = [{"text": "Nice song.\ufeff", "spam": "0", "video": "A"}]
    write(tmp_path / "youtube_spam.csv.gz", rows)

    comments = [
        (example.text, example.group)
        for example in read_corpus(tmp_path)
        if example.source == "youtube_spam"
    ]

    assert comments == [("Nice song.", "A")]
