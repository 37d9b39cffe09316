from models.card.adapted_model import render_adapted_card

MANIFEST = {
    "model_version": "3-new",
    "base": "3-old",
    "folds": 4,
    "own": {"rows": 1_200, "before": {"spam": {"roc_auc": 0.7, "average_precision": 0.5}}},
    "cross_validated": {
        "spam": {"rows": 900, "positives": 90, "roc_auc": 0.8, "average_precision": 0.6}
    },
    "thresholds": {"spam": {"flag": 0.25, "reject": None}},
}


def test_figures_stand_before_and_after_with_the_new_thresholds() -> None:
    card = render_adapted_card(MANIFEST)

    assert card.startswith("# The classifier, version 3-new\n")
    assert "Version 3-old learned from 1,200 comments" in card
    assert "| spam | 900 | 90 | 0.7000 | 0.8000 | 0.5000 | 0.6000 | 0.2500 | none |" in card
