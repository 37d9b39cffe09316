"""The card of a model that was adapted to an operator's own comments."""

from models.serving.artefact import Manifest
from models.serving.measured_on import measured_on


def render_adapted_card(manifest: Manifest) -> str:
    """Write the card of an adapted model.

    Args:
        manifest: With the parts `own` and `base`.

    Returns:
        Markdown.
    """
    own = manifest["own"]
    return "\n".join(
        (
            f"# The classifier, version {manifest['model_version']}",
            "",
            f"Version {manifest['base']} learned from {own['rows']:,} comments that were labelled "
            "here. Its card describes its data and its known failures. Attributes without a label "
            "among these comments are unchanged.",
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
            measured_on(manifest),
            "",
            "The artefact contains no comment, only weights of hashed n-grams.",
            "",
        )
    )


def _row(manifest: Manifest, name: str) -> str:
    before, after = manifest["own"]["before"][name], manifest["cross_validated"][name]
    limits = manifest["thresholds"][name]
    names = ("roc_auc", "average_precision")
    cells = [f"{figures[figure]:.4f}" for figure in names for figures in (before, after)]
    cells += ["none" if limits[at] is None else f"{limits[at]:.4f}" for at in ("flag", "reject")]
    return f"| {name} | {after['rows']} | {after['positives']} | {' | '.join(cells)} |"
