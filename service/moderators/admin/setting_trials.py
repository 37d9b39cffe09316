"""Try a setting on the last comments of sites."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.policy import SitePolicy
from moderation.review.setting_outcome import LAST, RecentComment, SettingOutcome
from moderation.sites import Site
from moderation.storage.review.cards import Card
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

_EXAMPLES = 5  # of each kind


@dataclass(frozen=True, slots=True)
class SettingTrial:
    """What a setting would do on a site, with examples.

    Attributes:
        site: The site.
        outcome: Of its last comments.
        released: The newest of those that wait now, and would be published.
        caught: The newest of those that are published now, and would wait.
    """

    site: Site
    outcome: SettingOutcome
    released: Sequence[Card]
    caught: Sequence[Card]


def trials_of(
    sites: Sequence[Site], changed: Callable[[SitePolicy], SitePolicy]
) -> list[SettingTrial]:
    """Try a change of the policy on each site; none without a model, where everything waits."""
    most = LAST // max(len(sites), 1)
    recent = repositories().recent_comments
    trials = []
    for site in sites:
        outcome = _outcome(recent.of(site.name, most), site, changed(site.policy))
        if outcome is not None:
            examples = (recent.cards(_newest(kind)) for kind in (outcome.released, outcome.caught))
            trials.append(SettingTrial(site, outcome, *examples))
    return trials


def _outcome(
    comments: Sequence[RecentComment], site: Site, policy: SitePolicy
) -> SettingOutcome | None:
    # By name: it imports NumPy, which a web process loads only when it is needed.
    previews: Any = importlib.import_module("judging.setting_previews")
    outcome: SettingOutcome | None = previews.setting_outcome(
        parts().web_model.get(), comments, site, policy
    )
    return outcome


def _newest(comments: Sequence[RecentComment]) -> list[int]:
    return [comment.id for comment in comments[:_EXAMPLES]]
