"""Judge texts that are stored nowhere, by a site's policy and exactly as a worker would."""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.choices.site_languages import ENGLISH
from moderation.policy import Decision
from moderation.rules.circumstances import Circumstances
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from service.problems.errors import ModelMissing
from service.wiring.parts import parts


@dataclass(frozen=True, slots=True)
class SentComment:
    """A comment to judge.

    Attributes:
        id: Its place in the call.
        name: The author's; empty where nobody knows.
        text: What they wrote.
        sanction: The strictest in force on the author, if any.
        circumstances: With the rules of its page; None: the site's, and nobody submits it.
    """

    id: int
    name: str
    text: str
    sanction: SanctionKind | None = None
    circumstances: Circumstances | None = None


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A word that speaks for an attribute: `text[start:end]`.

    Attributes:
        contribution: Log-odds that it adds.
        share: By how much the score would be lower without it.
    """

    start: int
    end: int
    contribution: float
    share: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What would become of a comment.

    Attributes:
        scores: Of the text, by attribute; empty where it could not be scored.
        decision: By the site's policy, with its reasons.
        language: A code as `en`; None where nobody can tell.
        name_scores: Of the author's name.
        reached: The attributes of the text whose score reaches any threshold of the site.
    """

    scores: Mapping[str, float]
    decision: Decision
    language: str | None
    name_scores: Mapping[str, float]
    reached: frozenset[str] = frozenset()


def judge(comments: Sequence[SentComment], site: Site) -> list[Judgement]:
    """Judge comments in one call of the model; without a model each of them is held."""
    judgements: list[Judgement] = _calls().judge(parts().web_model.get(), comments, site, _staff())
    return judgements


def judge_one(
    name: str, text: str, site: Site, circumstances: Circumstances | None = None
) -> Judgement:
    """Judge one comment."""
    return judge([SentComment(0, name, text, circumstances=circumstances)], site)[0]


def scores_of(text: str, language: str = ENGLISH) -> Mapping[str, float]:
    """The scores of a text alone, by each attribute that is known in the language.

    Raises:
        ModelMissing: There is no model that can be used.
        KeyError: Nothing is scored in this language.
    """
    scores: Mapping[str, float] = _scorer(language).score([text])[0]
    return scores


def spans_of(
    text: str, attributes: Sequence[str], language: str = ENGLISH
) -> Mapping[str, Sequence[WordSpan]]:
    """The words that speak for each attribute, in order; raises as `scores_of` does."""
    spans: Mapping[str, Sequence[WordSpan]] = _calls().spans(_scorer(language), text, attributes)
    return spans


def language_of(text: str, site: Site) -> str | None:
    """The language that a text of the site seems to be in; None where nobody can tell."""
    language: str | None = _calls().likely_language(text, site)
    return language


def scored_language(code: str) -> str | None:
    """The language whose model scores texts of this code, as `pt` of `pt-BR`; None for none."""
    language: str | None = _calls().known_code(code)
    return language


def model_version() -> str | None:
    """The version of the model that judges; None without one."""
    classifier = parts().web_model.get().classifier
    return None if classifier is None else str(classifier.version)


def _staff() -> Sequence[str]:
    return parts().staff_names.get()


def _scorer(language: str) -> Any:
    """The model of the language; without the English one none of them is used."""
    classifier = parts().web_model.get().classifier
    if classifier is None:
        sentence = "the model cannot be used: `parley doctor` on the server says why"
        raise ModelMissing(sentence)
    return _calls().scorer(classifier, language)


def _calls() -> Any:
    # By name: it imports NumPy, which a web process loads only when it is needed. Before the model,
    # which gives back what loading needed for a moment: 5 MB less (measured).
    calls = importlib.import_module("service.scoring.model_calls")
    parts().web_model.get()  # with the languages that it has
    return calls
