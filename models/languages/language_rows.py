"""The labelled comments of other languages, and lists of their rude words."""

import csv
import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.datasets.corpus import BadTrainingData
from models.features.array_types import Floats

FOLDER = "multi"
ENGLISH_FILES = ("everyday/ordinary.csv.gz", "everyday/hard_negatives.csv.gz")
MORE_ENGLISH_FILES = ("everyday/harm.csv.gz", "civil_toxic.csv.gz", "jigsaw.csv.gz")
_SUFFIX = ".csv.gz"


@dataclass(frozen=True)
class LanguageRows:
    """Comments of one language.

    Attributes:
        texts: As they were written.
        labels: 1 toxic, 0 not, shape (texts,).
        sources: Where each is from.
        rude_words: Words and phrases that are rude by themselves.
    """

    texts: list[str]
    labels: Floats
    sources: list[str]
    rude_words: tuple[str, ...] = ()


def language_codes(data: Path) -> list[str]:
    """Return the languages that there are files of, in the order of their codes.

    Raises:
        BadTrainingData: There is no file at all.
    """
    paths = sorted((data / FOLDER).glob(f"*{_SUFFIX}"))
    if not paths:
        message = (
            f"{data / FOLDER} has no file LANGUAGE{_SUFFIX}: the languages are trained on them"
        )
        raise BadTrainingData(message)
    return [path.name.removesuffix(_SUFFIX) for path in paths]


def read_language(data: Path, code: str) -> LanguageRows:
    """Read the comments of a language.

    Raises:
        BadTrainingData: The file cannot be read, or has a wrong column or label.
    """
    path = data / FOLDER / f"{code}{_SUFFIX}"
    rows = [row for row in _rows(path, ("text", "toxic", "kind")) if row["text"].strip()]
    labels = [_label(row["toxic"], path, number) for number, row in enumerate(rows, start=1)]
    texts = [row["text"] for row in rows]
    return LanguageRows(
        texts, np.array(labels), [row["kind"] for row in rows], _rude_words(data, code)
    )


def read_english(data: Path) -> list[str]:
    """Read ordinary English comments, to tell English from other languages."""
    return _texts(data, ENGLISH_FILES)


def read_more_english(data: Path) -> list[str]:
    """Read other English comments, for the words in them: rude ones above all."""
    return _texts(data, MORE_ENGLISH_FILES)


def _texts(data: Path, names: tuple[str, ...]) -> list[str]:
    return [
        row["text"]
        for name in names
        for row in _rows(data / name, ("text",))
        if row["text"].strip()
    ]


def _rude_words(data: Path, code: str) -> tuple[str, ...]:
    path = data / FOLDER / "lists" / f"{code}.txt"
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    if not path.is_file():
        message = f"{path} is missing: it is one of the files that the languages are trained on"
        raise BadTrainingData(message)
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                message = f"{path} has no column {missing[0]!r}: it needs {', '.join(columns)}"
                raise BadTrainingData(message)
            return list(reader)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        message = f"{path} cannot be read as gzipped CSV in UTF-8: {error}"
        raise BadTrainingData(message) from error


def _label(value: str, path: Path, number: int) -> float:
    if value not in ("0", "1"):
        message = f"{path}, row {number}: column 'toxic' holds {value!r}; right is '0' or '1'"
        raise BadTrainingData(message)
    return float(value)
