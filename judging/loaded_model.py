"""The model a worker scores with, or why it has none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from judging.comment_scoring import Classifier
from judging.freed_memory import return_freed_memory
from judging.spoken_languages import LANGUAGES, languages_beside
from models.serving.artefact import ArtefactRefused
from models.serving.classifier import Classifier as ServedClassifier
from models.serving.classifier import load
from models.serving.languages.language_registry import LanguageRegistry
from models.serving.named_settings import Thresholds
from moderation.choices.strictness import Strictness
from moderation.policy import DECIDING, Policy

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Model:
    """`classifier` is None where the artefact was refused.

    `problem` says why, or which language's file is missing or damaged.
    """

    classifier: Classifier | None
    policy: Policy
    problem: str | None = None


def load_model(path: Path, own: LanguageRegistry | None = None) -> Model:
    """The artefact in the folder and its default policy, and all languages.

    Args:
        path: The artefact; languages are beside it, else those that come with Parley.
        own: The operator's own languages, which come first.
    """
    LANGUAGES.open(languages_beside(path), own)
    try:
        classifier = load(path)
        language_problem = _language_problem()
    except ArtefactRefused as refusal:
        log.error("model_refused", problem=str(refusal))
        return Model(None, Policy(), str(refusal))
    except (Exception, MemoryError) as error:  # a worker that ends here would do so for ever
        log.exception("model_refused", kind=type(error).__name__)
        return Model(None, Policy(), f"{path} cannot be loaded ({type(error).__name__})")
    return_freed_memory()
    return Model(classifier, policy_of(classifier), language_problem)


def _language_problem() -> str | None:
    """Read the languages, and say what is wrong with any of their files."""
    LANGUAGES.preload()
    problems = list(LANGUAGES.problems())
    for problem in problems:
        log.error("language_refused", problem=problem)
    return "; ".join(problems) or None


def policy_of(classifier: ServedClassifier) -> Policy:
    """The default policy, and those of the other settings, as they were measured."""
    policies = {
        Strictness(name): _policy(setting.thresholds)
        for name, setting in classifier.settings.items()
    }
    default = policies.pop(Strictness.BALANCED)
    return replace(default, others=policies)


def _policy(limits: Mapping[str, Thresholds]) -> Policy:
    likely = {name: limits[name].reject for name in DECIDING}
    flagging = {name: limit.flag for name, limit in limits.items()}
    return Policy(likely=_set(likely), flag=_set(flagging))


def _set(limits: Mapping[str, float | None]) -> dict[str, float]:
    return {name: limit for name, limit in limits.items() if limit is not None}
