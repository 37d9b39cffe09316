"""A page's comments as HTML: what is asked for, and what a template is given of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import render_template, url_for

from moderation.storage.comments.pages import Article, Page
from moderation.storage.threads.thread_parts import PublicThread, ThreadPart, ThreadQuestion
from service.languages.reader_language import ReaderLanguage
from service.public.documents.comment_forms import CommentForm
from service.public.documents.nested_answers import NestedComment, nested
from service.public.documents.structured_data import structured_data

MAX_DEPTH, DEFAULT_DEPTH = 8, 3


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where the comments of a page are to be read, and how a reader comes to others of them.

    Attributes:
        base: Parley's own address.
        naming: The query parameters that name the article, as the site says them.
        lang: The language that the address asks for, if it does.
        depth: On how many levels answers stand.
    """

    base: str
    site: str
    key: str
    naming: str
    lang: str | None
    order: str
    depth: int

    def address(self, **changes: str | None) -> str:
        """The page of its own, with some of its parameters other ones."""
        return self.base + url_for("documents.thread", **{**self._parameters(), **changes})

    @property
    def action(self) -> str:
        """Where the form goes."""
        return self.base + url_for("submit.submit_comment", lang=self.lang)

    @property
    def atom(self) -> str:
        """Its Atom feed."""
        query: dict[str, Any] = {"site": self.site, "page": self.key, "query": self.naming or None}
        return self.base + url_for("documents.atom", **query)

    def _parameters(self) -> dict[str, Any]:
        return {
            "site": self.site,
            "page": self.key,
            "query": self.naming or None,
            "lang": self.lang,
            "order": None if self.order == "oldest" else self.order,
            "depth": None if self.depth == DEFAULT_DEPTH else self.depth,
        }


@dataclass(frozen=True, slots=True)
class ListRequest:
    """All that the HTML of a page's comments is made of."""

    page: Page
    article: Article
    place: ListPlace
    question: ThreadQuestion
    language: ReaderLanguage
    takes_comments: bool
    is_closed: bool
    takes_mail_wishes: bool
    is_whole: bool  # a page of its own, to which its form comes back
    has_script: bool = False
    reply: str | None = None
    thread: str | None = None  # show only answers of this one, behind `question.after`


@dataclass(frozen=True, slots=True)
class ListedThread:
    """A thread with its answers nested.

    Attributes:
        next: The last one shown, where more follow.
        hidden_answers: How many follow, where that is known.
    """

    id: str
    nested: Sequence[NestedComment]
    next: str | None
    hidden_answers: int | None


class CommentList:
    """What the templates show."""

    def __init__(self, request: ListRequest, part: ThreadPart) -> None:
        self.place, self.article = request.place, request.article
        self.count = request.page.count
        self.takes_comments, self.has_script = request.takes_comments, request.has_script
        self.is_closed = request.is_closed
        self.threads = [_listed(thread, request) for thread in part.threads]
        self.next, self.previous, self.thread = part.next, part.previous, request.thread

    @cached_property
    def structured_data(self) -> dict[str, object]:
        """As JSON-LD."""
        threads = [one for thread in self.threads for one in thread.nested]
        return structured_data(self.article, self.count, threads)


def as_html(request: ListRequest, part: ThreadPart) -> bytes:
    """The comments in the reader's language; every text of a reader is escaped by the template."""
    page = render_template(
        "comments_page.html" if request.is_whole else "comment_list.html",
        list=CommentList(request, part),
        form=_form(request, part),
        language=request.language,
    )
    return page.encode()


def _listed(thread: PublicThread, request: ListRequest) -> ListedThread:
    shown = sum(1 for comment in thread.comments if comment.id != thread.id)
    begins = request.thread is None and not thread.is_cut
    left = max(thread.answers - shown, 1) if begins else None
    return ListedThread(thread.id, nested(thread.comments, request.place.depth), thread.next, left)


def _form(request: ListRequest, part: ThreadPart) -> CommentForm:
    place = request.place
    hidden = {"site": place.site, "page": place.key, "query": place.naming}
    answered = next(
        (one for thread in part.threads for one in thread.comments if one.id == request.reply), None
    )
    email = "" if request.takes_mail_wishes else None
    if answered is None:
        back = "" if request.is_whole else request.article.url or ""
        return CommentForm(place.action, {**hidden, "url": back}, email=email)
    return CommentForm(
        place.action,
        {**hidden, "parent": answered.id},
        reply_name=answered.name,
        email=email,
        cancel=place.address(),
    )
