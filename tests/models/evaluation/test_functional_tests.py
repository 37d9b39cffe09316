from models.evaluation.functional_tests import KindResult, run_functional_tests, share_right
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT, Classifier


def test_the_share_is_of_all_sentences() -> None:
    assert share_right({"a": KindResult(4, 1), "b": KindResult(6, 4)}) == 0.5


def test_the_shipped_model_gives_the_figures_of_its_card_again(classifier: Classifier) -> None:
    results = run_functional_tests(classifier)

    expected = read_manifest(ARTEFACT)["functional"]
    assert results.caught == expected["caught"]
    assert {kind: result.right for kind, result in results.hateful.items()} == {
        kind: result["right"] for kind, result in expected["hateful"].items()
    }
    assert share_right(results.hateful) >= 0.85
    assert share_right(results.harmless) >= 0.45


def test_of_what_is_caught_the_spelling_tests_miss_some(classifier: Classifier) -> None:
    spelling = run_functional_tests(classifier).spelling

    assert all(result.every_word <= result.longest_word <= 1 for result in spelling.values())
    assert spelling["a space between all letters"].longest_word >= 0.99
