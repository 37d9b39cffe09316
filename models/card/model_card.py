"""The model card, written from the manifest: no figure in it is typed by hand."""

from collections.abc import Iterator

from models.card.curves import curve_lines
from models.card.functional import functional_lines
from models.card.news_experiments import TRIED_NEWS
from models.card.robustness import robust_lines
from models.card.spam_experiments import TRIED_FLAGS, TRIED_SPAM
from models.card.text import DATA, LIMITS, TRIED
from models.serving.artefact import Manifest


def card_of(manifest: Manifest) -> str:
    return "\n".join(
        (
            f"# The classifier, version {manifest['model_version']}",
            "",
            "Linear support vector machines on hashed words and character n-grams, scaled by how "
            "rare and how telling they are: one per attribute, served with numpy. This card is "
            "written by "
            "`parley train`; every figure in it comes from that run. Time, size and memory are in "
            "no card, since they are a machine's: `parley evaluate` measures them on yours.",
            "",
            *_held_out(manifest),
            *curve_lines(manifest),
            *robust_lines(manifest),
            *functional_lines(manifest["functional"]),
            *_cross_validated(manifest),
            *_thresholds(manifest),
            "## Data\n",
            DATA,
            "No comment of the data is part of the artefact: it holds weights of hashed n-grams.\n",
            "## Known failures\n",
            LIMITS,
            "## What was tried\n",
            TRIED,
            TRIED_NEWS,
            TRIED_FLAGS,
            TRIED_SPAM,
            *_again(manifest),
        )
    )


def _held_out(manifest: Manifest) -> Iterator[str]:
    yield "## Comments that no part of the training has seen\n"
    yield (
        f"One in {manifest['folds'] + 1} of the Wikipedia comments at natural prevalence was "
        "sealed before the first fit and scored by the finished artefact only, through the code "
        "that serves it. No weight, calibration or threshold comes from them; the kinds of "
        "features were chosen earlier, on the whole slice. Near-duplicates of sealed comments were "
        "left out of the training. Attributes with no positive or no label among them are absent.\n"
    )
    yield from _figures(manifest["held_out"])
    for name, found in manifest["held_out"].items():
        low, high = manifest["intervals"][name]["roc_auc"]
        yield f"- {name}: ROC AUC {found['roc_auc']:.3f}, 95 % interval {low:.3f} to {high:.3f}."
    yield ""
    yield (
        f"Of the sealed comments that nobody gave any label, {manifest['ordinary_flagged']:.1%} "
        "reach the flag threshold of at least one attribute.\n"
    )


def _cross_validated(manifest: Manifest) -> Iterator[str]:
    yield "## Cross-validated\n"
    yield (
        f"Out-of-fold scores of the rest of the natural slice in {manifest['folds']} folds, near-"
        "duplicates kept together. For spam, the YouTube comments one video at a time, each scored "
        "by a model that saw the other videos only, beside the ordinary Wikipedia comments. "
        "Calibration and thresholds were chosen on these scores, so here ECE and Brier flatter a "
        f"little. ECE has 15 bins. {manifest['calibration_method']}.\n"
    )
    yield from _figures(manifest["cross_validated"])


def _figures(figures: Manifest) -> Iterator[str]:
    yield "| Attribute | Comments | Positives | ROC AUC | Average precision | ECE | Brier |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, found in figures.items():
        yield (
            f"| {name} | {found['rows']} | {found['positives']} | {found['roc_auc']:.4f} "
            f"| {found['average_precision']:.4f} | {found['ece']:.4f} | {found['brier']:.4f} |"
        )
    yield ""


def _thresholds(manifest: Manifest) -> Iterator[str]:
    yield "## Thresholds\n"
    for name, method in manifest["threshold_method"].items():
        yield f"- `{name}`: {method}."
    yield (
        "\nOf the comments that do not have the attribute, the shares that reach its own "
        "thresholds; of those that do, how many reach no flag at all, the upper bound of their "
        "share, and how many of the sealed comments.\n"
    )
    yield "| Attribute | reject | flag | flagged | rejected | missed by all | at most | sealed |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, limits in manifest["thresholds"].items():
        found = manifest["cross_validated"][name]
        yield (
            f"| {name} | {_score(limits['reject'])} | {_score(limits['flag'])} "
            f"| {found['negatives_flagged']:.1%} | {found['negatives_rejected']:.2%} "
            f"| {_missed(manifest['missed'][name])} | {manifest['missed'][name]['bound']:.1%} "
            f"| {_missed(manifest['held_out_missed'].get(name))} |"
        )
    yield ""


def _missed(found: Manifest | None) -> str:
    return f"{found['missed']} of {found['positives']}" if found else "none there"


def _score(threshold: float | None) -> str:
    return "none" if threshold is None else f"{threshold:.4f}"


def _again(manifest: Manifest) -> Iterator[str]:
    yield "## Train it again\n"
    yield f"    parley train --data DIR --out models/artefact --seed {manifest['seed']}\n"
    libraries = ", ".join(f"{name} {version}" for name, version in manifest["libraries"].items())
    yield f"The same files give the same bytes with {libraries}."
    yield ""
