"""Read a comment with the model: its text and its author's name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from judging.spoken_languages import TextReading, read_texts
from models.serving.author_names import as_scored, is_phrase
from models.serving.languages.identification import SpokenLanguages
from models.serving.name_signs import signs
from moderation.name_policy import NameReading

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
    """What the models say of a comment: of its text by its language, and of its author's name."""

    text: TextReading
    name: NameReading

    @property
    def scores(self) -> Scores:
        """Of the text; empty where no model knows its language."""
        return self.text.scores


Spoken = Callable[[NamedText], SpokenLanguages]


def in_english(_: NamedText) -> SpokenLanguages:
    """The languages of a site that has said nothing of them."""
    return SpokenLanguages()


def read_each(
    classifier: Classifier, comments: Sequence[NamedText], spoken: Spoken = in_english
) -> Mapping[int, Reading]:
    """Readings by comment. One that raises fails alone: it is left out, and tried again later.

    `spoken` gives the languages of a comment's site.
    """
    try:
        return _readings(classifier, comments, spoken)
    except Exception as error:  # whatever a model raises must not stop the others
        if len(comments) == 1:
            log.error("scoring_failed", comment=comments[0].id, kind=type(error).__name__)
            return {}
        return {
            number: reading
            for comment in comments
            for number, reading in read_each(classifier, [comment], spoken).items()
        }


def _readings(
    classifier: Classifier, comments: Sequence[NamedText], spoken: Spoken
) -> dict[int, Reading]:
    """By one call of the English model, in which a name stands once however often it is there."""
    names = list(dict.fromkeys(comment.name for comment in comments))
    scores = classifier.score([*(comment.text for comment in comments), *map(as_scored, names)])
    of_texts, of_names = scores[: len(comments)], scores[len(comments) :]
    named = {name: name_reading(name, score) for name, score in zip(names, of_names, strict=True)}
    texts = read_texts(
        [comment.text for comment in comments], of_texts, [spoken(comment) for comment in comments]
    )
    return {
        comment.id: Reading(text, named[comment.name])
        for comment, text in zip(comments, texts, strict=True)
    }


def name_reading(name: str, scores: Mapping[str, float]) -> NameReading:
    """The reading of a name; `scores` are those of the name `as_scored`."""
    return NameReading(scores, is_phrase(name), tuple(sign.kind for sign in signs(name)))
