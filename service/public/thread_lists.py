"""Read the comments of a page as threads: each with the answers below it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from moderation.storage.threads.thread_parts import ThreadQuestion
from moderation.storage.threads.thread_places import ThreadOrder
from service.http.params import parse_choice, parse_limit
from service.problems.errors import InvalidQuery
from service.public.asked_pages import answer_page, asked_page, asked_site, etag_of, unchanged
from service.public.closed_pages import terms_of
from service.wiring.page_bodies import AnswersRequest, ThreadsRequest

threads = Blueprint("threads", __name__)
MAX_THREADS, DEFAULT_THREADS = 50, 20
MAX_ANSWERS, DEFAULT_ANSWERS = 100, 20
_FROM = ("after", "before", "at")


@threads.get("/v1/threads")
def page_threads() -> ResponseReturnValue:
    """Some threads of a page, or with `thread` and `after` more answers of one."""
    site = asked_site()
    page = asked_page(site)
    terms = terms_of(site, page)
    etag = etag_of(page, terms)
    if (response := unchanged(etag)) is not None:
        return response
    answers = parse_limit("answers", default=DEFAULT_ANSWERS, most=MAX_ANSWERS)
    thread, after = request.args.get("thread"), request.args.get("after")
    if thread:
        if not after:
            sentence = "after is missing: give the next of the thread"
            raise InvalidQuery(sentence, field="after")
        return answer_page(AnswersRequest(page, thread, after, answers, terms), etag)
    return answer_page(ThreadsRequest(page, asked_threads(answers), terms), etag)


def asked_threads(answers: int) -> ThreadQuestion:
    """Which threads the query asks for; raises InvalidQuery."""
    start = {name: value for name in _FROM if (value := request.args.get(name))}
    if len(start) > 1:
        sentence = f"give only one of {', '.join(_FROM)}"
        raise InvalidQuery(sentence, field=next(reversed(start)))
    return ThreadQuestion(
        parse_choice(request.args.get("order", ThreadOrder.OLDEST), ThreadOrder, "order"),
        parse_limit(default=DEFAULT_THREADS, most=MAX_THREADS),
        answers,
        **start,
    )
