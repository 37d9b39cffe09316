"""What several of the moderators' forms have in common: a comment, what it was, where to go on."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request, url_for

from moderation.comments import CommentNotFound, Status
from moderation.sites import SiteNotFound
from moderation.storage.changes import Basis
from service.errors import InvalidQuery
from service.parts import parts


def known_by(comment_id: str) -> str:
    """The id as given, or CommentNotFound where it could be none."""
    if not comment_id.isprintable():  # NUL, which PostgreSQL refuses even to look for
        raise CommentNotFound(comment_id)
    return comment_id


def after() -> str | None:
    """The comment beyond which to go on, if any."""
    value = request.args.get("after")
    return known_by(value) if value else None


def site() -> str | None:
    """The name of the site looked at, None for all; raises SiteNotFound."""
    name = request.args.get("site") or None
    if name not in (None, *(each.name for each in parts().sites.all())):
        raise SiteNotFound(name)
    return name


def basis() -> Basis:
    """What the comment was when the form was made; raises InvalidQuery."""
    return Basis(_status(), _version())


def back(fallback: str, **more: str) -> str:
    """Where the form stood, one of our own pages, with these things said in its query."""
    here = urlsplit(request.form.get("back", ""))
    home = url_for("moderate.queue.waiting")
    is_ours = not here.scheme and not here.netloc and f"{here.path}/".startswith(f"{home}/")
    path, query = (here.path, here.query) if is_ours else (fallback, "")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in more]
    return f"{path}?{urlencode([*kept, *more.items()])}"


def _status() -> Status:
    value = request.form.get("status", "")
    if value not in tuple(Status):
        sentence = "status must be the comment's"
        raise InvalidQuery(sentence, field="status")
    return Status(value)


def _version() -> int:
    value = request.form.get("version", "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        sentence = "version must be the comment's, a whole number"
        raise InvalidQuery(sentence, field="version")
    return int(value)
