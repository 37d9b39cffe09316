"""The labelled files that the model is trained on: their columns, and what their labels mean."""

import ast
import re
from collections.abc import Iterator

from models.datasets.everyday import EVERYDAY_FILES
from models.datasets.examples import (
    UNKNOWN,
    DatasetFile,
    Example,
    Row,
    all_negative,
    partial_labels,
)

_JIGSAW_LABELS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
_REWRITES = ("neutral1", "neutral2")
_SEVERE = ("Strong", "Severe")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_SHORTEST_SENTENCE = 20
# The collection left this mark in nearly all comments but the spam under one video: the model must
# not learn it.
_COLLECTION_MARK = "\ufeff"


def _label(row: Row, column: str, *, positive: str = "1", negative: str = "0") -> float:
    value = row[column].removesuffix(".0")
    if value not in (positive, negative):
        message = f"column {column!r} holds {row[column]!r}; right is {negative!r} or {positive!r}"
        raise ValueError(message)
    return float(value == positive)


def _jigsaw(row: Row) -> Iterator[Example]:
    toxic = _label(row, "toxic")
    otherwise = UNKNOWN if toxic else 0.0
    rest = [_label(row, name) if row[name] else otherwise for name in _JIGSAW_LABELS[1:]]
    labels = (toxic, *rest, 0.0)
    unbiased_sample = _label(row, "natural") == 1
    yield Example(row["text"], labels, "jigsaw", unbiased_sample=unbiased_sample)


def _wikipedia_strict(row: Row) -> Iterator[Example]:
    toxic = _label(row, "label")
    labels = partial_labels(toxicity=toxic, spam=0.0) if toxic else all_negative()
    yield Example(row["text"], labels, "wikipedia_strict")


def _civil_toxic(row: Row) -> Iterator[Example]:
    labels = partial_labels(toxicity=_label(row, "toxic"), spam=0.0)
    yield Example(row["text"], labels, "civil_toxic")


def _toxic_spans(row: Row) -> Iterator[Example]:
    marked, text = set(ast.literal_eval(row["spans"])), row["text"]
    if not marked:
        return
    rest = "".join(sign for place, sign in enumerate(text) if place not in marked)
    clean = " ".join(_sentences_without(marked, text))
    if rest.strip(" ."):
        labels = partial_labels(toxicity=0.0, spam=0.0)
        yield Example(rest, labels, "toxic_spans", source_text=text)
    if clean:
        yield Example(clean, partial_labels(toxicity=0.0), "unmarked", source_text=text)


def _sentences_without(marked: set[int], text: str) -> Iterator[str]:
    """The sentences in which nothing is marked: what was cut out of the others leaves gaps."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if len(sentence) >= _SHORTEST_SENTENCE and marked.isdisjoint(range(*match.span())):
            yield sentence


def _paradetox(row: Row) -> Iterator[Example]:
    yield Example(row["toxic"], partial_labels(toxicity=1.0), "paradetox")
    for column in _REWRITES:
        if row[column].strip():
            yield Example(row[column], partial_labels(toxicity=0.0), "paradetox")


def _youtube_spam(row: Row) -> Iterator[Example]:
    labels = partial_labels(spam=_label(row, "spam"))
    text = row["text"].replace(_COLLECTION_MARK, "")
    yield Example(text, labels, "youtube_spam", group=row["video"])


def _sms_spam(row: Row) -> Iterator[Example]:
    yield Example(row["text"], partial_labels(spam=_label(row, "spam")), "sms_spam")


def _profanity(row: Row) -> Iterator[Example]:
    if row["severity_description"] in _SEVERE:
        yield Example(row["text"], partial_labels(toxicity=1.0), "profanity")


DATASET_FILES = (
    DatasetFile("jigsaw.csv.gz", ("text", *_JIGSAW_LABELS, "natural"), _jigsaw),
    DatasetFile("wikipedia_strict.csv.gz", ("text", "label"), _wikipedia_strict),
    DatasetFile("civil_toxic.csv.gz", ("text", "toxic"), _civil_toxic),
    DatasetFile("toxic_spans.csv.gz", ("text", "spans"), _toxic_spans),
    DatasetFile("paradetox.csv.gz", ("toxic", *_REWRITES), _paradetox),
    DatasetFile("youtube_spam.csv.gz", ("text", "spam", "video"), _youtube_spam),
    DatasetFile("sms_spam.csv.gz", ("text", "spam"), _sms_spam),
    DatasetFile("lists/profanity_en.csv", ("text", "severity_description"), _profanity),
    *EVERYDAY_FILES,
)
