"""Everyday comments from many places: ordinary ones, hard negatives, harm and comment spam.

The source of an example is its kind and where it comes from, as "ord_reddit/goemotions".
"""

import re
from collections.abc import Iterator
from functools import partial

from models.datasets.examples import UNKNOWN, DatasetFile, Example, Row
from models.serving.attributes import ATTRIBUTES

# What a kind begins with; our own sentences of the same kinds have no place.
ORDINARY = "ord_"
SWEARING = "ord_swear"
HARD_NEGATIVE = "hard_negative"
COUNTER_SPEECH = "counter"
HARM = "harm_"
SPAM = "spam_"
FLATTERY = "spam_seo"

_COLUMNS = ("toxic", "identity_attack", "threat", "insult", "profanity", "spam")
_COLUMN_OF = {name: "toxic" if name == "toxicity" else name for name in ATTRIBUTES}
_KIND = re.compile(r"[a-z_]+/\w+")


def kind_of(source: str) -> str:
    """Return the kind of an everyday source, or an empty text for any other source."""
    return source.partition("/")[0] if "/" in source else ""


def _everyday(begins: tuple[str, ...], row: Row) -> Iterator[Example]:
    source = row["kind"]
    if not _KIND.fullmatch(source) or not source.startswith(begins):
        message = f"column 'kind' holds {source!r}; right is such as '{begins[0]}.../reddit'"
        raise ValueError(message)
    yield Example(row["text"], tuple(_label(row, name) for name in ATTRIBUTES), source)


def _label(row: Row, attribute: str) -> float:
    column = _COLUMN_OF[attribute]
    if column not in _COLUMNS:  # nobody looked; what is not toxic at all is not severe
        return 0.0 if row["toxic"] == "0" else UNKNOWN
    value = row[column]
    if value not in ("", "0", "1"):
        message = f"column {column!r} holds {value!r}; right is '0', '1' or nothing"
        raise ValueError(message)
    return float(value) if value else UNKNOWN


def _file(name: str, *begins: str) -> DatasetFile:
    columns = ("text", "kind", *_COLUMNS)
    return DatasetFile(f"everyday/{name}.csv.gz", columns, partial(_everyday, begins))


EVERYDAY_FILES = (
    _file("ordinary", ORDINARY),
    _file("hard_negatives", HARD_NEGATIVE, COUNTER_SPEECH),
    _file("harm", HARM),
    _file("spam", SPAM),
)
