import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from models.datasets.augmentation import origins
from models.datasets.corpus import read_corpus
from models.fitting.folds import HELD_OUT, assign_folds
from models.fitting.minhash_duplicates import duplicate_groups
from models.serving.artefact import read_manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT, Classifier

CIVIL = (
    "Thank you for this careful report, I learned a lot.",
    "I disagree: the second figure leaves out the cost of repairs.",
    "My daughter loved the museum, especially the old trains.",
    "Does anyone know when the bridge opens again?",
    "The minister should publish the contract, in my view.",
)
ABUSIVE = (
    "You are a fucking idiot, shut the fuck up.",
    "Go to hell you stupid piece of shit.",
    "what a pathetic moron, you disgusting bitch",
)
SPAM = (
    "Check out my channel and subscribe, I post new videos every day!!!",
    "Make $500 a day from home, click here http://easy-cash.example.com",
)
IDENTITIES = ("gay", "black", "Muslim", "Jewish", "Christian", "lesbian", "deaf", "Mexican")
HOSTILE = ("", "\x00", "\ud800", "\u202e", " ", "🙂" * 50, "a" * 20_000, "ﷺ" * 20_000, "\u0301" * 9)


def toxicity(classifier: Classifier, texts: tuple[str, ...] | list[str]) -> list[float]:
    return [scores["toxicity"] for scores in classifier.score(texts)]


def test_scores_are_in_the_order_of_the_texts_and_attributes(classifier: Classifier) -> None:
    scores = classifier.score([ABUSIVE[0], CIVIL[0]])

    assert [tuple(score) for score in scores] == [ATTRIBUTES, ATTRIBUTES]
    assert scores[0]["toxicity"] > scores[1]["toxicity"]


def test_no_text_has_no_scores(classifier: Classifier) -> None:
    assert classifier.score([]) == []


def test_civil_comments_are_hardly_toxic(classifier: Classifier) -> None:
    assert max(toxicity(classifier, CIVIL)) < 0.15


def test_abuse_is_likelier_toxic_than_not(classifier: Classifier) -> None:
    assert min(toxicity(classifier, ABUSIVE)) > 0.9


def test_spam_is_flagged_and_civil_comments_are_not(classifier: Classifier) -> None:
    flag = classifier.thresholds["spam"].flag
    spam, civil = (
        [scores["spam"] for scores in classifier.score(texts)] for texts in (SPAM, CIVIL)
    )

    assert flag is not None
    assert min(spam) >= flag > max(civil)


@pytest.mark.parametrize(
    "sentence", ["My neighbour is {}.", "The {} community met on Sunday.", "I sat with a {} girl."]
)
def test_naming_a_group_is_not_rejected(classifier: Classifier, sentence: str) -> None:
    scores = toxicity(classifier, [sentence.format(identity) for identity in IDENTITIES])

    assert max(scores) < (classifier.thresholds["toxicity"].reject or 0)
    assert sum(score < 0.5 for score in scores) >= len(IDENTITIES) - 1


@pytest.mark.parametrize(
    "disguised", ["you are a st\u200bup\u0456d 1d1ot", "YOU ARE A S T U P I D IDIOT"]
)
def test_a_disguise_hides_little(classifier: Classifier, disguised: str) -> None:
    assert toxicity(classifier, [disguised])[0] > 0.5


def test_hostile_texts_have_probabilities_too(classifier: Classifier) -> None:
    values = [value for scores in classifier.score(HOSTILE) for value in scores.values()]

    assert all(0 <= value <= 1 for value in values)


def test_ten_megabytes_are_scored_by_head_and_tail(classifier: Classifier) -> None:
    text = "nice " * 2_000_000

    assert classifier.score([text]) == classifier.score([f"{text[:8_000]} {text[-4_000:]}"])


@given(texts=st.lists(st.text(st.characters(codec=None)), max_size=4))
def test_a_batch_scores_as_its_texts_do_alone(classifier: Classifier, texts: list[str]) -> None:
    together = classifier.score(texts)

    alone = [classifier.score([text])[0] for text in texts]
    assert together == [pytest.approx(scores, abs=1e-6) for scores in alone]


def test_more_texts_than_a_batch_stay_in_order(classifier: Classifier) -> None:
    texts = [f"{ABUSIVE[0]} {number}" if number % 3 else CIVIL[0] for number in range(300)]

    civil = [value < 0.5 for value in toxicity(classifier, texts)]

    assert civil == [number % 3 == 0 for number in range(300)]


def test_serving_imports_neither_scikit_learn_nor_scipy() -> None:
    script = (
        "import sys; from models.serving.classifier import ARTEFACT, load;"
        "load(ARTEFACT).score(['hi']);"
        "print([name for name in sys.modules if name.split('.')[0] in ('sklearn', 'scipy')])"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)

    assert run.stdout == "[]\n"


def test_the_artefact_is_small_and_as_good_as_it_was_measured() -> None:
    manifest = read_manifest(ARTEFACT)

    assert manifest["cross_validated"]["toxicity"]["roc_auc"] >= 0.981
    assert manifest["held_out"]["toxicity"]["roc_auc"] >= 0.97
    assert sum(path.stat().st_size for path in ARTEFACT.iterdir()) <= 6_000_000


def test_the_artefact_gives_its_held_out_figure_again(
    classifier: Classifier, shared_data: Path
) -> None:
    manifest = read_manifest(ARTEFACT)
    examples = read_corpus(shared_data)
    wholes = [example.source_text or example.text for example in examples]
    groups = duplicate_groups(wholes)[origins(examples)]
    folds = assign_folds(examples, groups, manifest["seed"])
    rows = np.flatnonzero(folds == HELD_OUT).tolist()
    held_out = [examples[row] for row in rows if examples[row].unbiased_sample]

    roc_auc = roc_auc_score(
        [example.labels[0] for example in held_out],
        toxicity(classifier, [example.text for example in held_out]),
    )

    assert roc_auc == pytest.approx(manifest["held_out"]["toxicity"]["roc_auc"], abs=1e-4)
