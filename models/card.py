"""The model card, written from the manifest: no figure in it is typed by hand."""

from collections.abc import Iterator

from models.artefact_file import Manifest
from models.card_robust import robust_lines

_DATA = """\
| Data | Used for | Licence and attribution |
|---|---|---|
| Jigsaw Toxic Comment Classification, a part: Wikipedia talk comments | six attributes; ordinary \
comments for spam | labels CC0 (Jigsaw / Conversation AI), text CC BY-SA (Wikipedia's authors) |
| Wikipedia comments with a strict label | toxicity, ordinary comments | Apache-2.0, text CC BY-SA \
(Wikipedia's authors) |
| Civil Comments, comments that people called toxic | toxicity, at a lower weight | CC0 (Civil \
Comments, Jigsaw) |
| SemEval 2021 Toxic Spans, with the toxic words cut out | what is not toxic in the same news \
comments | CC0 (Pavlopoulos and others) |
| Plain sentences naming groups of people, our own | what is not abuse | MIT, as Parley |
| YouTube Spam Collection | spam | CC BY 4.0 (Alberto, Lochter, Almeida; UCI) |
| SMS Spam Collection | spam, at a lower weight | CC BY 4.0 (Almeida, Hidalgo; UCI) |
"""

_LIMITS = """\
- It counts words and letters and does not understand a sentence: negation, quotation, irony and
  reports of abuse ("he called me ...") score like abuse, and polite hatred scores like politeness.
- English only. Other languages get scores that mean nothing.
- Its judges were crowd workers who disagree with one another; many of its mistakes are disputes.
- Names of groups of people occur more often in abuse than elsewhere. Plain sentences with them, as
  examples of no abuse, keep neutral ones from being rejected; some still score high enough to be
  flagged, "gay" most of all.
- The comments are from Wikipedia, news sites and four music videos. Another site has other words
  and another share of abuse: the order of its scores is less sure, their probabilities shift.
- Spam is measured with 1 in 20 comments spam; where spam is rarer, its scores are too high.
- Rare attributes have few positives in the figures: read theirs as rough.
- Disguises are undone as far as the normaliser goes; a new disguise is a new word.
"""

_TRIED = """\
ROC AUC (and average precision) of toxicity, cross-validated on the natural slice while the features
were chosen. These runs are earlier than the figures above: compare them with one another only.

| Choice | Without | With |
|---|---:|---:|
| characters beside words | .956 (.821) | .967 (.847) |
| two views (as written, without disguises) instead of one | .9739 (.878) | .9748 (.879) |
| indicators of shape, and the strict Wikipedia comments | .9739 (.878) | .9760 (.881) |
| strict Wikipedia comments | .9739 (.878) | .9746 (.879) |
| naive-Bayes scaling instead of none | .9777 (.882) | .9775 (.888) |
| news comments at full weight | .9746 (.879) | .9711 (.874) |
| news comments at weight 0.3 with their own intercept | .9746 (.879) | .9744 (.880) |

Left out because they gave less than 0.0015 or did harm: n-grams of six characters or across words,
leaving out weak features, word lists as training rows, emoji hate and sexism data, the maximum over
windows of a long comment, the mean with an unscaled regression, and a hidden layer of 32 units.
"""


def card_of(manifest: Manifest) -> str:
    return "\n".join(
        (
            f"# The classifier, version {manifest['model_version']}",
            "",
            "Logistic regression on hashed words and character n-grams, scaled by how rare and how "
            "telling they are: one linear model per attribute, served with numpy. This card is "
            "written by "
            "`parley train`; every figure in it comes from that run.",
            "",
            *_held_out(manifest),
            *robust_lines(manifest),
            *_cross_validated(manifest),
            *_thresholds(manifest),
            "## Data\n",
            _DATA,
            "No comment of the data is part of the artefact: it holds weights of hashed n-grams.\n",
            "## Known failures\n",
            _LIMITS,
            "## What was tried\n",
            _TRIED,
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
    yield "\nThe last two columns are shares of the comments that do not have the attribute.\n"
    yield "| Attribute | reject | flag | flagged | rejected |"
    yield "|---|---:|---:|---:|---:|"
    for name, limits in manifest["thresholds"].items():
        found = manifest["cross_validated"][name]
        yield (
            f"| {name} | {_score(limits['reject'])} | {_score(limits['flag'])} "
            f"| {found['negatives_flagged']:.1%} | {found['negatives_rejected']:.2%} |"
        )
    yield ""


def _score(threshold: float | None) -> str:
    return "none" if threshold is None else f"{threshold:.4f}"


def _again(manifest: Manifest) -> Iterator[str]:
    yield "## Train it again\n"
    yield f"    parley train --data DIR --out models/artefact --seed {manifest['seed']}\n"
    libraries = ", ".join(f"{name} {version}" for name, version in manifest["libraries"].items())
    yield f"The same files give the same bytes with {libraries}."
    yield ""
