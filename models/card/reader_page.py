"""The first page of the model card: what waits, what passes, and for whom it is worse, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.serving.artefact import Manifest
from models.serving.named_settings import BALANCED, NAMES

_Kinds = Mapping[str, Mapping[str, Any]]

ORDINARY_KINDS = {
    "ordinary": "ordinary comments of all places together",
    "ordinary, short": "of these the ones under 25 characters, as “First!” or “Great photo!”",
    "ord_reddit": "Reddit",
    "ord_youtube": "under videos",
    "ord_blog": "under blogs, approved by their owners",
    "ord_reviews": "reviews of things and films",
    "ord_forum": "questions and answers",
    "ord_dev": "developers",
    "ord_tweets": "tweets",
    "ord_chat": "chats",
    "ord_swear": "friendly swearing, as “Holy shit, that is beautiful”",
    "counter": "objections to hatred",
    "hard_negative": "talk about groups of people without hatred, heated or quoting",
}
HARMFUL_KINDS = {
    "harm": "harmful comments of all kinds together, mostly without slurs",
    "harm_explicit": "hatred said outright",
    "harm_implicit": "hatred that is implied",
    "harm_directed": "insults to the one who is spoken to",
    "harm_dyna": "hatred written to mislead a machine",
    "harm_sbic": "jokes at the cost of a group",
    "harm_misogyny": "contempt of women",
    "harm_gbv": "abuse of women for being women",
    "harm_stormfront": "talk among white supremacists",
    "spam_blog": "spam under blogs",
    "spam_seo": "flattery without a link, to be published for the name's sake",
}


def reader_page(manifest: Manifest) -> Iterator[str]:
    """Write the page, where the manifest has the figures of everyday comments."""
    if "everyday" not in manifest:
        return
    everyday = manifest["everyday"]
    yield "## In short, for an editor\n"
    yield (
        "The classifier reads each comment before a person does. What it finds harmless is "
        "published; what it doubts waits for a person. It rejects nothing unseen unless a site "
        "asks for that. A site chooses how careful it is:\n"
    )
    yield from _settings(manifest["settings"])
    yield from _worst(everyday)
    yield "### What waits\n"
    yield (
        "Comments that no part of the training has seen. A comment waits when its toxicity, its "
        "spam or its attack on a group reaches the flag of the site's setting.\n"
    )
    yield from _table("Ordinary comments", everyday, ORDINARY_KINDS)
    yield "### What is caught\n"
    yield (
        "What is not caught is published, until a reader reports it. Of the labels of harm 5 to 30 "
        "in 100 can be argued about.\n"
    )
    yield from _table("Harm and spam", everyday, HARMFUL_KINDS)
    yield from _unseen(manifest["unseen_sources"])


def _settings(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield (
        "| Setting | Ordinary comments that wait | Harm and spam that wait "
        "| Of those likely to be rejected, harm or spam |"
    )
    yield "|---|---:|---:|---:|"
    for name in NAMES:
        setting = settings[name]
        shares = (_percent(setting[figure]) for figure in ("held", "caught", "precision"))
        label = f"{name} (default)" if name == BALANCED else name
        yield f"| {label} | {' | '.join(shares)} |"
    yield (
        "\nMeasured out of fold on a mix like comments under articles: 92 in 100 ordinary, 5 "
        "harmful, 3 spam, in shares by kind that are our estimate (`models/fitting/place_mix.py`). "
        "Your site is another place: look at its statistics after a week.\n"
    )


def _worst(everyday: _Kinds) -> Iterator[str]:
    names = [kind for kind in ORDINARY_KINDS if kind in everyday]
    passes = [kind for kind in HARMFUL_KINDS if kind in everyday]
    waits = sorted(names, key=lambda kind: -everyday[kind][BALANCED])[:3]
    missed = sorted(passes, key=lambda kind: everyday[kind][BALANCED])[:3]
    if waits:
        yield f"- It holds up too often: {_phrases(waits, ORDINARY_KINDS)}."
    if missed:
        yield f"- It lets pass most often: {_phrases(missed, HARMFUL_KINDS)}."
    yield (
        "- It reads words, not meaning. Irony, quotation, what a picture shows and what was said "
        "before are lost on it. Threats and home addresses without a rude word often pass.\n"
        "- It is worse for people who are talked about with hatred elsewhere: a comment that names "
        "a group waits more often. The table of names below says which.\n"
        "- These figures are for English. A comment in another language waits for a person: a "
        "small model of that language puts it in order, or it waits without a score. "
        "`docs/languages.md` has the figures of each.\n"
    )


def _phrases(kinds: list[str], words: Mapping[str, str]) -> str:
    return "; ".join(words[kind] for kind in kinds)


def _table(title: str, everyday: _Kinds, words: Mapping[str, str]) -> Iterator[str]:
    yield f"| {title} | Comments | {' | '.join(NAMES)} |"
    yield "|---|---:|---:|---:|---:|"
    for kind, label in words.items():
        if figures := everyday.get(kind):
            cells = " | ".join(_percent(figures[name]) for name in NAMES)
            yield f"| {label} | {figures['rows']} | {cells} |"
    yield ""


def _unseen(figures: _Kinds) -> Iterator[str]:
    yield "### Places that it has never seen\n"
    yield (
        "The same by a model that was trained without the places measured here: one collection of "
        "comments under videos, one of reviews, one of questions, one blog, one forum of white "
        "supremacists, and one of abuse of women.\n"
    )
    yield from _table("Comments", figures, ORDINARY_KINDS | HARMFUL_KINDS)


def _percent(share: float | None) -> str:
    return "not known" if share is None else f"{share:.1%}"
