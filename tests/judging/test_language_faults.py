"""A file of a language is missing, damaged or foreign: its comments wait, all others go on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from judging.comment_scoring import read_each
from judging.judge import Judge
from judging.loaded_model import Model, load_model
from judging.spoken_languages import LANGUAGES
from models.serving.classifier import ARTEFACT
from moderation.comments import Status
from moderation.policy import LANGUAGE, SORTED_LANGUAGE, Decision, Reason
from moderation.review.reason_sentences import reason_sentences
from moderation.sites import Site
from moderation.storage.decisions.claims import ClaimedComment
from tests.support.language_faults import FAULTS, shipped_files, with_fault

ENGLISH = "This is what I think of it, and I have read all of it."
GERMAN = "Danke für den schönen Text, er hat mir gefallen."
TURKISH = "Bu yazı için teşekkürler, çok güzel olmuş."
OF_ALL = (
    "identification",
    "words",
    "manifest.json",
)  # without them no language but plain English is told


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    load_model(ARTEFACT)


def decided(model: Model, text: str) -> Decision:
    assert model.classifier is not None
    comment = ClaimedComment(1, 1, "Ada", text, 1)
    reading = read_each(model.classifier, [comment])[1]
    return Judge(model.policy).decision(reading, comment, Site(1, "paper", "Paper", ()))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", shipped_files())
def test_english_goes_on_and_so_do_the_languages_of_other_files(
    tmp_path: Path, file: str, fault: str
) -> None:
    model = load_model(with_fault(tmp_path / "model", file, fault))

    if not file.startswith(OF_ALL):
        assert _waiting() == {file.rpartition("-")[0]}

    assert decided(model, ENGLISH) == Decision(Status.APPROVED)
    assert decided(model, "You are a stupid fucking idiot, and I hate you.").reasons[0].score
    assert model.problem is not None
    assert file in model.problem
    assert "wait" in model.problem


def _waiting() -> set[str]:
    """The languages that are not scored though they were measured as good enough."""
    entries = LANGUAGES.entries.items()
    return {code for code, entry in entries if LANGUAGES.grade(code) is not entry.grade}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_comment_says_that_no_model_can_score_its_language(tmp_path: Path, fault: str) -> None:
    (file,) = [name for name in shipped_files() if name.startswith("de-")]
    model = load_model(with_fault(tmp_path / "model", file, fault))

    german = decided(model, GERMAN)
    assert german == Decision(Status.FLAGGED, (Reason(LANGUAGE, language="de"),))
    assert reason_sentences(german.reasons) == [
        "waits because it is in German, which no model here can score"
    ]
    assert decided(model, TURKISH).reasons == (Reason(SORTED_LANGUAGE, language="tr"),)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", [name for name in shipped_files() if name.startswith(OF_ALL)])
@pytest.mark.parametrize("text", [GERMAN, TURKISH, "좋은 기사 감사합니다", "ok"])
def test_where_languages_cannot_be_told_all_but_plain_english_waits(
    tmp_path: Path, file: str, fault: str, text: str
) -> None:
    model = load_model(with_fault(tmp_path / "model", file, fault))

    assert decided(model, text) == Decision(Status.FLAGGED, (Reason(LANGUAGE),))
    assert str(model.problem).count("every comment that is not plainly English waits") == 1
