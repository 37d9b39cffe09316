"""The figures in README and docs are those of the card."""

import re
from pathlib import Path

from models.evaluation.functional_tests import KindResult, share_right
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT

ROOT = Path(__file__).parents[3]


def in_words(path: str) -> str:
    return " ".join((ROOT / path).read_text(encoding="utf-8").split())


def test_the_readme_has_the_figure_of_the_held_out_comments() -> None:
    figures = read_manifest(ARTEFACT)["held_out"]["toxicity"]

    assert f"ROC AUC {figures['roc_auc']:.3f} for toxicity" in in_words("README.md")


def test_the_operators_page_has_the_figures_of_the_card() -> None:
    manifest = read_manifest(ARTEFACT)
    hateful, harmless = (
        share_right(
            {kind: KindResult(**result) for kind, result in manifest["functional"][side].items()}
        )
        for side in ("hateful", "harmless")
    )

    page = in_words("docs/operators.md")

    assert f"ROC AUC {manifest['held_out']['toxicity']['roc_auc']:.3f} for toxicity" in page
    assert f"ROC AUC {manifest['videos']['roc_auc']:.3f} for spam" in page
    assert f"{hateful:.0%} of hateful test sentences" in page
    assert f"{1 - harmless:.0%} of the others" in page


def test_the_size_is_at_most_what_the_readme_says() -> None:
    size = sum(path.stat().st_size for path in ARTEFACT.rglob("*") if path.is_file()) / 1e6

    megabytes = re.search(r"artefact of (\d+) MB with all languages", in_words("README.md"))

    assert megabytes
    assert size <= int(megabytes[1]) <= size + 1
