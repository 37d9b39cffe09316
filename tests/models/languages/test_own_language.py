"""A language from an operator's own comments, by the rule of the shipped ones."""

from pathlib import Path
from zlib import crc32

import pytest

from models.datasets.labelled_file import BadLabels, Labelled
from models.languages.own_language import STEPS, LanguageNotLearned, OwnLanguage
from models.serving.classifier import ARTEFACT
from models.serving.languages import Grade, LanguageModels
from models.serving.languages.language_files import read_entries
from tests.support.dutch_comments import ORDINARY, RUDE, dutch_comments

SHIPPED = LanguageModels(ARTEFACT / "languages")
DUTCH = OwnLanguage("nl", ("klootzak",), 1, SHIPPED)


def labelled(rows: list[tuple[str, int]]) -> Labelled:
    return Labelled([text for text, _ in rows], {"label": [float(label) for _, label in rows]})


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, steps = tmp_path_factory.mktemp("own") / "nl", list[str]()
    DUTCH.train(labelled(dutch_comments(150)), folder, steps.append)
    assert len(steps) == STEPS
    return folder


def test_a_language_is_learned_measured_and_graded(trained: Path) -> None:
    (entry,) = read_entries(trained).values()

    ordinary, rude = entry.load().score([ORDINARY, RUDE])
    assert (entry.code, entry.grade) == ("nl", Grade.SORTS)
    assert entry.figures["held_out"]["auc"] >= 0.7
    assert entry.figures["identified"] > 0.9
    flag = entry.fields["thresholds"]["flag"]
    assert ordinary["toxicity"] < flag <= 0.5 < rude["toxicity"]


def test_the_same_comments_make_the_same_bytes(trained: Path, tmp_path: Path) -> None:
    DUTCH.train(labelled(dutch_comments(150)), tmp_path / "again", lambda _: None)

    first, again = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (trained, tmp_path / "again")
    )
    assert first == again


def test_the_model_in_use_is_measured_on_the_same_comments(tmp_path: Path) -> None:
    texts = [(f"{text} Danke für den schönen Text.", label) for text, label in dutch_comments(150)]
    own = OwnLanguage("de", (), 1, SHIPPED)

    own.train(labelled(texts), tmp_path / "de", lambda _: None)

    (entry,) = read_entries(tmp_path / "de").values()
    assert 0 <= entry.figures["before"]["auc"] <= 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (dutch_comments(99), "99 rows with 1 .* 99 with 0: 100 of each"),
        ([row for row in dutch_comments(150) if row[1]], "150 rows with 1 .* 0 with 0"),
        (dutch_comments(1) * 150, "too many comments are almost the same"),
        (
            [(f"{number} Danke für den Text", number % 2) for number in range(400)],
            "only 0% of the comments are told as nl",
        ),
    ],
)
def test_what_cannot_be_learned_from_is_refused(
    tmp_path: Path, rows: list[tuple[str, int]], sentence: str
) -> None:
    with pytest.raises(BadLabels, match=sentence):
        DUTCH.train(labelled(rows), tmp_path / "nl", lambda _: None)

    assert not (tmp_path / "nl").exists()


def test_labels_that_say_nothing_make_no_model(tmp_path: Path) -> None:
    rows = [(text, crc32(text.encode()) % 2) for text, _ in dutch_comments(200)]

    with pytest.raises(LanguageNotLearned, match=r"an AUC of 0\..*, and 0\.70 is the least"):
        DUTCH.train(labelled(rows), tmp_path / "nl", lambda _: None)

    assert not (tmp_path / "nl").exists()
