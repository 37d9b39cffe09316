"""Tell an author once, before anything is stored, which of their words would make it wait.

Asked for by the script alone: whoever does not know the answer is never stopped by it.
"""

from collections.abc import Mapping

from moderation.choices.site_languages import ENGLISH
from moderation.comments import InvalidComment, Submission
from moderation.policy import ATTRIBUTES, Part
from moderation.sites import Site
from service.problems.errors import ModelMissing
from service.scoring.judgement import Judgement, judge_one, spans_of

_MOST_WORDS = 5
# More likely harmful than not: comments wait from lower scores on. Of held-out comments, where 2.7%
# of ordinary ones wait, 0.9% are nudged, and 49% of harmful ones; of Wikipedia's 2.0% and 75%.
_LEAST_SCORE = 0.5
# What people write in anger. Who writes spam learns nothing here of what to change.
_NUDGED = tuple(name for name in ATTRIBUTES if name != "spam")


def nudge_of(site: Site, submission: Submission, fields: Mapping[str, object]) -> list[str] | None:
    """Return the words of a text whose scores would make it wait; None where it may be sent.

    Args:
        site: Where it is switched on, or not.
        submission: What the reader wrote.
        fields: Of the request: `nudge` says that the reader can be told, and was not yet.

    Raises:
        InvalidComment: `nudge` is neither true nor false.
    """
    if not _can_be_told(fields) or not site.nudges:
        return None
    judgement = judge_one("", submission.text, site)
    attributes = _reached(judgement)
    return _words(submission.text, attributes, judgement) if attributes else None


def _can_be_told(fields: Mapping[str, object]) -> bool:
    value = fields.get("nudge")
    if value is None or isinstance(value, bool):
        return value is True
    sentence = "nudge must be true or false, or be left out"
    raise InvalidComment(sentence, field="nudge")


def _reached(judgement: Judgement) -> list[str]:
    """The attributes for which the text would wait or be rejected."""
    return [
        reason.rule
        for reason in judgement.decision.reasons
        if reason.part is Part.TEXT
        and reason.rule in _NUDGED
        and (reason.score or 0.0) >= _LEAST_SCORE
    ]


def _words(text: str, attributes: list[str], judgement: Judgement) -> list[str]:
    try:
        spans = spans_of(text, attributes, judgement.language or ENGLISH)
    except (ModelMissing, KeyError):
        return []
    by_strength = sorted(
        (span for words in spans.values() for span in words), key=lambda span: -span.contribution
    )
    strongest = dict.fromkeys(text[span.start : span.end] for span in by_strength)
    return list(strongest)[:_MOST_WORDS]
