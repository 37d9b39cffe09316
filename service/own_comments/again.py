"""Send the text of a rejected comment again, changed: a new comment in the same place."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue

from moderation.comments import Comment, Submission
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.repeats import FORM_WINDOW
from service.http.body import fields_of
from service.http.client_address import hides_readers
from service.own_comments.access import limited_address, own_address, own_comment
from service.public.receipts import author_token
from service.wiring.parts import parts

again = Blueprint("again", __name__)


@again.post("/own/<comment_id>/<token>/again")
def send_again(comment_id: str, token: str) -> ResponseReturnValue:
    """Store the new comment, and lead to its own page.

    The secret address stands for the origin that a form on the website has.
    """
    rejected = own_comment(comment_id, token)
    submission = _submission(rejected)
    address_hash = limited_address(request)
    g.site.admit(submission)
    is_hidden = hides_readers(request, parts().settings.trusted_proxies)
    known = None if is_hidden else address_hash
    sender = Submitter(known, key_owner=address_hash, repeat_window=FORM_WINDOW)
    comment = parts().comments.add(g.site, submission, sender)
    parts().doorbell_thread.ring()
    own = author_token(comment, sender)
    if own is not None:
        parts().subscriptions.carry_over(rejected.id, comment.id)
    # Without a token of its own it is published already: back to the one that was rejected.
    address = own_address(rejected.id, token) if own is None else own_address(comment.id, own)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _submission(rejected: Comment) -> Submission:
    fields = fields_of(request)
    place = {"site": rejected.site, "page": rejected.page, "parent": rejected.parent}
    return Submission.parse({"name": fields.get("name"), "text": fields.get("text"), **place})
