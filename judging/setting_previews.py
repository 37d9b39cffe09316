"""Decide a site's last comments again, as they would be by another setting."""

from collections.abc import Sequence
from dataclasses import replace

from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import Model
from moderation.comments import Status
from moderation.policy import SitePolicy
from moderation.review.setting_outcome import RecentComment, SettingOutcome, outcome_of
from moderation.sites import Site


def setting_outcome(
    model: Model, comments: Sequence[RecentComment], site: Site, policy: SitePolicy
) -> SettingOutcome | None:
    """Compare a site's own policy with another one on comments.

    Returns:
        What differs; None without a model, where every comment waits.
    """
    if model.classifier is None:
        return None
    spoken, judge = spoken_on(site), Judge(model.policy)
    readings = read_each(model.classifier, comments, lambda _: spoken)
    read = [comment for comment in comments if comment.id in readings]
    now, then = (
        [
            judge.decision(readings[comment.id], comment, of_policy).status is Status.APPROVED
            for comment in read
        ]
        for of_policy in (site, replace(site, policy=policy))
    )
    return outcome_of(read, now, then)
