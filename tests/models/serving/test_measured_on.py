"""What is said of the comments on which thresholds were measured."""

import pytest

from models.serving.artefact import Manifest, read_manifest
from models.serving.classifier import ARTEFACT, load
from models.serving.measured_on import UNKNOWN, measured_on


def test_the_thresholds_of_the_shipped_model_were_measured_on_a_mix() -> None:
    sentence = load(ARTEFACT).measured_on

    assert "measured on a mix like comments under articles: Reddit, videos, blogs" in sentence
    assert sentence in (ARTEFACT / "CARD.md").read_text(encoding="utf-8")


def test_a_model_without_everyday_comments_was_measured_on_wikipedia_and_youtube() -> None:
    figures = {"toxicity": {"rows": 11_782}, "spam": {"rows": 13_199}}

    sentence = measured_on({"cross_validated": figures, "folds": 4})

    assert "11,782 comments from Wikipedia's talk pages" in sentence
    assert "13,199 comments from there and from YouTube" in sentence


def test_own_model_was_measured_on_own_comments_for_what_was_labelled() -> None:
    own = {"rows": 1200, "before": {"toxicity": {}, "identity_attack": {}}}

    sentence = measured_on({**read_manifest(ARTEFACT), "own": own})

    assert "for toxicity, identity attack were measured on 1,200 comments" in sentence
    assert "those for anything else on comments from elsewhere" in sentence


@pytest.mark.parametrize("manifest", [{}, {"cross_validated": {}}, {"folds": 4}])
def test_nothing_is_claimed_of_a_model_of_unknown_origin(manifest: Manifest) -> None:
    assert measured_on(manifest) == UNKNOWN
