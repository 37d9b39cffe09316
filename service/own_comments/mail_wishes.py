"""Ask for mails on the author's page, for a comment that is there already."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue

from moderation.comments import InvalidComment, Mistake
from service.http.body import fields_of
from service.own_comments.access import limited_address, own_address, own_comment
from service.reader_mail.wishes import subscribe, wished_mail

mail_wishes = Blueprint("mail_wishes", __name__)


@mail_wishes.post("/own/<comment_id>/<token>/mail")
def ask_for_mails(comment_id: str, token: str) -> ResponseReturnValue:
    """Send the question to the address, and lead back to the author's page.

    Raises:
        WrongAuthorToken: The address is not the author's.
        InvalidComment: It is no e-mail address.
    """
    comment = own_comment(comment_id, token)
    wish = wished_mail(fields_of(request), g.site)
    if wish is None:
        sentence = "email is missing: give an e-mail address"
        raise InvalidComment(sentence, field="email", mistake=Mistake("email"))
    who = limited_address(request)
    subscribe(comment.id, g.site, wish.address, proof=comment.id, who=who)
    return redirect(own_address(comment_id, token), HTTPStatus.SEE_OTHER)
