"""A labelled comment, and how a row of a file becomes one.

An unknown label is NaN: the attribute's classifier does not see the row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.serving.attributes import ATTRIBUTES

Row = dict[str, str]

UNKNOWN = float("nan")


@dataclass(frozen=True)
class Example:
    """A text with its labels.

    Attributes:
        text: The comment, or a part of it.
        labels: 1, 0 or UNKNOWN, in the order of ATTRIBUTES.
        source: Where it comes from, such as "jigsaw".
        group: The video of a YouTube comment; empty elsewhere.
        unbiased_sample: Whether it was drawn without looking at labels.
        obfuscated: Whether it is an obfuscated copy made for training.
        source_text: The comment that it is a part of; empty where it is the whole.
    """

    text: str
    labels: tuple[float, ...]
    source: str
    group: str = ""
    unbiased_sample: bool = False
    obfuscated: bool = False
    source_text: str = ""


@dataclass(frozen=True)
class DatasetFile:
    """A file of labelled comments.

    Attributes:
        path: Relative to the folder of the training data.
        columns: Those that it must have.
        examples: From a row to its examples; raises ValueError for a wrong label.
    """

    path: str
    columns: tuple[str, ...]
    examples: Callable[[Row], Iterator[Example]]


def partial_labels(**known: float) -> tuple[float, ...]:
    """Return labels of which only some are known.

    Args:
        **known: 1 or 0 by attribute.

    Returns:
        One label per attribute, UNKNOWN for the others.
    """
    return tuple(known.get(attribute, UNKNOWN) for attribute in ATTRIBUTES)


def all_negative() -> tuple[float, ...]:
    """Return the labels of a text without any of the attributes."""
    return tuple(0.0 for _ in ATTRIBUTES)
