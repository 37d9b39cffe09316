"""The reasons of a decision in short sentences: the same ones in pages, feeds and terminals."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from moderation.choices.safeguards import Catch
from moderation.choices.site_languages import language_name
from moderation.comments import QueueSection, Status
from moderation.policy import (
    ABUSIVE_WORDS,
    ADVERT_WORDS,
    ALWAYS_FLAGGED,
    BANNED,
    CONTACT,
    LANGUAGE,
    NO_MODEL,
    PREMODERATED,
    PURGED,
    REPORTED,
    RESERVED_NAME,
    SCORING_FAILED,
    SORTED_LANGUAGE,
    SUSPECT_WORD,
    Part,
    Reason,
)
from moderation.review.notes import REOPENED
from moderation.rules.circumstances import (
    BANNED_LINK,
    BANNED_WORD,
    FIRST_COMMENT,
    PUBLISHED_FIRST,
    QUIET_HOURS,
    REPEATED,
    TOO_MANY_LINKS,
)

ListedWords = Mapping[tuple[str, Part], Sequence[str]]
# By these rules a text has no scores that mean anything.
WITHOUT_SCORES = (LANGUAGE, NO_MODEL, SCORING_FAILED)
_RULES = {
    SCORING_FAILED: "could not be scored after several attempts",
    LANGUAGE: "in a language that no model here can score",
    NO_MODEL: "not scored: the workers have no model",
    BANNED: "its author is banned from this site",
    ALWAYS_FLAGGED: "its author's comments always wait on this site",
    REOPENED: "put back into the queue",
    CONTACT: "an address, a telephone number or a handle",
    ADVERT_WORDS: "words of advertisements",
    ABUSIVE_WORDS: "words that abuse somebody",
    PREMODERATED: "on this site every comment waits",
    RESERVED_NAME: "looks like the site's own people",
    SORTED_LANGUAGE: "in a language whose comments are sorted here, not decided",
    SUSPECT_WORD: "one of this site's suspect words",
    BANNED_WORD: "one of this site's banned words",
    BANNED_LINK: "names a domain that is banned here",
    TOO_MANY_LINKS: "more links than a comment may have here",
    FIRST_COMMENT: "too few comments of its author were approved so far",
    REPEATED: "too many others like it came within a day",
    QUIET_HOURS: "came in the site's quiet hours, when every comment waits",
    PUBLISHED_FIRST: "published at once, to be looked at later",
    REPORTED: "readers have reported it",
    PURGED: "rejected longer ago than this site keeps texts",
    Catch.HONEYPOT: "a field was filled in that people do not see",
    Catch.TOO_FAST: "sent faster than people write",
    Catch.OLD_TOKEN: "its form was opened more than a day before",
    Catch.USED_TOKEN: "its form was sent before",
    Catch.FORGED_TOKEN: "the proof of when its form was opened is not ours",
    Catch.NO_TOKEN: "without the proof of when its form was opened",
}
# What comments with the attribute are.
_ARE = {
    "toxicity": "toxic",
    "severe_toxicity": "severely toxic",
    "profanity": "profane",
    "threat": "threats",
    "insult": "insults",
    "identity_attack": "identity attacks",
    "spam": "spam",
}
_OF_NAME = "author's name: "
# What a score from its threshold up does with a comment.
_EFFECTS = {
    QueueSection.IN_DOUBT: "waits",
    QueueSection.LIKELY_REJECTED: "likely to be rejected",
    Status.FLAGGED: "waits",
    Status.REJECTED: "rejected",
}


def reason_sentences(
    reasons: Sequence[Reason],
    became: Status | QueueSection = Status.FLAGGED,
    words: ListedWords = MappingProxyType({}),
) -> list[str]:
    """Say why, in a sentence for each rule, one for the text's scores and one for the name.

    Args:
        reasons: Of one decision.
        became: What the decision made of the comment, or where in the queue it waits.
        words: The suspect or banned ones by rule and part, where they are known.
    """
    effect = _EFFECTS.get(became, "waits")
    of_text = [reason for reason in reasons if reason.part is Part.TEXT]
    of_name = [reason for reason in reasons if reason.part is Part.NAME]
    sentences = [*_rules(of_text, words), *_scores(of_text, effect)]
    if of_name:
        # A sign is plainer than any score.
        sentences.append(_OF_NAME + "; ".join(_rules(of_name, words) or _scores(of_name, effect)))
    return sentences


def rule_in_words(rule: str) -> str:
    """Say a rule or an attribute by its name, as people write it: identity attack."""
    return _RULES.get(rule, rule.replace("_", " "))


def in_percent(score: float) -> str:
    """A score from 0 to 1 as people read it everywhere: "85 %", "0.2 %", "> 99.9 %"."""
    percent = 100 * score
    if 0 < percent < 0.95 or 99.5 <= percent < 100:
        tenths = f"{percent:.1f}"
        return {"0.0": "< 0.1 %", "100.0": "> 99.9 %"}.get(tenths, f"{tenths} %")
    return f"{percent:.0f} %"


def _rules(reasons: Iterable[Reason], words: ListedWords) -> list[str]:
    return [_rule(reason, words) for reason in reasons if reason.score is None]


def _rule(reason: Reason, words: ListedWords) -> str:
    """The rule, with the listed words or the name of the language that it is about."""
    if listed := words.get((reason.rule, reason.part)):
        return f"{rule_in_words(reason.rule)}: {', '.join(listed)}"
    if reason.language is None:
        return rule_in_words(reason.rule)
    name = language_name(reason.language)
    if reason.rule == SORTED_LANGUAGE:
        return f"waits because comments in {name} are sorted here, not decided"
    if reason.rule == LANGUAGE:
        return f"waits because it is in {name}, which no model here can score"
    return f"{rule_in_words(reason.rule)} ({name})"


def _scores(reasons: Iterable[Reason], effect: str) -> list[str]:
    """The highest score with its threshold, then the names of the others; none without scores."""
    scored = [(reason.score, reason) for reason in reasons if reason.score is not None]
    if not scored:
        return []
    (score, highest), *others = sorted(scored, key=lambda pair: -pair[0])
    also = ", ".join(rule_in_words(reason.rule) for _, reason in others)
    sentence = f"{_likeness(highest.rule, score)}; {_limit(highest, effect)}"
    return [f"{sentence}; also {also}" if also else sentence]


def _likeness(attribute: str, score: float) -> str:
    kind = _ARE.get(attribute, rule_in_words(attribute))
    return f"{in_percent(score)} of comments like this are {kind}"


def _limit(reason: Reason, effect: str) -> str:
    if not reason.threshold:
        return f"every comment {effect} here" if effect == "waits" else effect
    return f"{effect} from {in_percent(reason.threshold)}"
