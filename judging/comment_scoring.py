"""Read a comment with the model: its text and its author's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from models.serving.author_names import as_scored, is_phrase
from models.serving.language import is_unfamiliar
from models.serving.name_signs import signs
from moderation.name_policy import NameReading
from moderation.policy import LANGUAGE

log = structlog.get_logger()

Scores = dict[str, float]


class Classifier(Protocol):
    """What reading comments needs of a model."""

    @property
    def version(self) -> str:
        """Names the model beside the scores it gave."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Calibrated probabilities by attribute, one dictionary for each text."""


class NamedText(Protocol):
    """A comment to read; `id` is any number that no other of the same call has."""

    @property
    def id(self) -> int:
        """Under which its reading is returned."""

    @property
    def name(self) -> str:
        """The author's."""

    @property
    def text(self) -> str:
        """What they wrote."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of a comment; `doubts` are why its text's scores mean nothing."""

    scores: Scores
    doubts: tuple[str, ...]
    name: NameReading


def read_each(classifier: Classifier, comments: Sequence[NamedText]) -> Mapping[int, Reading]:
    """Readings by comment. One that raises fails alone: it is left out, and tried again later."""
    try:
        return _readings(classifier, comments)
    except Exception as error:  # whatever a model raises must not stop the others
        if len(comments) == 1:
            log.error("scoring_failed", comment=comments[0].id, kind=type(error).__name__)
            return {}
        return {
            number: reading
            for comment in comments
            for number, reading in read_each(classifier, [comment]).items()
        }


def _readings(classifier: Classifier, comments: Sequence[NamedText]) -> dict[int, Reading]:
    """By one call of the model: a name costs little beside its text."""
    names = [as_scored(comment.name) for comment in comments]
    scores = classifier.score([*(comment.text for comment in comments), *names])
    of_texts, of_names = scores[: len(comments)], scores[len(comments) :]
    return {
        comment.id: _reading(comment, of_text, of_name)
        for comment, of_text, of_name in zip(comments, of_texts, of_names, strict=True)
    }


def _reading(comment: NamedText, of_text: Scores, of_name: Scores) -> Reading:
    doubts = (LANGUAGE,) if is_unfamiliar(comment.text) else ()
    return Reading(of_text, doubts, name_reading(comment.name, of_name))


def name_reading(name: str, scores: Mapping[str, float]) -> NameReading:
    """The reading of a name; `scores` are those of the name `as_scored`."""
    return NameReading(scores, is_phrase(name), tuple(sign.kind for sign in signs(name)))
