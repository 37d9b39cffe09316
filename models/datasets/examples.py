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
    text: str
    labels: tuple[float, ...]  # 1, 0 or UNKNOWN, in the order of ATTRIBUTES
    source: str
    part: str = ""  # the video of a YouTube comment
    natural: bool = False  # from the slice drawn without looking at labels
    disguised: bool = False  # a copy made for training
    whole: str = ""  # the text that this is a part of


@dataclass(frozen=True)
class Source:
    file: str
    columns: tuple[str, ...]
    examples: Callable[[Row], Iterator[Example]]


def only(**known: float) -> tuple[float, ...]:
    """These labels, the others unknown."""
    return tuple(known.get(attribute, UNKNOWN) for attribute in ATTRIBUTES)


def civil() -> tuple[float, ...]:
    """The labels of a text without any of the attributes."""
    return tuple(0.0 for _ in ATTRIBUTES)
