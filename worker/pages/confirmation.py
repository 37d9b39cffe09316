"""Ask the site's own page for its title and address."""

import ssl
from dataclasses import dataclass, field
from urllib.parse import urljoin

import structlog

from moderation.comments import page_title
from moderation.pages.origins import is_listed, origin_of
from moderation.pages.page_claims import leads_to
from moderation.pages.page_keys import own_parameters, page_address, page_key
from moderation.storage.comments.page_checks import ConfirmedPage, PageChecks, PageToCheck
from worker.pages.fetch import FetchedPage, PageUnreadable, SiteReader
from worker.pages.page_html import PageFacts, facts_of

log = structlog.get_logger()


@dataclass(frozen=True)
class PageChecker:
    """Checks one page after the other."""

    checks: PageChecks
    agent: str
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def check_next(self) -> bool:
        """Check the page that waits longest; False where none waits."""
        page = self.checks.take()
        if page is None:
            return False
        self.checks.record(page, self._confirmed(page))
        return True

    def _confirmed(self, page: PageToCheck) -> ConfirmedPage | None:
        if page.url is None:
            return None
        try:
            fetched = SiteReader(page.origins, self.agent, self.trust).fetch(page.url)
        except PageUnreadable as unreadable:
            log.info("page_unreadable", page=page.id, cause=str(unreadable))
            return None
        return confirmed_page(page, fetched)


def confirmed_page(page: PageToCheck, fetched: FetchedPage) -> ConfirmedPage | None:
    """Return what a page says of itself; None where it does not say that it is this page.

    Where only a reader said where the page is, the page must call itself by the same key.
    """
    facts = facts_of(fetched.body, fetched.charset)
    keys = {page_key(key, own_parameters(key)) for key in facts.keys}
    if page.is_claimed and page.key not in keys:
        return None
    address = page.url if page.is_claimed else None
    return ConfirmedPage(page_title(facts.best_title), _canonical(page, fetched, facts) or address)


def _canonical(page: PageToCheck, fetched: FetchedPage, facts: PageFacts) -> str | None:
    if not facts.canonical:
        return None
    try:
        address = page_address(urljoin(fetched.url, facts.canonical), own_parameters(page.key))
    except ValueError:
        return None
    if address is None or not is_listed(origin_of(address), page.origins):
        return None
    return address if page.is_claimed or leads_to(address, page.key) else None
