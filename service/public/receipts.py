"""What a sender gets for a comment that was taken: its id, and the way to its author's page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NotRequired, TypedDict

from flask import url_for
from flask.globals import request_ctx

from moderation.comments import Comment, Status
from moderation.storage.comments.new_comments import Submitter
from service.wiring.parts import parts


class Receipt(TypedDict):
    """The fields of the answer; whoever has `author_token` is the author."""

    id: str
    status: str
    status_url: str
    author_token: str | None
    author_url: str | None
    mail: NotRequired[str]  # what becomes of an e-mail address that was sent


_ID, _TOKEN = "an-id", "a-token"


@dataclass(frozen=True, slots=True)
class _Paths:
    """The paths of a comment, to be formatted with its id and its author's token."""

    status: str
    author: str


def receipt(comment: Comment, sender: Submitter) -> Receipt:
    """The answer to the sender of a comment."""
    token = author_token(comment, sender)
    base, paths = parts().settings.public_url, _paths(request_ctx.request.root_path)
    return {
        "id": comment.id,
        "status": comment.status,
        "status_url": base + paths.status.format(id=comment.id),
        "author_token": token,
        "author_url": token and base + paths.author.format(id=comment.id, token=token),
    }


@lru_cache(maxsize=8)
def _paths(_mount: str) -> _Paths:
    """As Flask builds them below this path: each one costs as much as to find a route."""
    status = url_for("one_comment.own", comment_id=_ID)
    author = url_for("own_page.show", comment_id=_ID, token=_TOKEN)
    return _Paths(
        status.replace(_ID, "{id}"), author.replace(_ID, "{id}").replace(_TOKEN, "{token}")
    )


def author_path(comment: Comment, token: str, lang: str | None = None) -> str:
    """Where the author's page of a comment is."""
    return url_for("own_page.show", comment_id=comment.id, token=token, lang=lang)


def author_token(comment: Comment, sender: Submitter) -> str | None:
    """The token that makes the sender the author; None where they may be somebody else.

    A comment that is equal in all to one a short while ago is that one. What is published already
    could have been copied by anybody behind the same address, and so could a name and a few words
    where the address is hidden.
    """
    if sender.repeat_window is not None and not sender.has_key:
        is_known = sender.address_hash is not None or sender.has_site_key
        if comment.status is Status.APPROVED or not is_known:
            return None
    return parts().sign("author", comment.id)
