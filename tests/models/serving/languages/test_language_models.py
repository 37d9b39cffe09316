import math
import re
import shutil
from pathlib import Path

import pytest

from models.serving.artefact import ArtefactRefused
from models.serving.classifier import ARTEFACT
from models.serving.languages import UNDETERMINED, Grade, LanguageModels
from tests.support.language_faults import FAULTS

SHIPPED = LanguageModels(ARTEFACT / "languages")
SCORED = sorted(code for code, own in SHIPPED.entries.items() if own.grade is not Grade.UNKNOWN)
# What is ordinary, and what is rude; of our own.
SENTENCES = {
    "de": ("Danke für den schönen Text", "Du verdammter Hurensohn, verpiss dich"),
    "es": ("Gracias por el artículo", "Eres un hijo de puta, vete a la mierda"),
    "pt": ("Obrigado pelo artigo", "Vai tomar no cu, seu filho da puta"),
    "ro": ("Mulțumesc pentru articol, foarte interesant", "Ești un bou prost, du-te dracului"),
    "tr": ("Bu yazı için teşekkürler", "Siktir git orospu çocuğu"),
    "it": ("Grazie per questo articolo", "Sei un pezzo di merda, vaffanculo stronzo"),
    "ko": ("좋은 기사 감사합니다", "씨발 병신 새끼 꺼져"),
    "vi": ("Cảm ơn bài viết rất hay", "Địt mẹ thằng chó ngu"),
    "uk": ("Дякую за чудову статтю", "Пішов нахуй, блядь, сука"),
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_rude_sentence_scores_above_an_ordinary_one(code: str) -> None:
    ordinary, rude = SHIPPED.classifier(code).score(SENTENCES[code])

    assert rude["toxicity"] > ordinary["toxicity"]


@pytest.mark.parametrize("code", SCORED)
def test_words_and_the_rest_sum_to_the_score(code: str) -> None:
    model = SHIPPED.classifier(code)
    for text in (
        "",
        *SENTENCES.get(code, ("Hello there, you idiot",)),
        "x 🙂 123 http://a.example",
    ):
        attribution = model.explain(text).attributions["toxicity"]
        parts = sum(span.contribution for span in attribution.spans)
        logit = parts + sum(attribution.unattributed.values())

        assert math.isclose(logit, attribution.logit, abs_tol=1e-6)
        assert math.isclose(
            1 / (1 + math.exp(-logit)), model.score([text])[0]["toxicity"], abs_tol=1e-6
        )


@pytest.mark.parametrize("code", SCORED)
def test_each_language_that_is_scored_has_figures_and_a_flag(code: str) -> None:
    entry = SHIPPED.entries[code]

    assert 0 < entry.fields["thresholds"]["flag"] < 1
    assert entry.figures["held_out"]["auc"] >= 0.7


def test_no_file_of_the_shipped_languages_is_missing_or_damaged() -> None:
    assert list(SHIPPED.problems()) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped languages."""
    return shutil.copytree(ARTEFACT / "languages", tmp_path / "languages")


def test_a_language_whose_file_is_missing_is_unknown_and_the_others_are_not(folder: Path) -> None:
    next(folder.glob("de-*.npz")).unlink()
    models = LanguageModels(folder)

    assert (models.grade("de"), models.grade("es")) == (Grade.UNKNOWN, Grade.SORTS)
    assert [problem for problem in models.problems() if "de-" in problem and "wait" in problem]


@pytest.mark.parametrize("name", ["words-*.txt.gz", "identification-*.npz"])
@pytest.mark.parametrize("content", [None, b"", b"x"])
def test_without_what_tells_languages_apart_all_but_plain_english_waits(
    folder: Path, name: str, content: bytes | None
) -> None:
    path = next(folder.glob(name))
    path.unlink() if content is None else path.write_bytes(content)
    models = LanguageModels(folder)

    assert models.identify(["Danke", "lol", ""]) == [UNDETERMINED] * 3
    assert models.identify(["This is what I think of it."]) == ["en"]
    (problem,) = models.problems()
    assert path.name in problem
    assert "every comment that is not plainly English waits" in problem


def test_a_damaged_file_is_refused_by_its_digest(folder: Path) -> None:
    path = next(folder.glob("es-*.npz"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(ArtefactRefused, match="altered"):
        LanguageModels(folder).classifier("es")


@pytest.mark.parametrize(
    "content", [None, b"1" * 5_000, b"", b"[]", b"{}", b"\xff", b'{"format_version": 1}']
)
def test_without_a_manifest_plain_english_alone_is_told(
    folder: Path, content: bytes | None
) -> None:
    path = folder / "manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    models = LanguageModels(folder)

    texts = ["This is what I think of it, and so do you.", "Danke für den schönen Text"]
    assert models.identify(texts) == ["en", UNDETERMINED]
    assert models.grade("de") is Grade.UNKNOWN
    assert len(list(models.problems())) == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [("missing", "is missing"), ("flipped", "was altered|in JSON"), ("foreign", "another version")],
)
def test_a_manifest_with_a_fault_says_which(folder: Path, fault: str, sentence: str) -> None:
    FAULTS[fault](folder / "manifest.json")

    (problem,) = LanguageModels(folder).problems()

    assert re.search(sentence, problem)
