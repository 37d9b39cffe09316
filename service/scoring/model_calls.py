"""Calls of the model; imported with the first of them, since this loads NumPy."""

import math
from collections.abc import Iterator, Mapping, Sequence

from judging.comment_scoring import Reading, read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import Model
from judging.spoken_languages import LANGUAGES, known_code
from models.serving.classifier import Classifier
from models.serving.explain import Attribution
from models.serving.highlights import highlighted_spans
from models.serving.languages import MIXED, UNDETERMINED
from models.serving.languages.grades import ENGLISH
from models.serving.languages.language_classifier import LanguageClassifier
from moderation.policy import NO_MODEL, SCORING_FAILED, Policy, decide
from moderation.sites import Site
from service.scoring.judgement import Judgement, SentComment, WordSpan

__all__ = ["judge", "known_code", "likely_language", "scorer", "spans"]


def judge(
    model: Model, comments: Sequence[SentComment], site: Site, staff: Sequence[str]
) -> list[Judgement]:
    """Judge comments as a worker would: what cannot be scored waits for a person."""
    if model.classifier is None:
        return [_unscored(comment, NO_MODEL, site) for comment in comments]
    spoken, rules = spoken_on(site), Judge(model.policy, staff)
    readings = read_each(model.classifier, comments, lambda _: spoken)
    return [
        _judgement(comment, readings[comment.id], rules, site)
        if comment.id in readings
        else _unscored(comment, SCORING_FAILED, site)
        for comment in comments
    ]


def _judgement(comment: SentComment, reading: Reading, rules: Judge, site: Site) -> Judgement:
    decision = rules.decision(reading, comment, site, comment.circumstances)
    language = _known(reading.text.language)
    reached = rules.reached(reading.text, site)
    return Judgement(reading.scores, decision, language, reading.name.scores, reached)


def _unscored(comment: SentComment, doubt: str, site: Site) -> Judgement:
    decision = decide({}, Policy(), doubts=[doubt], sanction=comment.sanction)
    return Judgement({}, decision, likely_language(comment.text, site), {})


def likely_language(text: str, site: Site) -> str | None:
    """The language that a text of the site seems to be in; None where nobody can tell."""
    return _known(LANGUAGES.identify([text], spoken_on(site))[0])


def scorer(classifier: Classifier, language: str) -> Classifier | LanguageClassifier:
    """The model of a language; raises KeyError where none scores it."""
    return classifier if language == ENGLISH else LANGUAGES.classifier(language)


def _known(code: str) -> str | None:
    return None if code in (MIXED, UNDETERMINED) else code


def spans(
    model: Classifier | LanguageClassifier, text: str, attributes: Sequence[str]
) -> Mapping[str, Sequence[WordSpan]]:
    """The words that speak for each attribute, of one explanation of the text."""
    explanation = model.explain(text)
    return {name: list(_spans(text, explanation.attributions[name])) for name in attributes}


def _spans(text: str, attribution: Attribution) -> Iterator[WordSpan]:
    score = _probability(attribution.logit)
    for start, end, added in highlighted_spans(text, attribution):
        yield WordSpan(start, end, added, score - _probability(attribution.logit - added))


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else 1 - 1 / (1 + math.exp(logit))
