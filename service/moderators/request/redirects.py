"""Redirects after a form: back to the page where it stood, or to the next card."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from service.moderators.request.deep_link import own_address
from service.moderators.request.params import queue_order, queue_section, site_filter
from service.moderators.request.repositories import repositories

_KEPT = ("site", "section", "order", "after")  # of the page's query


def single_card_mode() -> bool:
    """Whether the form stood on the page of one card."""
    return request.args.get("back") == "one"


def redirect_to_next_card(**query: object) -> Response:
    """As `redirect_back`; in single card mode the next card is taken first."""
    if single_card_mode():
        repositories().holds.take(
            g.moderator.id, queue_order(), site=site_filter(), section=queue_section()
        )
    return redirect_back(**query)


def redirect_back(**query: object) -> Response:
    """To the page where the form stood, with more in its query.

    A form says which page in its field `back`, or by the query of the address it is sent to.
    """
    if address := own_address(request.form.get("back", "")):
        query.pop("undo", None)  # the comment is still there, with its buttons
        return redirect(with_query(address, **query), HTTPStatus.SEE_OTHER)
    page = "moderate.single_card.overview" if single_card_mode() else "moderate.queue.overview"
    kept = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    return redirect(url_for(page, **kept, **query), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def with_query(address: str, **query: object) -> str:
    """The path of an address, with these values set in its query."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in query]
    return f"{parts.path}?{urlencode([*kept, *query.items()])}"
