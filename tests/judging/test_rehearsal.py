"""What is rehearsed before a worker forks."""

from collections.abc import Sequence

from judging.loaded_model import Model
from judging.rehearsal import rehearse
from judging.spoken_languages import LANGUAGES
from moderation.policy import Policy


class Counting:
    """Counts the texts that it scores; one that is broken scores none of them."""

    version = "counting"

    def __init__(self, *, is_broken: bool = False) -> None:
        self.texts = 0
        self._is_broken = is_broken

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        self.texts += len(texts)
        if self._is_broken:
            sentence = "cannot be scored"
            raise ValueError(sentence)
        return [{"toxicity": 0.0} for _ in texts]


def test_texts_of_several_languages_are_scored() -> None:
    classifier = Counting()

    rehearse(Model(classifier, Policy()))

    assert classifier.texts > 1
    assert "de" in LANGUAGES._loaded


def test_a_broken_model_and_none_keep_no_worker_from_its_start() -> None:
    rehearse(Model(Counting(is_broken=True), Policy()))
    rehearse(Model(None, Policy()))
