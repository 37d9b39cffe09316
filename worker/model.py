"""The model a worker scores with, or why it has none."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from models.classifier import ArtefactRefused, load
from moderation.policy import DECIDING, Policy
from worker.drain import Classifier

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Model:
    """`classifier` is None where the artefact was refused; `problem` says why."""

    classifier: Classifier | None
    policy: Policy
    problem: str | None = None


def load_model(path: Path) -> Model:
    """The artefact in the folder and its default policy."""
    try:
        classifier = load(path)
    except ArtefactRefused as refusal:
        log.error("model_refused", problem=str(refusal))
        return Model(None, Policy(), str(refusal))
    deciding = {name: classifier.thresholds[name] for name in DECIDING}
    policy = Policy(
        reject={name: each.reject for name, each in deciding.items() if each.reject is not None},
        flag={name: each.flag for name, each in deciding.items() if each.flag is not None},
    )
    return Model(classifier, policy)
