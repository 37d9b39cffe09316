"""`comments:suggestscore`: what a program believes of a text becomes a label of its site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moderation.labels import Label, LabelSource
from moderation.sites import Site
from service.scoring.perspective.analysis import check_score_type, detected_languages
from service.scoring.perspective.attributes import own_attribute
from service.scoring.perspective.request_fields import (
    Fields,
    a_number,
    an_object,
    check_context,
    comment_text,
    known_fields,
    labels_given,
    named_objects,
    refuse,
    requested_languages,
    shown,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A request, checked; labels are those of summary scores."""

    text: str
    labels: tuple[Label, ...]
    languages: tuple[str, ...]
    token: Mapping[str, str]

    @classmethod
    def parse(cls, sent: Fields) -> "Suggestion":
        """Raises InvalidAnalysis for the first thing that is wrong."""
        fields = known_fields(sent, ("attributeScores",))
        text = comment_text(fields)
        check_context(fields)
        attributes = named_objects(fields, "attributeScores")
        if not attributes:
            refuse("attribute_scores must be non-empty")
        labels = [_label(text, name, scores) for name, scores in attributes.items()]
        by_attribute = {label.attribute: label for label in labels if label is not None}
        languages = requested_languages(fields)
        return cls(text, tuple(by_attribute.values()), languages, labels_given(fields))


def answer(suggestion: Suggestion, site: Site) -> dict[str, Any]:
    """What Perspective says to a suggestion that it took."""
    return {
        "detectedLanguages": detected_languages(suggestion.text, site),
        "requestedLanguages": list(suggestion.languages),
        **suggestion.token,
    }


def _label(text: str, name: str, scores: Fields) -> Label | None:
    """None where only words are scored: no model here learns from words."""
    own = own_attribute(name)
    if own is None:
        refuse(f"Unknown requested attribute: {shown(name)}")
    spans = scores.get("spanScores", [])
    if not isinstance(spans, list) or not (spans or "summaryScore" in scores):
        refuse(f"the scores of {shown(name)} must be non-empty: give summaryScore")
    for span in spans:
        _check_span(an_object(span, "spanScores"), text, name)
    if "summaryScore" not in scores:
        return None
    value = _value(an_object(scores["summaryScore"], "summaryScore"), name)
    return Label(text, own, value, LabelSource.SUGGESTSCORE)


def _check_span(span: Fields, text: str, name: str) -> None:
    if "begin" not in span or "end" not in span:
        refuse("every span score needs begin and end")
    begin, end = a_number(span["begin"], "begin"), a_number(span["end"], "end")
    if not 0 <= begin <= end <= 2 * len(text):
        refuse("a span score must begin before it ends, within the text")
    _value(an_object(span.get("score", {}), "score"), name)


def _value(score: Fields, name: str) -> float:
    check_score_type(score.get("type", "PROBABILITY"), name)
    value = a_number(score.get("value"), "value")
    if not 0 <= value <= 1:
        refuse("a score's value must be from 0 to 1")
    return value
