"""Try rules on the last comments of a site or page; put them in force."""

import importlib
from collections.abc import Mapping
from typing import Any

from moderation.review.rule_outcome import RuleOutcome
from moderation.rules.document import changes_of
from moderation.sites import Site
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts


def tried(site: Site, document: Mapping[str, Any], page: str | None) -> RuleOutcome | None:
    """What the rules would make of the last comments; None without a model.

    Raises:
        InvalidRules: The document cannot be rules.
    """
    trial = repositories().tried_rules.of(site, changes_of(document), page)
    # By name: it imports NumPy, which a web process loads only when it is needed.
    previews: Any = importlib.import_module("judging.rule_previews")
    outcome: RuleOutcome | None = previews.rule_outcome(
        parts().web_model.get(), trial, site, parts().staff_names.get()
    )
    return outcome
