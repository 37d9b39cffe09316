"""What readers are told of a page, as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.rules.closing import ClosedReason
from moderation.storage.comments.pages import Page, PublicComment
from moderation.storage.threads.page_comments import Order, PageComments
from moderation.storage.threads.page_threads import PageThreads
from moderation.storage.threads.thread_parts import PublicThread, ThreadQuestion
from service.http.formats import rfc3339


@dataclass(frozen=True, slots=True)
class PageTerms:
    """What holds for a new comment on a page.

    Attributes:
        max_text: How many characters it may have.
        closed: Why the page takes none; None: it does.
        reader_mail: Whether it may come with an e-mail address.
    """

    max_text: int
    closed: ClosedReason | None
    reader_mail: bool


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which of a page's comments: `limit` of them that follow the place `after`."""

    page: Page  # with its revision: after a public change no cached answer fits any more
    after: str | None
    limit: int
    order: Order
    terms: PageTerms


@dataclass(frozen=True, slots=True)
class ThreadsRequest:
    """Which of a page's threads."""

    page: Page
    question: ThreadQuestion
    terms: PageTerms


@dataclass(frozen=True, slots=True)
class AnswersRequest:
    """Which answers of a thread: `limit` of them that follow the public id `after`."""

    page: Page
    thread: str  # the public id of its first comment
    after: str
    limit: int
    terms: PageTerms


BodyRequest = PageRequest | ThreadsRequest | AnswersRequest


def body_of(comments: PageComments, threads: PageThreads, request: BodyRequest) -> bytes:
    """The answer to a request.

    Raises:
        CommentNotFound: The page has no comment, or thread, from where it is to go on.
    """
    match request:
        case PageRequest():
            body = _comments(comments, request)
        case ThreadsRequest():
            body = _threads(threads, request)
        case AnswersRequest(page, thread, after, limit):
            body = _one_thread(threads.rest(page, thread, after, limit))
    terms = request.terms
    body |= {"count": request.page.count, "max_text": terms.max_text}
    body |= {"closed": terms.closed is not None, "closed_reason": terms.closed}
    body |= {"reader_mail": terms.reader_mail}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _comments(comments: PageComments, request: PageRequest) -> dict[str, object]:
    part = comments.approved(
        request.page, after=request.after, limit=request.limit, order=request.order
    )
    return {"comments": [public_fields(comment) for comment in part.comments], "next": part.next}


def _threads(threads: PageThreads, request: ThreadsRequest) -> dict[str, object]:
    part = threads.part(request.page, request.question)
    return {
        "threads": _thread_list(part.threads),
        "next": part.next,
        "previous": part.previous,
        "at": part.at,
        "latest": None if part.latest is None else rfc3339(part.latest),
    }


def _one_thread(thread: PublicThread) -> dict[str, object]:
    nothing = dict.fromkeys(("next", "previous", "at", "latest"))
    return {"threads": _thread_list([thread]), **nothing}


def _thread_list(threads: Sequence[PublicThread]) -> list[Mapping[str, object]]:
    return [
        {
            "id": thread.id,
            "answers": thread.answers,
            "comments": [public_fields(comment) for comment in thread.comments],
            "next": thread.next,
            "cut": thread.is_cut,
        }
        for thread in threads
    ]


def public_fields(comment: PublicComment) -> dict[str, object]:
    """The public fields of a comment, listed one by one: a new column is never published."""
    return {
        "id": comment.id,
        "name": comment.name,
        "text": comment.text,
        "submitted_at": rfc3339(comment.submitted_at),
        "edited_at": comment.edited_at and rfc3339(comment.edited_at),
        "parent": comment.parent,
        "staff": comment.is_staff,
        "erased": comment.is_erased,
        "pinned": comment.is_pinned,
    }
