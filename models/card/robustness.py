"""The card's part on disguises, other places, groups of people and videos."""

from collections.abc import Iterator

from models.serving.artefact import Manifest


def robust_lines(manifest: Manifest) -> Iterator[str]:
    yield from _disguises(manifest["robustness"])
    yield from _places(manifest)
    yield from _groups(manifest["robustness"])
    yield from _reasons(manifest["reasons"])


def _disguises(found: Manifest) -> Iterator[str]:
    yield "## Disguised comments\n"
    yield (
        "Toxicity of the sealed comments with every word of four letters and more disguised. Half "
        "the longer words of one training text in three were disguised in the families marked "
        f"known; the others were held out. Without a disguise: ROC AUC {found['clean']:.4f}.\n"
    )
    yield "| Disguise | Known | ROC AUC | Share of the clean one |"
    yield "|---|---|---:|---:|"
    for family, roc_auc in found["disguised"].items():
        known = "no" if family in found["held_out_families"] else "yes"
        share = roc_auc / found["clean"]
        yield f"| {family.replace('_', ' ')} | {known} | {roc_auc:.4f} | {share:.1%} |"
    yield ""


def _places(manifest: Manifest) -> Iterator[str]:
    yield "## Places left out of the training\n"
    yield (
        "Toxicity by a model trained without the place. Toxic news comments stand against others "
        "of which the words were cut out that people marked as toxic.\n"
    )
    yield "| Place | Comments | ROC AUC | Average precision |"
    yield "|---|---:|---:|---:|"
    for place, found in manifest["elsewhere"].items():
        yield (
            f"| {place} | {found['rows']} | {found['roc_auc']:.4f} "
            f"| {found['average_precision']:.4f} |"
        )
    news = manifest["news"]
    yield (
        f"\nThe same news comments, in {manifest['folds']} folds, each scored by a model that saw "
        "the other folds; near-duplicates and all parts of a comment are kept together: ROC AUC "
        f"{news['roc_auc']:.4f}, average precision {news['average_precision']:.4f}."
    )
    videos = manifest["videos"]
    yield (
        f"\nSpam under YouTube videos, one video left out at a time ({videos['rows']} comments): "
        f"ROC AUC {videos['roc_auc']:.4f}, accuracy {videos['accuracy']:.1%} at an even "
        "chance by the other videos."
    )
    messages = manifest["text_messages"]
    yield (
        f"\nSpam among SMS ({messages['rows']} messages in {manifest['folds']} folds, near-"
        "duplicates kept together, each scored by a model that saw the other folds): ROC AUC "
        f"{messages['roc_auc']:.4f}, accuracy {messages['accuracy']:.1%} at an even chance by the "
        "other folds.\n"
    )


def _groups(found: Manifest) -> Iterator[str]:
    yield "## Plain sentences that name a group of people\n"
    yield (
        "Sentences other than those of the training, most names among them the same. The mean "
        f"toxicity by name spreads over {found['spread']:.3f}, and {found['plain_flagged']:.1%} of "
        "the sentences reach the flag threshold.\n"
    )
    yield "| Name | Mean toxicity | Flagged |"
    yield "|---|---:|---:|"
    for name, mean in sorted(found["mean_by_name"].items(), key=lambda pair: -pair[1]):
        yield f"| {name} | {mean:.3f} | {found['flagged_by_name'][name]:.1%} |"
    yield ""


def _reasons(found: Manifest) -> Iterator[str]:
    yield "## Words that people marked as toxic\n"
    yield (
        f"SemEval 2021 task 5, trial part: {found['rows']} news comments, by a model trained "
        "without news. Words that add at least two fifths of what the strongest adds, without the "
        "little ones, against the "
        f"characters that people marked: mean character F1 {found['character_f1']:.3f}. The best "
        "published system has 0.708 on the task's test part. The share was chosen on the "
        "training part.\n"
    )
