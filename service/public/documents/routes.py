"""A page's comments as a part of another page, as a page of its own, and as data for machines."""

import json
from dataclasses import replace

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from moderation.sites import Site
from moderation.storage.comments.pages import Article
from moderation.storage.threads.thread_parts import ThreadPart
from moderation.storage.threads.thread_places import ThreadOrder
from service.http.atom import ATOM
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_limit
from service.http.plain_text import fold_blank_lines, is_long, linked
from service.languages.accepted import accepted_language
from service.public.asked_pages import asked_key, asked_site, cacheable, going_on, required
from service.public.closed_pages import terms_of
from service.public.documents.comment_feeds import article_url, comment_feed
from service.public.documents.comment_lists import (
    DEFAULT_DEPTH,
    MAX_DEPTH,
    CommentList,
    ListPlace,
    ListRequest,
    as_html,
)
from service.public.documents.page_policy import with_policy
from service.public.site_access import takes_comments
from service.public.thread_lists import DEFAULT_ANSWERS, MAX_ANSWERS, asked_threads
from service.reader_mail.wishes import takes_mail_wishes
from service.wiring.parts import parts

documents = Blueprint("documents", __name__)
_YES_OR_NO = ("0", "1")


@documents.app_template_filter("linked")
def _linked(text: str) -> str:
    return linked(fold_blank_lines(text))


documents.app_template_test("long")(is_long)
documents.app_template_filter("rfc3339")(rfc3339)


@documents.get("/v1/comments.html")
def html() -> ResponseReturnValue:
    """The comments without a script: a whole page, or with `fragment=1` a part of another."""
    is_part = parse_choice(request.args.get("fragment", "0"), _YES_OR_NO, "fragment") == "1"
    return _html(replace(_asked(), is_whole=not is_part))


@documents.get("/thread")
def thread() -> ResponseReturnValue:
    """The page of its own of a page's comments, which is better with the script."""
    return _html(replace(_asked(), has_script=True))


@documents.get("/v1/comments.jsonld")
def jsonld() -> ResponseReturnValue:
    """The comments in the words of schema.org."""
    asked = _asked()
    listed = CommentList(asked, going_on(lambda: _part(asked)))
    body = json.dumps(listed.structured_data, ensure_ascii=False)
    return cacheable(Response(body, content_type="application/ld+json"))


@documents.get("/v1/comments.atom")
def atom() -> ResponseReturnValue:
    """The newest comments as a feed."""
    return comment_feed()


def _html(asked: ListRequest) -> Response:
    def make() -> bytes:
        return as_html(asked, _part(asked))

    # What few ask for would only take the place of what many do.
    is_common = asked.reply is None and asked.question.at is None
    body = going_on(lambda: parts().page_cache.kept(asked, make) if is_common else make())
    response = Response(body, content_type="text/html; charset=utf-8")
    if asked.is_whole:
        with_policy(response, has_script=asked.has_script)
    response.headers["Link"] = f'<{asked.place.atom}>; rel="alternate"; type="{ATOM}"'
    if asked.place.lang is None:
        response.vary.add("Accept-Language")
    return cacheable(response)


def _asked() -> ListRequest:
    site = asked_site()
    key = asked_key(required("page"))
    answers = parse_limit("answers", default=DEFAULT_ANSWERS, most=MAX_ANSWERS)
    question, reply = asked_threads(answers), request.args.get("reply") or None
    if reply is not None:
        question = replace(question, after=None, before=None, at=reply)
    page = parts().pages.get(site, key)
    terms = terms_of(site, page)
    return ListRequest(
        page=page,
        article=_article(site, key),
        place=_place(site, key, question.order),
        question=question,
        language=accepted_language(request),
        takes_comments=takes_comments(site) and terms.closed is None,
        is_closed=terms.closed is not None,
        takes_mail_wishes=takes_mail_wishes(site),
        is_whole=True,
        reply=reply,
        thread=request.args.get("thread") or None,
    )


def _place(site: Site, key: str, order: ThreadOrder) -> ListPlace:
    return ListPlace(
        base=parts().settings.public_url,
        site=site.name,
        key=key,
        naming=request.args.get("query", ""),
        lang=request.args.get("lang") or None,
        order=order,
        depth=parse_limit("depth", default=DEFAULT_DEPTH, most=MAX_DEPTH),
    )


def _article(site: Site, key: str) -> Article:
    known = parts().pages.article(site, key)
    return replace(known, url=article_url(site, key, known.url))


def _part(asked: ListRequest) -> ThreadPart:
    question = asked.question
    if asked.thread is not None:
        after = question.after or asked.thread
        rest = parts().threads.rest(asked.page, asked.thread, after, question.answers)
        return ThreadPart([rest])
    return parts().threads.part(asked.page, question)
