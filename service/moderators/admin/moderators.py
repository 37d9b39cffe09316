"""The moderators: admins invite them, and say what they may do and where."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    Role,
    moderator_email,
    moderator_name,
    sign_in_link,
)
from service.http.params import form_value, form_values, parse_choice
from service.moderators.request.access import audit_actor, require_admin
from service.wiring.parts import parts

moderators = Blueprint("moderators", __name__, url_prefix="/people")
moderators.before_request(require_admin)
_NOTICES = {"changed": "Saved.", "deactivated": "Deactivated: that account can no longer sign in."}


@moderators.get("")
def overview() -> ResponseReturnValue:
    return _page(notice=_NOTICES.get(request.args.get("done", "")))


@moderators.post("/invite")
def invite() -> ResponseReturnValue:
    """Show the sign-in link, which nobody can see again."""
    name, email = moderator_name(form_value("name")), moderator_email(form_value("email"))
    parts().moderators.add(name, _role(), sites=_sites(), email=email, by=audit_actor())
    return _page(link=_link(parts().moderators.new_link(name, by=audit_actor())), whose=name)


@moderators.post("/change")
def change() -> ResponseReturnValue:
    parts().people.set_role(form_value("name"), _role(), sites=_sites(), by=audit_actor())
    return _redirect_to_overview("changed")


@moderators.post("/deactivate")
def deactivate() -> ResponseReturnValue:
    parts().people.deactivate(form_value("name"), by=audit_actor())
    return _redirect_to_overview("deactivated")


@moderators.post("/activate")
def activate() -> ResponseReturnValue:
    name = form_value("name")
    return _page(link=_link(parts().people.activate(name, by=audit_actor())), whose=name)


@moderators.post("/reset")
def reset() -> ResponseReturnValue:
    name = form_value("name")
    return _page(link=_link(parts().moderators.reset(name, by=audit_actor())), whose=name)


def _page(**more: object) -> str:
    return render_template(
        "moderators/moderators.html",
        people=parts().moderators.all(),
        sites=parts().sites.all(),
        roles=list(Role),
        **more,
    )


def _redirect_to_overview(done: str) -> ResponseReturnValue:
    return redirect(url_for("moderate.moderators.overview", done=done), HTTPStatus.SEE_OTHER)


def _link(token: str) -> str:
    return sign_in_link(parts().settings.public_url, token)


def _role() -> Role:
    return parse_choice(form_value("role"), Role, "role")


def _sites() -> list[str] | None:
    """The chosen sites; None for all, which the form says in so many words."""
    if form_value("reach") == "every":
        return None
    return [parts().sites.get(name).name for name in form_values("sites")]
