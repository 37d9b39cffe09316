"""The labelled files that the model is trained on: their columns, and what their labels mean."""

import ast
import re
from collections.abc import Iterator

from models.datasets.examples import UNKNOWN, Example, Row, Source, civil, only

_JIGSAW_LABELS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
_REWRITES = ("neutral1", "neutral2")
_SEVERE = ("Strong", "Severe")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_SHORTEST_SENTENCE = 20
# A mark that the collection left in nearly all comments but the spam under one video: not to learn.
_COLLECTED = "\ufeff"


def _label(row: Row, column: str, *, positive: str = "1", negative: str = "0") -> float:
    value = row[column].removesuffix(".0")
    if value not in (positive, negative):
        what = f"column {column!r} holds {row[column]!r}; right is {negative!r} or {positive!r}"
        raise ValueError(what)
    return float(value == positive)


def _jigsaw(row: Row) -> Iterator[Example]:
    toxic = _label(row, "toxic")
    otherwise = UNKNOWN if toxic else 0.0
    rest = [_label(row, name) if row[name] else otherwise for name in _JIGSAW_LABELS[1:]]
    labels = (toxic, *rest, 0.0)
    yield Example(row["text"], labels, "jigsaw", natural=_label(row, "natural") == 1)


def _wikipedia_strict(row: Row) -> Iterator[Example]:
    toxic = _label(row, "label")
    labels = only(toxicity=toxic, spam=0.0) if toxic else civil()
    yield Example(row["text"], labels, "wikipedia_strict")


def _civil_toxic(row: Row) -> Iterator[Example]:
    yield Example(row["text"], only(toxicity=_label(row, "toxic"), spam=0.0), "civil_toxic")


def _toxic_spans(row: Row) -> Iterator[Example]:
    marked, text = set(ast.literal_eval(row["spans"])), row["text"]
    if not marked:
        return
    rest = "".join(sign for place, sign in enumerate(text) if place not in marked)
    clean = " ".join(_sentences_without(marked, text))
    if rest.strip(" ."):
        yield Example(rest, only(toxicity=0.0, spam=0.0), "toxic_spans", whole=text)
    if clean:
        yield Example(clean, only(toxicity=0.0), "unmarked", whole=text)


def _sentences_without(marked: set[int], text: str) -> Iterator[str]:
    """The sentences in which nothing is marked: what was cut out of the others leaves gaps."""
    for found in _SENTENCE.finditer(text):
        sentence = found.group().strip()
        if len(sentence) >= _SHORTEST_SENTENCE and marked.isdisjoint(range(*found.span())):
            yield sentence


def _paradetox(row: Row) -> Iterator[Example]:
    yield Example(row["toxic"], only(toxicity=1.0), "paradetox")
    for column in _REWRITES:
        if row[column].strip():
            yield Example(row[column], only(toxicity=0.0), "paradetox")


def _youtube_spam(row: Row) -> Iterator[Example]:
    labels = only(spam=_label(row, "spam"))
    text = row["text"].replace(_COLLECTED, "")
    yield Example(text, labels, "youtube_spam", part=row["video"])


def _sms_spam(row: Row) -> Iterator[Example]:
    yield Example(row["text"], only(spam=_label(row, "spam")), "sms_spam")


def _profanity(row: Row) -> Iterator[Example]:
    if row["severity_description"] in _SEVERE:
        yield Example(row["text"], only(toxicity=1.0), "profanity")


SOURCES = (
    Source("jigsaw.csv.gz", ("text", *_JIGSAW_LABELS, "natural"), _jigsaw),
    Source("wikipedia_strict.csv.gz", ("text", "label"), _wikipedia_strict),
    Source("civil_toxic.csv.gz", ("text", "toxic"), _civil_toxic),
    Source("toxic_spans.csv.gz", ("text", "spans"), _toxic_spans),
    Source("paradetox.csv.gz", ("toxic", *_REWRITES), _paradetox),
    Source("youtube_spam.csv.gz", ("text", "spam", "video"), _youtube_spam),
    Source("sms_spam.csv.gz", ("text", "spam"), _sms_spam),
    Source("lists/profanity_en.csv", ("text", "severity_description"), _profanity),
)
