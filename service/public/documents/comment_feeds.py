"""The newest comments of a page, or of all pages of a site, as an Atom feed for anybody."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, request, url_for

from moderation.pages.page_claims import PageClaim, proven_address
from moderation.sites import Site
from moderation.storage.threads.published import PublishedComment
from service.http.atom import ATOM, AtomDocument, AtomEntry
from service.http.params import parse_limit
from service.languages.accepted import accepted_language
from service.public.asked_pages import asked_key, asked_site, cacheable
from service.wiring.parts import parts

MAX_ENTRIES, DEFAULT_ENTRIES = 100, 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed without comments


def comment_feed() -> Response:
    """The feed of the page that the query names, or of the whole site."""
    site, limit = asked_site(), parse_limit(default=DEFAULT_ENTRIES, most=MAX_ENTRIES)
    page = request.args.get("page", "").strip()
    key = asked_key(page) if page else None
    document = _document(site, key, _newest(site, key, limit))
    response = Response(document.as_xml(), content_type=f"{ATOM}; charset=utf-8")
    response.headers.add("Link", f'<{document.address}>; rel="self"')
    if document.alternate is not None:
        response.headers.add("Link", f'<{document.alternate}>; rel="alternate"; type="text/html"')
    response.vary.add("Accept-Language")
    return cacheable(response)


def article_url(site: Site, key: str, known: str | None) -> str | None:
    """Where a page is: as it is known, else by its key where that is an address of the site."""
    return known or proven_address(site.origins, PageClaim(key))


def _newest(site: Site, key: str | None, limit: int) -> list[PublishedComment]:
    if key is None:
        return parts().published.of_site(site, limit)
    return parts().published.of_page(parts().pages.get(site, key), limit)


def _document(site: Site, key: str | None, newest: Sequence[PublishedComment]) -> AtomDocument:
    title, alternate = site.title, None
    if key is not None:
        article = parts().pages.article(site, key)
        title, alternate = article.title or key, article_url(site, key, article.url)
    entries = [_entry(site, one) for one in newest]
    given = ("query", "lang")
    query: dict[str, Any] = {name: value for name in given if (value := request.args.get(name))}
    address = url_for("documents.atom", site=site.name, page=key, **query)
    return AtomDocument(
        id=uuid.UUID(parts().sign("comment feed", f"{site.name} {key or ''}")[:32], version=4),
        title=accepted_language(request).say("thread_title", title=title),
        author=site.title,
        updated=max((entry.updated for entry in entries), default=_NEVER),
        address=parts().settings.public_url + address,
        entries=entries,
        alternate=alternate,
    )


def _entry(site: Site, published: PublishedComment) -> AtomEntry:
    comment, article = published.comment, published.article
    return AtomEntry(
        comment_id=comment.id,
        title=f"{comment.name} · {article.title or published.key}",
        author=comment.name,
        published=comment.submitted_at,
        updated=comment.edited_at or comment.submitted_at,
        link=_link(site, published),
        content=comment.text,
    )


def _link(site: Site, published: PublishedComment) -> str:
    """Where the comment is to be seen: on its article, else on the thread's own page."""
    anchor = f"parley-{published.comment.id}"
    url = article_url(site, published.key, published.article.url)
    if url is not None:
        return f"{url}#{anchor}"
    place: dict[str, Any] = {"site": site.name, "page": published.key, "at": published.comment.id}
    return parts().settings.public_url + url_for("documents.thread", **place, _anchor=anchor)
