"""Labels: what people say that a text is, from 0 to 1 for an attribute, for a model to learn."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from moderation.policy import ATTRIBUTES


class LabelSource(StrEnum):
    """Who said it."""

    SUGGESTSCORE = "suggestscore"  # a program, by Perspective's API
    AKISMET = "akismet"  # a blog's spam and ham buttons
    CORAL = "coral"
    IMPORT = "import"  # what was decided before Parley


class InvalidLabel(ValueError):
    """The attribute or the value can be none of a label; the sentence says what would be right."""


@dataclass(frozen=True, slots=True)
class Label:
    """What was said of a text.

    Attributes:
        text: None of a comment that is stored here, which has it.
        attribute: One of ATTRIBUTES.
        value: From 0, it is not, to 1, it is.
        weight: How much it counts beside a moderator's decision, which counts 1.
        comment: The public id of the comment, where it is stored here.
    """

    text: str | None
    attribute: str
    value: float
    source: LabelSource
    weight: float = 1.0
    comment: str | None = None

    def __post_init__(self) -> None:
        """Raise InvalidLabel for what cannot be learnt from."""
        if self.attribute not in ATTRIBUTES:
            sentence = f"a label's attribute must be one of {', '.join(ATTRIBUTES)}"
            raise InvalidLabel(sentence)
        if not (0 <= self.value <= 1 and 0 <= self.weight <= 1):
            sentence = "a label's value and weight must be numbers from 0 to 1"
            raise InvalidLabel(sentence)
        if (self.text is None) == (self.comment is None):
            sentence = "a label has either a text or the id of a stored comment"
            raise InvalidLabel(sentence)

    @property
    def subject(self) -> str:
        """What it is about, as 64 hexadecimal digits: of two for one subject the later counts."""
        return text_subject(self.text) if self.text is not None else _digest("id", self.comment)


def text_subject(text: str) -> str:
    """The subject of labels of a text that is no stored comment's."""
    return _digest("text", text)


def _digest(kind: str, value: str | None) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
