"""Refuse comments where a page is closed, and say that it is."""

from flask import g

from moderation.rules.closing import CLOSED, ClosedReason, PageClosed
from moderation.sites import Site
from moderation.storage.comments.pages import Page
from service.reader_mail.wishes import takes_mail_wishes
from service.wiring.page_bodies import PageTerms
from service.wiring.parts import parts


def check_open(site: Site, key: str) -> None:
    """Raise PageClosed where the page takes no comments; each page is looked at once a request."""
    known: dict[str, ClosedReason | None] = g.setdefault("closed_pages", {})
    if key not in known:
        known[key] = _reason(site, parts().pages.get(site, key))
    if known[key] is not None:
        raise PageClosed(CLOSED)


def terms_of(site: Site, page: Page) -> PageTerms:
    """What holds for a new comment on the page, for its readers."""
    return PageTerms(site.max_text, _reason(site, page), takes_mail_wishes(site))


def _reason(site: Site, page: Page) -> ClosedReason | None:
    return parts().closed_pages.reason(site.rules, page.id, page.rules)
