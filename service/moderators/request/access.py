"""Who may go on with a request: a moderator who is signed in, or an admin."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import SecondFactorRequired, SignedOut
from moderation.audit_chain import moderator_actor
from service.moderators.request.csrf import check_form_token
from service.moderators.request.deep_link import keep_deep_link
from service.moderators.request.session_cookie import session_token
from service.wiring.parts import parts


def require_moderator() -> ResponseReturnValue | None:
    """Before a moderator's requests: set `g.moderator`, and check a form's token.

    Returns:
        A redirect to the sign-in for a page that is asked for without a session, and back to
        the page after it.

    Raises:
        SignedOut: A form was sent without a session.
        SecondFactorRequired: A form was sent with half a session.
        ForeignForm: No page of this session made the form.
    """
    try:
        g.moderator = parts().sessions.moderator(session_token())
    except (SignedOut, SecondFactorRequired) as error:
        if request.method == "POST":
            raise
        page = "code_form" if isinstance(error, SecondFactorRequired) else "form"
        response = redirect(url_for(f"moderate.sign_in.{page}"), HTTPStatus.SEE_OTHER)
        keep_deep_link(response)
        return response
    if request.method == "POST":
        check_form_token()
    return None


def require_admin() -> ResponseReturnValue | None:
    """Before an admin's requests; as `require_moderator`, and raises NotAllowed."""
    response = require_moderator()
    if response is None:
        g.moderator.check_admin()
    return response


def audit_actor() -> str:
    """How the audit log calls the moderator who asks."""
    return moderator_actor(g.moderator.name)
