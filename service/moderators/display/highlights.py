"""Which words of a comment made its score, for a moderator to see at a glance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from models.serving.artefact import ArtefactRefused
from models.serving.classifier import Classifier, load
from models.serving.explain import Attribution, Span
from models.serving.highlights import highlighted_spans
from models.serving.registry import ModelRegistry
from moderation.config.settings import Settings
from service.moderators.display.visible_text import hidden_places

_STRONG = 0.85  # of what the strongest word adds
_MOST_MARKS = 60
_MOST_HIDDEN = 60  # a text in many pieces would show too many hidden places


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comment; `strength` is empty where it is no reason."""

    text: str
    strength: str = ""
    title: str = ""


class WordReasons:
    """Explains with the model at hand, loaded when the first comment asks; without it no marks."""

    def __init__(self, load: Callable[[], Classifier | None]) -> None:
        self._classifier = cache(load)

    def of(self, text: str, model: str | None, attribute: str | None) -> list[Piece]:
        """The text in pieces, marked with what speaks for the attribute.

        Unmarked where no attribute is meant, or another model than ours gave its score.
        """
        if attribute is None or hidden_places(text) > _MOST_HIDDEN:
            return [Piece(text)]
        classifier = self._classifier()
        if classifier is None or model != classifier.version:
            return [Piece(text)]
        return list(pieces(text, classifier.explain(text).attributions[attribute], attribute))


def reasons_by(settings: Settings) -> WordReasons:
    """With the model the workers use."""
    return WordReasons(
        lambda: load_if_sound(settings.model or ModelRegistry(settings.models).path_in_use())
    )


def load_if_sound(path: Path) -> Classifier | None:
    """The model of the workers; None where it is refused, which they report."""
    try:
        return load(path)
    except ArtefactRefused:
        return None


def pieces(text: str, attribution: Attribution, attribute: str) -> Iterator[Piece]:
    """The whole text in order, its strongest reasons apart; none where the words speak against."""
    marked = highlighted_spans(text, attribution)
    total = sum(max(span.contribution, 0) for span in attribution.spans)
    strongest = sorted(marked, key=lambda span: -span.contribution)[:_MOST_MARKS]
    borders = [Span(0, 0, 0), *sorted(strongest), Span(len(text), len(text), 0)]
    for before, span in pairwise(borders):
        if text[before.end : span.start]:
            yield Piece(text[before.end : span.start])
        if span.end > span.start:
            is_strong = span.contribution >= _STRONG * strongest[0].contribution
            yield Piece(
                text[span.start : span.end],
                "strong" if is_strong else "weak",
                f"{span.contribution / total:.0%} of what speaks for {attribute.replace('_', ' ')}",
            )
