"""Refuse comments where a page is closed, and say that it is."""

from moderation.rules.closing import ClosedReason
from moderation.sites import Site
from moderation.storage.comments.pages import Page
from service.reader_mail.wishes import takes_mail_wishes
from service.wiring.page_bodies import PageTerms
from service.wiring.parts import parts


def check_open(site: Site, key: str) -> None:
    """Raise PageClosed where the page takes no comments, of which none is stored now."""
    page = parts().pages.get(site, key)
    parts().closed_pages.check(site.rules, page.id, page.rules)


def terms_of(site: Site, page: Page) -> PageTerms:
    """What holds for a new comment on the page, for its readers."""
    return PageTerms(site.max_text, _reason(site, page), takes_mail_wishes(site))


def _reason(site: Site, page: Page) -> ClosedReason | None:
    return parts().closed_pages.reason(site.rules, page.id, page.rules)
