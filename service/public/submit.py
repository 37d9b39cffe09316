"""Take a comment: guard, admit, store, ring, answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urldefrag

from flask import Blueprint, Request, Response, g, jsonify, redirect, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue

from moderation.audit_chain import AuditAction
from moderation.comments import Comment, Submission
from moderation.pages.origins import first_web_origin
from moderation.sites import Site, SiteKey
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.repeats import FORM_WINDOW, PROGRAM_WINDOW
from service.http.body import JSON, fields_of
from service.http.client_address import client_address, hides_readers
from service.http.idempotency import idempotency_key
from service.problems.handlers import problem_to_answer
from service.public.closed_pages import check_open
from service.public.documents.refused_forms import answer_refused
from service.public.nudges import nudge_of
from service.public.own_facts import server_submitter
from service.public.receipts import Receipt, author_path, receipt
from service.public.site_access import check_sender, comes_from_parley, is_author
from service.public.site_rates import limit_place, limit_reader, limit_server
from service.reader_mail.wishes import WishedMail, subscribe, wished_mail
from service.safeguards.catches import catch_of
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

submit = Blueprint("submit", __name__)
RECEIVED = "parley-received"  # the fragment a form's reader comes back to


@submit.errorhandler(Exception)
def refuse(error: Exception) -> Response:
    """Give a reader without a script the form again; anybody else hears what is wrong."""
    return answer_refused(request, problem_to_answer(error))


@submit.post("/v1/comments")
def submit_comment() -> ResponseReturnValue:
    asked, mine = request_ctx.request, parts()
    fields = fields_of(asked)
    submission = Submission.parse(fields)
    g.site = site = mine.site_cache.get(submission.site)
    sender = _guard(asked, site, submission.page, fields)
    site.admit(submission)
    wish = wished_mail(fields, site)
    if (words := nudge_of(site, submission, fields)) is not None:
        check_open(site, submission.page)
        return jsonify(nudge={"words": words})
    # Only now: a time token is right once, and a reader who is nudged sends theirs again.
    if not sender.has_site_key and (catch := catch_of(fields, submission, site)) is not None:
        sender = replace(sender, catch=catch)
    comment = mine.comments.add(site, submission, sender)
    mine.doorbell_thread.ring()
    answer = receipt(comment, sender)
    if wish is not None and answer["author_token"] is not None:
        answer["mail"] = _subscribe(comment, site, wish)
    if asked.mimetype == JSON:
        return _accepted(answer), HTTPStatus.ACCEPTED
    token = answer["author_token"]
    if token is None:
        return _back_to_page(site, submission)
    language = asked.args.get("lang") or None
    return redirect(author_path(comment, token, language), HTTPStatus.SEE_OTHER)


def _subscribe(comment: Comment, site: Site, wish: WishedMail) -> str:
    proof = wish.earlier if wish.earlier is not None and is_author(wish.earlier) else None
    return subscribe(comment.id, site, wish.address, proof=proof, who=_asker(request, site))


def _asker(request: Request, site: Site) -> str:
    """For whom questions to addresses are counted."""
    if "Authorization" in request.headers:
        return site.name
    address = client_address(request, parts().settings.trusted_proxies)
    return parts().addresses.hash(address, parts().clock())


def _guard(request: Request, site: Site, page: str, fields: Mapping[str, object]) -> Submitter:
    """Let in who may submit and is within the limit, known from here on by a hash.

    Nothing is kept of an address that all readers have: a ban on it would hit them all.

    Raises:
        WrongOrigin, WrongKey: neither a page nor a server of the site sent the request.
        RateLimitExceeded: the limit of the address, page, site or the site's keys is used up.
        InvalidComment: the Idempotency-Key is empty or too long.
    """
    key = check_sender(request, site)
    if key is not None:
        limit_server(site)
        note_key(site, key)
        return server_submitter(fields, key, idempotency_key(request), PROGRAM_WINDOW)
    mine = parts()
    trusted = mine.settings.trusted_proxies
    address_hash = mine.addresses.hash(client_address(request, trusted), mine.clock())
    limit_reader(site, address_hash)
    limit_place(site, page)
    known = None if hides_readers(request, trusted) else address_hash
    return Submitter(
        known,
        idempotency_key(request),
        key_owner=address_hash,
        repeat_window=_repeat_window(request, known),
    )


def _repeat_window(request: Request, address_hash: str | None) -> timedelta | None:
    """How long an equal comment is the same: not at all by a program whose address is hidden."""
    if request.mimetype != JSON:
        return FORM_WINDOW
    return None if address_hash is None else PROGRAM_WINDOW


def note_key(site: Site, key: SiteKey) -> None:
    """Keep when the key was used last, and in the audit log that it was."""
    parts().site_keys.note_use(key)
    audit_use(key.key_hash, AuditAction.SITE_KEY_USED, f"site {site.name}", key.name)


def _accepted(fields: Receipt) -> Response:
    response = jsonify(fields)
    response.headers["Location"] = fields["status_url"]
    response.headers["Cache-Control"] = "no-store"
    return response


def _back_to_page(site: Site, submission: Submission) -> ResponseReturnValue:
    """303 to the page the form stands on: an address of the site or ours, never anyone else's."""
    page = submission.url
    if page is None and comes_from_parley(request):
        return redirect(_thread(site, submission), HTTPStatus.SEE_OTHER)
    if page is None or not site.owns(page):
        page = parts().pages.article(site, submission.page).url
    if page is None or not site.owns(page):
        sender = request.headers.get("Origin", parts().settings.public_url)
        page = (first_web_origin(site.origins) or sender) + "/"
    return redirect(f"{urldefrag(page).url}#{RECEIVED}", HTTPStatus.SEE_OTHER)


def _thread(site: Site, submission: Submission) -> str:
    return url_for(
        "documents.thread",
        site=site.name,
        page=submission.page,
        query=",".join(submission.naming) or None,
        lang=request.args.get("lang") or None,
        _anchor=RECEIVED,
    )
