"""Take a comment: guard, admit, store, ring, answer."""

from http import HTTPStatus
from urllib.parse import urldefrag

from flask import Blueprint, Request, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from moderation.audit_chain import AuditAction
from moderation.comments import Comment, InvalidComment, Submission
from moderation.pages.origins import first_web_origin
from moderation.sites import Site
from moderation.storage.comments.comments import Submitter
from service.http.body import JSON, fields_of
from service.http.client_address import client_address, hides_readers
from service.public.site_access import check_sender
from service.public.site_rates import limit_reader, limit_server
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

submit = Blueprint("submit", __name__)
RECEIVED = "parley-received"  # the fragment a form's reader comes back to
_MAX_IDEMPOTENCY_KEY = 255


@submit.post("/v1/comments")
def submit_comment() -> ResponseReturnValue:
    submission = Submission.parse(fields_of(request))
    g.site = site = parts().site_cache.get(submission.site)
    submitter = _guard(request, site)
    site.admit(submission)
    comment = parts().comments.add(site, submission, submitter)
    parts().doorbell_thread.ring()
    return _answer(request, site, submission, comment)


def _guard(request: Request, site: Site) -> Submitter:
    """Let in who may submit and is within the limit, known from here on by a hash.

    Nothing is kept of an address that all readers have: a ban on it would hit them all.

    Raises:
        WrongOrigin, WrongKey: neither a page nor a server of the site sent the request.
        RateLimitExceeded: the limit of the address, or of the site's keys, is used up.
        InvalidComment: the Idempotency-Key is empty or too long.
    """
    key = check_sender(request, site)
    if key is not None:
        limit_server(site)
        parts().site_keys.note_use(key)
        audit_use(key.key_hash, AuditAction.SITE_KEY_USED, f"site {site.name}", key.name)
        return Submitter(None, _idempotency_key(request), has_site_key=True)
    trusted = parts().settings.trusted_proxies
    address_hash = parts().addresses.hash(client_address(request, trusted), parts().clock())
    limit_reader(site, address_hash)
    known = None if hides_readers(request, trusted) else address_hash
    by_form = request.mimetype != JSON
    return Submitter(known, _idempotency_key(request), key_owner=address_hash, by_form=by_form)


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and (not 1 <= len(key) <= _MAX_IDEMPOTENCY_KEY or not key.isascii()):
        sentence = f"the Idempotency-Key must have 1 to {_MAX_IDEMPOTENCY_KEY} ASCII characters"
        raise InvalidComment(sentence, field="Idempotency-Key")
    return key


def _answer(
    request: Request, site: Site, submission: Submission, comment: Comment
) -> ResponseReturnValue:
    if request.mimetype == JSON:
        return _accepted(comment), HTTPStatus.ACCEPTED
    return _back_to_page(site, submission)


def _accepted(comment: Comment) -> Response:
    token, base = parts().sign("author", comment.id), parts().settings.public_url
    status_url = base + url_for("read.own", comment_id=comment.id)
    response = jsonify(
        id=comment.id,
        status=comment.status,
        status_url=status_url,
        author_token=token,
        author_url=base + url_for("own_page.show", comment_id=comment.id, token=token),
    )
    response.headers["Location"] = status_url
    response.headers["Cache-Control"] = "no-store"
    return response


def _back_to_page(site: Site, submission: Submission) -> ResponseReturnValue:
    """303 to the page the form stands on: an address of the site, never anyone else's."""
    page = submission.url
    if page is None or not site.owns(page):
        page = parts().pages.url(site, submission.page)
    if page is None or not site.owns(page):
        sender = request.headers.get("Origin", parts().settings.public_url)
        page = (first_web_origin(site.origins) or sender) + "/"
    return redirect(f"{urldefrag(page).url}#{RECEIVED}", HTTPStatus.SEE_OTHER)
