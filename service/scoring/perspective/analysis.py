"""`comments:analyze`: what is asked of a text, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from moderation.sites import Site
from service.scoring.judgement import (
    WordSpan,
    language_of,
    scored_language,
    scores_of,
    spans_of,
)
from service.scoring.perspective.attributes import own_attribute
from service.scoring.perspective.refusals import ErrorType, InvalidAnalysis, UnsupportedLanguage
from service.scoring.perspective.request_fields import (
    Fields,
    a_flag,
    a_number,
    check_context,
    comment_text,
    known_fields,
    labels_given,
    named_objects,
    refuse,
    requested_languages,
    shown,
)

_OWN = ("requestedAttributes", "spanAnnotations", "doNotStore")
_PROBABILITY = "PROBABILITY"
_NO_TYPE = "SCORE_TYPE_UNSPECIFIED"
_OTHER_TYPES = ("STD_DEV_SCORE", "PERCENTILE", "RAW")


@dataclass(frozen=True, slots=True)
class Wish:
    """An attribute that is asked for; its score is left out below the threshold."""

    name: str  # as it was asked for, which the answer repeats
    own: str
    threshold: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """A request, checked."""

    text: str
    wishes: tuple[Wish, ...]
    languages: tuple[str, ...]
    with_spans: bool
    token: Mapping[str, str]

    @classmethod
    def parse(cls, sent: Fields) -> "Analysis":
        """Raises InvalidAnalysis for the first thing that is wrong, as Perspective says it."""
        fields = known_fields(sent, _OWN)
        text = comment_text(fields)
        check_context(fields)
        a_flag(fields, "doNotStore")  # nothing is stored in any case
        return cls(
            text=text,
            wishes=_wishes(fields),
            languages=requested_languages(fields),
            with_spans=a_flag(fields, "spanAnnotations"),
            token=labels_given(fields),
        )


def answer(analysis: Analysis, site: Site) -> dict[str, Any]:
    """Score the text; raises UnsupportedLanguage, InvalidAnalysis, ModelMissing."""
    detected = detected_languages(analysis.text, site)
    language = _language(analysis, detected)
    scores = scores_of(analysis.text, language)
    for wish in analysis.wishes:
        if wish.own not in scores:
            raise UnsupportedLanguage(wish.name, analysis.languages, detected)
    wishes = [wish for wish in analysis.wishes if scores[wish.own] >= wish.threshold]
    given: dict[str, dict[str, Any]] = {
        wish.name: {"summaryScore": _score(scores[wish.own])} for wish in wishes
    }
    if analysis.with_spans and wishes:
        spans = spans_of(analysis.text, [wish.own for wish in wishes], language)
        places = utf16_places(analysis.text)
        for wish in wishes:
            given[wish.name] |= {"spanScores": _span_scores(spans[wish.own], places)}
    return {
        "attributeScores": given,
        "languages": list(analysis.languages or detected),
        "detectedLanguages": detected,
        **analysis.token,
    }


def detected_languages(text: str, site: Site) -> list[str]:
    """The likely language, or none."""
    language = language_of(text, site)
    return [] if language is None else [language]


def utf16_places(text: str) -> list[int]:
    """Where each character begins in units of UTF-16, and where the text ends."""
    return [0, *accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)]


def _language(analysis: Analysis, detected: Sequence[str]) -> str:
    """The detected language where the program names it or none, else the first that it names."""
    languages = analysis.languages or detected
    if not languages:
        sentence = "Unable to detect language"
        raise InvalidAnalysis(sentence, ErrorType.LANGUAGE_DETECTION_FAILED)
    scored = [code for code in map(scored_language, languages) if code is not None]
    if not scored:
        raise UnsupportedLanguage(analysis.wishes[0].name, analysis.languages, detected)
    return next((code for code in detected if code in scored), scored[0])


def _wishes(fields: Fields) -> tuple[Wish, ...]:
    attributes = named_objects(fields, "requestedAttributes")
    if not attributes:
        refuse("Missing requested_attributes", ErrorType.NO_REQUESTED_ATTRIBUTES)
    return tuple(_wish(name, options) for name, options in attributes.items())


def _wish(name: str, options: Fields) -> Wish:
    own = own_attribute(name)
    if own is None:
        refuse(f"Unknown requested attribute: {shown(name)}")
    check_score_type(options.get("scoreType", _PROBABILITY), name)
    return Wish(name, own, a_number(options.get("scoreThreshold", 0.0), "scoreThreshold"))


def check_score_type(kind: object, attribute: str) -> None:
    """Raise InvalidAnalysis for another type than a probability."""
    if kind in _OTHER_TYPES:
        name = shown(attribute)
        refuse(f"Requested score type {kind} is not supported by attribute {name}")
    if kind not in (_PROBABILITY, _NO_TYPE):
        refuse(f"the score type must be {_PROBABILITY}")


def _score(value: float) -> dict[str, Any]:
    return {"value": value, "type": _PROBABILITY}


def _span_scores(spans: Sequence[WordSpan], places: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"begin": places[span.start], "end": places[span.end], "score": _score(span.share)}
        for span in spans
    ]
