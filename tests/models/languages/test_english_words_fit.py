import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from models.datasets.corpus import BadTrainingData
from models.languages.english_words_fit import english_words
from models.serving.languages.english_words import WordKind

ENGLISH = ("I think you are right about the harbour", "This is what we have in London now")
GERMAN = ("Das finde ich sehr schade", "So ein Unsinn, das ist in Ordnung")
FILES = {
    "everyday/ordinary.csv.gz": ENGLISH * 30,
    "everyday/hard_negatives.csv.gz": ("bedankt bedankt bedankt",) * 30,
    "everyday/harm.csv.gz": ("You are a fool and that is what I think of you",) * 30,
    "civil_toxic.csv.gz": ENGLISH,
    "jigsaw.csv.gz": ENGLISH,
    "multi/de.csv.gz": GERMAN * 30,
}


def write(data: Path, files: Mapping[str, Sequence[str]]) -> None:
    for name, texts in files.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
            rows = csv.writer(lines)
            rows.writerow(("text", "toxic", "kind"))
            rows.writerows((text, 0, "own") for text in texts)


def test_words_have_the_kind_of_the_comments_that_they_are_in(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    kinds = english_words(tmp_path)

    assert (kinds["harbour"], kinds["fool"]) == (WordKind.OWN, WordKind.OWN)
    assert kinds["in"] is WordKind.SHARED
    assert kinds["unsinn"] is WordKind.FOREIGN
    assert kinds["london"] is WordKind.NAME


def test_comments_without_english_stop_words_teach_no_english(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    assert english_words(tmp_path)["bedankt"] is WordKind.FOREIGN  # listed as Dutch


def test_the_same_files_give_the_same_words_in_the_same_order(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    assert list(english_words(tmp_path).items()) == list(english_words(tmp_path).items())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {name: texts for name, texts in FILES.items() if name != "jigsaw.csv.gz"})

    with pytest.raises(BadTrainingData, match=r"jigsaw\.csv\.gz is missing"):
        english_words(tmp_path)
