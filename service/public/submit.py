"""Take a comment: guard, admit, store, ring, answer."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urldefrag

from flask import Blueprint, Request, Response, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from moderation.audit_chain import AuditAction
from moderation.comments import Comment, InvalidComment, Submission
from moderation.pages.origins import first_web_origin
from moderation.sites import Site, SiteKey
from moderation.storage.comments.new_comments import Submitter
from service.http.body import JSON, fields_of
from service.http.client_address import client_address, hides_readers
from service.http.idempotency import idempotency_key
from service.public.receipts import receipt
from service.public.site_access import check_sender
from service.public.site_rates import limit_reader, limit_server
from service.wiring.credential_audit import audit_use
from service.wiring.parts import parts

submit = Blueprint("submit", __name__)
RECEIVED = "parley-received"  # the fragment a form's reader comes back to
MAX_SOURCE_ID = 255


@submit.post("/v1/comments")
def submit_comment() -> ResponseReturnValue:
    fields = fields_of(request)
    submission = Submission.parse(fields)
    g.site = site = parts().site_cache.get(submission.site)
    submitter = _guard(request, site, fields)
    site.admit(submission)
    comment = parts().comments.add(site, submission, submitter)
    parts().doorbell_thread.ring()
    return _answer(request, site, submission, comment)


def _guard(request: Request, site: Site, fields: Mapping[str, object]) -> Submitter:
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
        note_key(site, key)
        return _server(idempotency_key(request), source_id(fields))
    trusted = parts().settings.trusted_proxies
    address_hash = parts().addresses.hash(client_address(request, trusted), parts().clock())
    limit_reader(site, address_hash)
    known = None if hides_readers(request, trusted) else address_hash
    by_form = request.mimetype != JSON
    return Submitter(known, idempotency_key(request), key_owner=address_hash, by_form=by_form)


def note_key(site: Site, key: SiteKey) -> None:
    """Keep when the key was used last, and in the audit log that it was."""
    parts().site_keys.note_use(key)
    audit_use(key.key_hash, AuditAction.SITE_KEY_USED, f"site {site.name}", key.name)


def source_id(fields: Mapping[str, object]) -> str | None:
    """What the site's own system calls the comment; raises InvalidComment."""
    value = fields.get("source_id")
    if value is None:
        return None
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_SOURCE_ID or not value.isascii():
        sentence = f"source_id must be a string of 1 to {MAX_SOURCE_ID} ASCII characters"
        raise InvalidComment(sentence, field="source_id")
    return value


def _server(key: str | None, own_id: str | None) -> Submitter:
    if key is not None and own_id is not None:
        sentence = "give a source_id or an Idempotency-Key, not both"
        raise InvalidComment(sentence, field="source_id")
    return Submitter(None, key, source_id=own_id, has_site_key=True)


def _answer(
    request: Request, site: Site, submission: Submission, comment: Comment
) -> ResponseReturnValue:
    if request.mimetype == JSON:
        return _accepted(comment), HTTPStatus.ACCEPTED
    return _back_to_page(site, submission)


def _accepted(comment: Comment) -> Response:
    fields = receipt(comment)
    response = jsonify(fields)
    response.headers["Location"] = fields["status_url"]
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
