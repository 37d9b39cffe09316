"""The card's part on obfuscation, other domains, identity terms and rationales."""

from collections.abc import Iterator

from models.serving.artefact import Manifest


def robustness_lines(manifest: Manifest) -> Iterator[str]:
    """Write the part, as lines of Markdown."""
    yield from _obfuscation(manifest["robustness"])
    yield from _domains(manifest)
    yield from _spam_domains(manifest)
    yield from _identity_terms(manifest["robustness"])
    yield from _rationales(manifest["reasons"])


def _obfuscation(robustness: Manifest) -> Iterator[str]:
    yield "## Obfuscated comments\n"
    yield (
        "Toxicity of the held-out comments with every word of four letters and more obfuscated. In "
        "the training one text in three has a copy with half of its longer words obfuscated, in "
        "the families marked as known; the others were held out. As written: ROC AUC "
        f"{robustness['clean']:.4f}.\n"
    )
    yield "| Family | Known | ROC AUC | Share of that as written |"
    yield "|---|---|---:|---:|"
    for family, roc_auc in robustness["disguised"].items():
        known = "no" if family in robustness["held_out_families"] else "yes"
        share = roc_auc / robustness["clean"]
        yield f"| {family.replace('_', ' ')} | {known} | {roc_auc:.4f} | {share:.1%} |"
    yield ""


def _domains(manifest: Manifest) -> Iterator[str]:
    yield "## Domains left out of the training\n"
    yield (
        "Toxicity by a model trained without the domain. Toxic news comments are measured against "
        "news comments from which the words were removed that people marked as toxic.\n"
    )
    yield "| Domain | Comments | ROC AUC | Average precision |"
    yield "|---|---:|---:|---:|"
    for domain, figures in manifest["elsewhere"].items():
        yield (
            f"| {domain} | {figures['rows']} | {figures['roc_auc']:.4f} "
            f"| {figures['average_precision']:.4f} |"
        )
    news_figures = manifest["news"]
    yield (
        f"\nThe same news comments in {manifest['folds']} folds, each scored by a model that saw "
        "the other folds; near-duplicates and all parts of a comment are kept together: ROC AUC "
        f"{news_figures['roc_auc']:.4f}, average precision {news_figures['average_precision']:.4f}."
    )


def _spam_domains(manifest: Manifest) -> Iterator[str]:
    videos, messages = manifest["videos"], manifest["text_messages"]
    yield (
        f"\nSpam under YouTube videos, one video left out at a time ({videos['rows']} comments): "
        f"ROC AUC {videos['roc_auc']:.4f}, accuracy {videos['accuracy']:.1%} at a probability of "
        "0.5, calibrated on the other videos."
    )
    yield (
        f"\nSpam among SMS ({messages['rows']} messages in {manifest['folds']} folds, near-"
        "duplicates kept together, each scored by a model that saw the other folds): ROC AUC "
        f"{messages['roc_auc']:.4f}, accuracy {messages['accuracy']:.1%} at a probability of 0.5, "
        "calibrated on the other folds.\n"
    )


def _identity_terms(robustness: Manifest) -> Iterator[str]:
    yield "## Neutral sentences that name a group of people\n"
    yield (
        "The sentences are not those of the training; most of the names are. Between the highest "
        f"and the lowest mean toxicity of a name are {robustness['spread']:.3f}, and "
        f"{robustness['plain_flagged']:.1%} of the sentences reach the flag threshold.\n"
    )
    yield "| Name | Mean toxicity | Flagged |"
    yield "|---|---:|---:|"
    for name, mean in sorted(robustness["mean_by_name"].items(), key=lambda pair: -pair[1]):
        yield f"| {name} | {mean:.3f} | {robustness['flagged_by_name'][name]:.1%} |"
    yield ""


def _rationales(agreement: Manifest) -> Iterator[str]:
    yield "## Words that people marked as toxic\n"
    yield (
        f"SemEval 2021 task 5, trial part: {agreement['rows']} news comments, by a model trained "
        "without news. The highlighted words, which add at least two fifths of what the strongest "
        "word adds and are no stop words, are compared with the characters that people marked: "
        f"mean character F1 {agreement['character_f1']:.3f}. The best published system has 0.708 "
        "on the task's test part. The two fifths were chosen on the training part.\n"
    )
