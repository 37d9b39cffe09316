"""Mark the words of a comment that made its score, for a moderator to see at a glance."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from judging.spoken_languages import LANGUAGES
from models.serving.author_names import as_scored
from models.serving.classifier import Classifier
from models.serving.explain import Attribution, Span
from models.serving.highlights import highlighted_spans
from models.serving.languages.language_classifier import LanguageClassifier
from models.serving.name_signs import signs
from moderation.policy import ATTRIBUTES, Reason
from service.moderators.display.visible_text import hidden_places
from service.wiring.text_pieces import Piece

_STRONG = 0.85  # of what the strongest word adds
_MAX_MARKS = 60
_MAX_HIDDEN = 60  # a text in many pieces would show too many hidden places


class Highlighter:
    """Marks words by one model; without a model nothing is marked."""

    def __init__(self, classifier: Classifier | None) -> None:
        self._classifier = classifier

    @property
    def measured_on(self) -> str:
        """On which comments the model's thresholds were measured; empty without a model."""
        return "" if self._classifier is None else self._classifier.measured_on

    def reject_threshold(self, attribute: str) -> float | None:
        """The score from which the model calls a comment likely to be rejected; None for none."""
        if self._classifier is None:
            return None
        return self._classifier.thresholds[attribute].reject

    def of(self, text: str, model: str | None, attribute: str | None) -> list[Piece]:
        """The text in pieces, marked with what speaks for the attribute.

        It is one unmarked piece without an attribute, or where another model gave the score.
        """
        scorer = self._scorer(model)
        if attribute is None or scorer is None or attribute not in scorer.attributes:
            return [Piece(text)]
        if hidden_places(text) > _MAX_HIDDEN:
            return [Piece(text)]
        return list(pieces(text, scorer.explain(text).attributions[attribute], attribute))

    def of_name(self, name: str, model: str | None, reasons: Sequence[Reason]) -> list[Piece]:
        """The name in pieces, marked by its first reason with a score, else by its signs."""
        attribute = next((why.rule for why in reasons if why.rule in ATTRIBUTES), None)
        if attribute is None:
            return list(sign_pieces(name))
        if self._classifier is None or self._scorer(model) is None:
            return [Piece(name)]
        scored = as_scored(name)
        if len(scored) != len(name):  # its words were joined: their places are others
            return [Piece(name, "strong", attribute.replace("_", " "))]
        attribution = self._classifier.explain(scored).attributions[attribute]
        return list(pieces(name, attribution, attribute))

    def _scorer(self, model: str | None) -> Classifier | LanguageClassifier | None:
        """The model of this version; None where it is another one than is used now."""
        if self._classifier is None or model is None:
            return None
        return (
            self._classifier if model == self._classifier.version else LANGUAGES.by_version(model)
        )


def sign_pieces(name: str) -> Iterator[Piece]:
    """The whole name in order, its signs apart: what makes it wait whatever its scores are."""
    end = 0
    for sign in sorted(signs(name), key=lambda sign: sign.start):
        if sign.start >= end:
            yield from _unmarked(name[end : sign.start])
            title = sign.kind.replace("_", " ")
            yield Piece(name[sign.start : sign.end], "strong", title)
            end = sign.end
    yield from _unmarked(name[end:])


def _unmarked(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text)


def pieces(text: str, attribution: Attribution, attribute: str) -> Iterator[Piece]:
    """The whole text in order, its strongest reasons apart; none where the words speak against."""
    marked = highlighted_spans(text, attribution)
    total = sum(max(span.contribution, 0) for span in attribution.spans)
    strongest = sorted(marked, key=lambda span: -span.contribution)[:_MAX_MARKS]
    borders = [Span(0, 0, 0), *sorted(strongest), Span(len(text), len(text), 0)]
    for before, span in pairwise(borders):
        yield from _unmarked(text[before.end : span.start])
        if span.end > span.start:
            is_strong = span.contribution >= _STRONG * strongest[0].contribution
            yield Piece(
                text[span.start : span.end],
                "strong" if is_strong else "weak",
                f"{span.contribution / total:.0%} of what speaks for {attribute.replace('_', ' ')}",
            )
