"""Decide a site's last comments again, as they would be by other rules."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import Model
from moderation.review.rule_outcome import RuleOutcome, rule_outcome_of
from moderation.review.setting_outcome import RecentComment
from moderation.rules.circumstances import Circumstances
from moderation.sites import Site


class RuleTrial(Protocol):
    """Comments with their circumstances by the rules in force, and by the others."""

    @property
    def comments(self) -> Sequence[RecentComment]:
        """The newest first."""

    @property
    def now(self) -> Mapping[int, Circumstances]:
        """By comment, with the rules in force."""

    @property
    def then(self) -> Mapping[int, Circumstances]:
        """By comment, with the others."""


def rule_outcome(
    model: Model, trial: RuleTrial, site: Site, staff: Sequence[str] = ()
) -> RuleOutcome | None:
    """Compare the rules in force with others.

    Returns:
        What differs; None without a model, where every comment waits.
    """
    if model.classifier is None:
        return None
    spoken, judge = spoken_on(site), Judge(model.policy, staff)
    readings = read_each(model.classifier, trial.comments, lambda _: spoken)
    read = [comment for comment in trial.comments if comment.id in readings]
    now, then = (
        [judge.decision(readings[one.id], one, site, known.get(one.id)) for one in read]
        for known in (trial.now, trial.then)
    )
    return rule_outcome_of(read, now, then)
