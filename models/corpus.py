"""The labelled files as examples: a text, what is known of each attribute, and where it comes from.

An unknown label is NaN: the attribute's classifier does not see the row.
"""

import ast
import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.classifier import ATTRIBUTES
from models.neutral import neutral_sentences

Row = dict[str, str]

UNKNOWN = float("nan")
_JIGSAW_LABELS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")


class BadTrainingData(ValueError):
    """A training file is missing or misshapen; the sentence says where, and what is right."""


@dataclass(frozen=True)
class Example:
    text: str
    labels: tuple[float, ...]  # 1, 0 or UNKNOWN, in the order of ATTRIBUTES
    source: str
    part: str = ""  # the video of a YouTube comment
    natural: bool = False  # from the slice drawn without looking at labels


@dataclass(frozen=True)
class Source:
    file: str
    columns: tuple[str, ...]
    examples: Callable[[Row], Iterator[Example]]


def read_corpus(folder: Path) -> list[Example]:
    """Every example of every file, in the order of the files, and the neutral sentences."""
    labelled = [example for source in SOURCES for example in _read(folder / source.file, source)]
    return labelled + [Example(text, _civil(), "neutral") for text in neutral_sentences()]


def _read(path: Path, source: Source) -> Iterator[Example]:
    if not path.is_file():
        what = f"{path} is missing: it is one of the files that the model is trained on"
        raise BadTrainingData(what)
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            yield from _examples(csv.DictReader(lines), path, source)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as broken:
        what = f"{path} cannot be read as gzipped CSV in UTF-8: {broken}"
        raise BadTrainingData(what) from broken


def _examples(rows: "csv.DictReader[str]", path: Path, source: Source) -> Iterator[Example]:
    missing = [name for name in source.columns if name not in (rows.fieldnames or ())]
    if missing:
        what = f"{path} has no column {missing[0]!r}: it needs {', '.join(source.columns)}"
        raise BadTrainingData(what)
    for number, row in enumerate(rows, start=1):
        try:
            yield from source.examples(row)
        except (ValueError, SyntaxError, TypeError, AttributeError) as wrong:
            what = f"{path}, row {number}: {wrong}"
            raise BadTrainingData(what) from wrong


def _label(row: Row, column: str, *, positive: str = "1", negative: str = "0") -> float:
    value = row[column].removesuffix(".0")
    if value not in (positive, negative):
        what = f"column {column!r} holds {row[column]!r}; right is {negative!r} or {positive!r}"
        raise ValueError(what)
    return float(value == positive)


def _only(**known: float) -> tuple[float, ...]:
    return tuple(known.get(attribute, UNKNOWN) for attribute in ATTRIBUTES)


def _civil() -> tuple[float, ...]:
    return tuple(0.0 for _ in ATTRIBUTES)


def _jigsaw(row: Row) -> Iterator[Example]:
    toxic = _label(row, "toxic")
    otherwise = UNKNOWN if toxic else 0.0
    rest = [_label(row, name) if row[name] else otherwise for name in _JIGSAW_LABELS[1:]]
    labels = (toxic, *rest, 0.0)
    yield Example(row["text"], labels, "jigsaw", natural=_label(row, "natural") == 1)


def _wikipedia_strict(row: Row) -> Iterator[Example]:
    toxic = _label(row, "label")
    labels = _only(toxicity=toxic, spam=0.0) if toxic else _civil()
    yield Example(row["text"], labels, "wikipedia_strict")


def _civil_toxic(row: Row) -> Iterator[Example]:
    yield Example(row["text"], _only(toxicity=_label(row, "toxic"), spam=0.0), "civil_toxic")


def _toxic_spans(row: Row) -> Iterator[Example]:
    marked = set(ast.literal_eval(row["spans"]))
    rest = "".join(sign for place, sign in enumerate(row["text"]) if place not in marked)
    if marked and rest.strip(" ."):
        yield Example(rest, _only(toxicity=0.0), "toxic_spans")


def _youtube_spam(row: Row) -> Iterator[Example]:
    labels = _only(spam=_label(row, "spam"))
    yield Example(row["text"], labels, "youtube_spam", part=row["video"])


def _sms_spam(row: Row) -> Iterator[Example]:
    yield Example(row["text"], _only(spam=_label(row, "spam")), "sms_spam")


SOURCES = (
    Source("jigsaw.csv.gz", ("text", *_JIGSAW_LABELS, "natural"), _jigsaw),
    Source("wikipedia_strict.csv.gz", ("text", "label"), _wikipedia_strict),
    Source("civil_toxic.csv.gz", ("text", "toxic"), _civil_toxic),
    Source("toxic_spans.csv.gz", ("text", "spans"), _toxic_spans),
    Source("youtube_spam.csv.gz", ("text", "spam", "video"), _youtube_spam),
    Source("sms_spam.csv.gz", ("text", "spam"), _sms_spam),
)
