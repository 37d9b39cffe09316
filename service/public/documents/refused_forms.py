"""A form that was refused, shown again with what the reader wrote and what is wrong with it."""

from collections.abc import Mapping

from flask import Request, Response, render_template, url_for
from werkzeug.exceptions import HTTPException

from moderation.comments import MAX_SITE
from moderation.sites import SiteNotFound
from moderation.storage.database.engine import DatabaseUnavailable
from service.http.body import FORM, fields_of
from service.languages.accepted import accepted_language
from service.problems.errors import LengthMissing, MalformedBody, WrongOrigin
from service.problems.problem_details import Problem, as_response, wants_page, with_status
from service.problems.reader_sentences import for_reader
from service.public.documents.comment_forms import CommentForm
from service.public.documents.page_policy import with_policy
from service.public.site_access import check_origin
from service.reader_mail.wishes import takes_mail_wishes
from service.wiring.parts import parts

_KEPT = ("site", "page", "query", "url", "title", "parent")
_UNREADABLE = (LengthMissing, MalformedBody, HTTPException)


def answer_refused(request: Request, problem: Problem) -> Response:
    """The form again, for a reader's browser; what no page of the site sent is not repeated."""
    problem = for_reader(problem, request)
    fields = _fields(request)
    if fields is None or not _is_from_site(request, fields):
        return as_response(problem)
    page = render_template(
        "form_again.html", form=_form(request, fields, problem), language=accepted_language(request)
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return with_status(with_policy(response), problem)


def _fields(request: Request) -> Mapping[str, str] | None:
    """What was sent, where a person's browser sent it as a form that can be read."""
    if request.mimetype != FORM or not wants_page():
        return None
    try:
        return {name: str(value) for name, value in fields_of(request).items()}
    except _UNREADABLE:
        return None


def _is_from_site(request: Request, fields: Mapping[str, str]) -> bool:
    try:
        site = parts().site_cache.get(fields.get("site", "")[: MAX_SITE + 1])
        check_origin(request, site)
    except (SiteNotFound, WrongOrigin, DatabaseUnavailable):
        return False
    return True


def _form(request: Request, fields: Mapping[str, str], problem: Problem) -> CommentForm:
    site = parts().site_cache.get(fields["site"])
    lost = {"parent"} if problem.field == "parent" else set()  # sent again, it answers nobody
    return CommentForm(
        url_for("submit.submit_comment", lang=request.args.get("lang") or None),
        {name: fields.get(name, "") for name in _KEPT if name not in lost},
        name=fields.get("name", ""),
        text=fields.get("text", ""),
        email=fields.get("email", "") if takes_mail_wishes(site) else None,
        field=problem.field,
        sentence=problem.sentence,
    )
