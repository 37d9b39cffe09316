"""Banned words: in the text or in the author's name."""

from collections.abc import Iterator

from moderation.comments import Status
from moderation.policy import Part, Reason
from moderation.rules.circumstances import BANNED_WORD, Circumstances, Ruling, Written
from moderation.rules.site_rules import Action
from moderation.text.suspect_spans import spans_of

_STATUSES = {Action.REJECT: Status.REJECTED, Action.WAIT: Status.FLAGGED}


def banned_words(comment: Written, circumstances: Circumstances) -> Iterator[Ruling]:
    """Rule on each part that has a banned word."""
    banned = circumstances.rules.banned_words
    if not banned.words:
        return
    for part, text in ((Part.TEXT, comment.text), (Part.NAME, comment.name)):
        if spans_of(text, banned.lexicon):
            yield Ruling(_STATUSES[banned.action], Reason(BANNED_WORD, part=part))
