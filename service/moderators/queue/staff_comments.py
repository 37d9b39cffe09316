"""Comments that moderators write for the site: an answer to a comment, or one under a page."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import MAX_NAME, MAX_TEXT, storable_text
from moderation.storage.review.article_threads import Article, PageNotFound
from moderation.storage.review.cards import Card
from moderation.storage.review.staff_comments import StaffText
from service.moderators.request.access import require_moderator
from service.moderators.request.params import MAX_PAGE_ID, valid_comment_id
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

staff_comments = Blueprint("staff_comments", __name__)
staff_comments.before_request(require_moderator)


@staff_comments.get("/comments/<comment_id>/answer")
def answer_form(comment_id: str) -> ResponseReturnValue:
    """The comment, and a form for the answer."""
    card = repositories().staff_comments.card(valid_comment_id(comment_id))
    return _form(card.page_id, card)


@staff_comments.post("/comments/<comment_id>/answer")
def answer(comment_id: str) -> ResponseReturnValue:
    """Publish the answer, and go to its thread."""
    card = repositories().staff_comments.card(valid_comment_id(comment_id))
    repositories().staff_comments.answer(comment_id, _written(card.comment.site))
    return _to_thread(card.page_id)


@staff_comments.get("/pages/<int:page_id>/comment")
def comment_form(page_id: int) -> ResponseReturnValue:
    """A form for a comment under the article."""
    return _form(page_id, None)


@staff_comments.post("/pages/<int:page_id>/comment")
def comment_on(page_id: int) -> ResponseReturnValue:
    """Publish the comment, and go to its thread."""
    written = _written(_article(page_id).site)
    repositories().staff_comments.comment_on(page_id, written)
    return _to_thread(page_id)


def _form(page_id: int, card: Card | None) -> ResponseReturnValue:
    repositories().staff_comments.check_may_write()
    article = _article(page_id)
    return render_template(
        "moderators/staff_comment.html",
        article=article,
        card=card,
        names=_names(article.site),
        sites=repositories().sites,
        now=parts().clock(),
    )


def _article(page_id: int) -> Article:
    if page_id > MAX_PAGE_ID:
        raise PageNotFound(page_id)
    return repositories().threads.of_page(page_id, limit=1).article


def _names(site: str) -> list[str]:
    """Under which names the moderator may write: the site's title, and their own."""
    title = parts().sites.get(site).title
    return list(dict.fromkeys(name[:MAX_NAME] for name in (title, g.moderator.name)))


def _written(site: str) -> StaffText:
    names = _names(site)
    name = request.form.get("name")
    text = storable_text(request.form, "text", MAX_TEXT)
    return StaffText(g.moderator.id, name if name in names else names[0], text)


def _to_thread(page_id: int) -> ResponseReturnValue:
    url = url_for("moderate.search.article", page_id=page_id, done="answered")
    return redirect(url, HTTPStatus.SEE_OTHER)
