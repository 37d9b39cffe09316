"""A site's last comments with what rules must know of them: by those in force, and by others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.accounts.moderators import AccessScope
from moderation.review.rule_outcome import LAST_OF_RULES
from moderation.review.setting_outcome import RecentComment
from moderation.rules.circumstances import Circumstances
from moderation.rules.site_rules import NO_RULES
from moderation.sites import Site
from moderation.storage.automatic.recent_comments import RecentComments
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.rules.comment_circumstances import CommentCircumstances


@dataclass(frozen=True, slots=True)
class TriedComments:
    """Comments, the newest first, and their circumstances by both sets of rules."""

    comments: Sequence[RecentComment]
    now: Mapping[int, Circumstances]
    then: Mapping[int, Circumstances]


class TriedRules:
    """Finds the comments on which rules are tried, in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._recent = RecentComments(database, scope)
        self._pages = Pages(database)
        self._circumstances = CommentCircumstances(database)

    def of(self, site: Site, changes: Mapping[str, Any], page: str | None = None) -> TriedComments:
        """Return the last comments of a site or of one of its pages.

        Args:
            site: As it is now.
            changes: The rules to try, as `changes_of` reads them: of the site all, of a page what
                it changes of them.
            page: Its key, where the rules are of a page alone.
        """
        page_id = None
        if page is not None:
            page_id = self._pages.get(site, page).id
            if page_id is None:
                return TriedComments((), {}, {})
        comments = self._recent.of(site.name, LAST_OF_RULES, page_id=page_id)
        ids, own = (
            [comment.id for comment in comments],
            {} if page_id is None else {page_id: changes},
        )
        rules = NO_RULES.changed(changes) if page_id is None else site.rules
        return TriedComments(
            comments,
            self._circumstances.of(ids, {site.id: site.rules}),
            self._circumstances.of(ids, {site.id: rules}, own),
        )
