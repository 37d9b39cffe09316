"""The card of a model that learned from an operator's own comments."""

from models.serving.artefact import Manifest


def card_of_own(manifest: Manifest) -> str:
    own = manifest["own"]
    return "\n".join(
        (
            f"# The classifier, version {manifest['model_version']}",
            "",
            f"Version {manifest['base']}, whose card tells of its data and its known failures, "
            f"learned from {own['rows']:,} comments that were labelled here. Attributes without a "
            "label among them are as they were.",
            "",
            "Figures on these comments, in "
            f"{manifest['folds']} folds with near-duplicates kept together: none was scored by a "
            "model that had seen it. Calibration and thresholds were chosen on the same scores, at "
            "the share of positives that these comments have: where it is higher than among all "
            "comments, probabilities are too high.",
            "",
            "| Attribute | Comments | Positives | ROC AUC before | ROC AUC | Average precision "
            "before | Average precision | flag | reject |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
            *(_row(manifest, name) for name in own["before"]),
            "",
            "No comment is part of the artefact: it holds weights of hashed n-grams.",
            "",
        )
    )


def _row(manifest: Manifest, name: str) -> str:
    before, after = manifest["own"]["before"][name], manifest["cross_validated"][name]
    limits = manifest["thresholds"][name]
    measured = ("roc_auc", "average_precision")
    shown = [f"{found[figure]:.4f}" for figure in measured for found in (before, after)]
    shown += ["none" if limits[at] is None else f"{limits[at]:.4f}" for at in ("flag", "reject")]
    return f"| {name} | {after['rows']} | {after['positives']} | {' | '.join(shown)} |"
