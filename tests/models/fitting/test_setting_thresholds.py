"""The thresholds of the named settings, chosen on a mix of comments."""

from typing import Any

import numpy as np
import pytest

from models.fitting.place_mix import PlaceMix
from models.fitting.setting_thresholds import HELD, named_settings
from models.serving.attributes import ATTRIBUTES
from models.serving.named_settings import NAMES

TOXICITY, GROUPS, SPAM = map(ATTRIBUTES.index, ("toxicity", "identity_attack", "spam"))
ROWS = 4_000


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """Of comments of which one in ten is toxic, and one in twenty spam."""
    rng = np.random.default_rng(7)
    labels = np.zeros((ROWS, len(ATTRIBUTES)))
    labels[: ROWS // 10, TOXICITY] = 1
    labels[-ROWS // 20 :, SPAM] = 1
    scores = 1 / (1 + np.exp(4 - 7 * labels + rng.normal(size=labels.shape)))
    harmful = labels.any(axis=1).astype(float)
    return named_settings(scores, PlaceMix(1 - harmful, harmful, labels))


def test_there_is_every_named_setting(settings: dict[str, Any]) -> None:
    assert tuple(settings) == tuple(HELD) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_of_ordinary_comments_as_many_wait_as_the_setting_allows(
    settings: dict[str, Any], name: str
) -> None:
    assert HELD[name] - 0.002 <= settings[name]["held"] <= HELD[name]


def test_a_more_careful_setting_catches_more(settings: dict[str, Any]) -> None:
    caught = [settings[name]["caught"] for name in NAMES]

    assert caught == sorted(caught, reverse=True)
    assert caught[0] > 0.9


def test_an_attribute_that_tells_nothing_has_no_threshold(settings: dict[str, Any]) -> None:
    limits = settings["balanced"]["thresholds"]

    assert limits["toxicity"]["flag"] < limits["toxicity"]["reject"]
    assert limits["spam"]["flag"] < limits["spam"]["reject"]
    assert limits["insult"] == {"reject": None, "flag": None}


def test_attacks_on_groups_have_a_flag_where_toxicity_misses_them() -> None:
    labels = np.zeros((ROWS, len(ATTRIBUTES)))
    attacks = slice(0, ROWS // 10)
    labels[attacks, [TOXICITY]] = labels[attacks, [GROUPS]] = 1
    scores = np.random.default_rng(7).uniform(0, 0.5, size=labels.shape)
    scores[attacks, GROUPS] = 0.9
    harmful = labels[:, TOXICITY]

    settings = named_settings(scores, PlaceMix(1 - harmful, harmful, labels))

    assert settings["balanced"]["thresholds"]["identity_attack"]["flag"] <= 0.9
    assert settings["balanced"]["caught"] == 1


def test_what_is_likely_to_be_rejected_is_nearly_all_harm(settings: dict[str, Any]) -> None:
    assert 0.95 <= settings["balanced"]["precision"] <= 1


def test_nothing_is_likely_to_be_rejected_where_too_few_comments_say_so() -> None:
    scores, labels = np.tile([[0.1], [0.9]], (20, 7)), np.tile([[0.0], [1.0]], (20, 7))
    harmful = labels[:, 0]

    settings = named_settings(scores, PlaceMix(1 - harmful, harmful, labels))

    rejects = [limit["reject"] for limit in settings["balanced"]["thresholds"].values()]
    assert rejects == [None] * len(ATTRIBUTES)
