"""The model card, written from the manifest: no figure in it is typed by hand."""

from collections.abc import Iterator

from models.card import texts
from models.card.curves import curve_lines
from models.card.functional import functional_lines
from models.card.reader_page import reader_page
from models.card.robustness import robustness_lines
from models.serving.artefact import Manifest
from models.serving.measured_on import measured_on


def render_card(manifest: Manifest) -> str:
    """Write the card of a trained model.

    Args:
        manifest: With all figures of the evaluation.

    Returns:
        Markdown; it shows the pictures of `render_pictures`.
    """
    return "\n".join(
        (
            f"# The classifier, version {manifest['model_version']}",
            "",
            *reader_page(manifest),
            "## How it works\n",
            "One linear support vector machine per attribute, on hashed words and character "
            "n-grams that are scaled by inverse document frequency and naive-Bayes log-odds. It is "
            "served with numpy. `parley train` writes this card; every figure comes from that "
            'training, except those under "What was tried". Time, size and memory depend on the '
            "machine: `parley evaluate` measures them on yours.",
            "",
            *_held_out(manifest),
            *curve_lines(manifest),
            *robustness_lines(manifest),
            *functional_lines(manifest["functional"]),
            *_cross_validated(manifest),
            *_thresholds(manifest),
            "## Data\n",
            texts.data(),
            "The artefact contains no comment of the data, only weights of hashed n-grams.\n",
            "## Known failures\n",
            texts.known_failures(),
            "## What was tried\n",
            texts.experiments(),
            *_reproduce(manifest),
        )
    )


def _held_out(manifest: Manifest) -> Iterator[str]:
    yield "## Held-out comments\n"
    yield (
        f"One in {manifest['folds'] + 1} of the Wikipedia comments of the unbiased sample (drawn "
        "without looking at labels) was held out before the first fit and scored by the finished "
        "artefact only, with the code that serves it. No weight, calibration or threshold was "
        "chosen on them; the kinds of features were chosen earlier, on the whole sample. The "
        "training has no near-duplicate of them. Attributes with no positive or no label among "
        "them are missing here.\n"
    )
    yield from _figures(manifest["held_out"])
    for name, figures in manifest["held_out"].items():
        low, high = manifest["intervals"][name]["roc_auc"]
        yield f"- {name}: ROC AUC {figures['roc_auc']:.3f}, 95 % interval {low:.3f} to {high:.3f}."
    yield ""
    yield (
        "Of the held-out comments without any positive label, "
        f"{manifest['ordinary_flagged']:.1%} reach the flag threshold of at least one attribute.\n"
    )


def _cross_validated(manifest: Manifest) -> Iterator[str]:
    yield "## Cross-validation\n"
    yield (
        f"Out-of-fold scores of the rest of the unbiased sample in {manifest['folds']} folds, near-"
        "duplicates kept together. For spam, the YouTube comments one video at a time, each scored "
        "by a model that saw the other videos only, together with the ordinary Wikipedia comments. "
        "Calibration and thresholds were chosen on these scores, so ECE and Brier are a little "
        f"optimistic here. ECE has 15 bins. {manifest['calibration_method']}.\n"
    )
    yield from _figures(manifest["cross_validated"])


def _figures(by_attribute: Manifest) -> Iterator[str]:
    yield "| Attribute | Comments | Positives | ROC AUC | Average precision | ECE | Brier |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, figures in by_attribute.items():
        shares = (figures[key] for key in ("roc_auc", "average_precision", "ece", "brier"))
        cells = " | ".join(f"{share:.4f}" for share in shares)
        yield f"| {name} | {figures['rows']} | {figures['positives']} | {cells} |"
    yield ""


def _thresholds(manifest: Manifest) -> Iterator[str]:
    yield "## Thresholds\n"
    yield f"{measured_on(manifest)}\n"
    for name, method in manifest["threshold_method"].items():
        yield f"- `{name}`: {method}."
    yield (
        "\nThe thresholds are those of the setting balanced. Flagged and rejected: of the comments "
        "without the attribute, the shares that reach its "
        "own thresholds. Missed by all: of the comments with the attribute, how many reach no flag "
        "at all. At most: the upper bound of their share. Held out: the same count among the "
        "held-out comments.\n"
    )
    yield "| Attribute | reject | flag | flagged | rejected | missed by all | at most | held out |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, limits in manifest["thresholds"].items():
        figures = manifest["cross_validated"][name]
        yield (
            f"| {name} | {_score(limits['reject'])} | {_score(limits['flag'])} "
            f"| {figures['negatives_flagged']:.1%} | {figures['negatives_rejected']:.2%} "
            f"| {_missed(manifest['missed'][name])} | {manifest['missed'][name]['bound']:.1%} "
            f"| {_missed(manifest['held_out_missed'].get(name))} |"
        )
    yield ""


def _missed(missed: Manifest | None) -> str:
    return f"{missed['missed']} of {missed['positives']}" if missed else "none there"


def _score(threshold: float | None) -> str:
    return "none" if threshold is None else f"{threshold:.4f}"


def _reproduce(manifest: Manifest) -> Iterator[str]:
    yield "## Train it again\n"
    yield f"    parley train --data DIR --out models/artefact --seed {manifest['seed']}\n"
    libraries = ", ".join(f"{name} {version}" for name, version in manifest["libraries"].items())
    yield f"The same files give the same bytes with {libraries}."
    yield ""
